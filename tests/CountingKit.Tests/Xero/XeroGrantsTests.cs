using CountingKit.Adapters.Xero;
using CountingKit.Connections;
using CountingKit.Mirror;
using CountingKit.Testing;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.Xero;

[Trait("Speed", "Slow")]
public sealed class XeroGrantsTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private FakeXero xero = null!;
    private XeroHouse house = null!;
    private Guid connectionId;

    public async Task InitializeAsync()
    {
        xero = await FakeXero.Start();
        house = new XeroHouse(xero.Address, folder);
        connectionId = await house.Connect(xero);
        xero.Requests.Clear();
    }

    public async Task DisposeAsync()
    {
        await house.DisposeAsync();
        await xero.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_fresh_token_is_used_without_a_call()
    {
        (await Access(house)).Token.Should().Be(xero.AccessToken);

        xero.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Thirty_two_at_once_renew_an_expired_token_once()
    {
        await house.Expire();

        var all = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Access(house))));

        all.Should().OnlyContain(a => a.Token == xero.AccessToken);
        TokenCalls.Should().Be(1);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(120)]
    public async Task Thirty_two_at_once_share_one_renewal_though_the_new_token_lives_shortly(int seconds)
    {
        await house.Expire();
        xero.ExpiresIn = seconds;

        var all = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Access(house))));

        all.Should().OnlyContain(a => a.Token == xero.AccessToken);
        TokenCalls.Should().Be(1);
    }

    [Fact]
    public async Task Two_processes_renew_an_expired_token_once()
    {
        await using var other = new XeroHouse(xero.Address, folder);
        await house.Expire();

        var all = await Task.WhenAll(Enumerable.Range(0, 16)
            .SelectMany(_ => new[] { house, other }).Select(h => Task.Run(() => Access(h))));

        all.Should().OnlyContain(a => a.Token == xero.AccessToken);
        TokenCalls.Should().Be(1);
    }

    [Fact]
    public async Task The_new_pair_is_stored_before_anybody_has_it()
    {
        await house.Expire();

        var access = await Access(house);

        await using var restarted = new XeroHouse(xero.Address, folder);
        (await Access(restarted)).Should().BeEquivalentTo(access);
        TokenCalls.Should().Be(1);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_with_the_same_refresh_token()
    {
        await house.Expire();
        var before = xero.RefreshToken;
        var lost = false;
        xero.Before = context =>
        {
            if (lost) return Task.FromResult(false);
            lost = true;
            xero.Issue(); // Xero did it,
            xero.RefreshToken = before; // still takes the old token for 30 minutes,
            context.Abort(); // and its answer never arrived.
            return Task.FromResult(true);
        };

        (await Access(house)).Token.Should().Be(xero.AccessToken);

        xero.Requests.Where(r => r.Path == "/connect/token").Select(r => FakeXero.Form(r.Body)["refresh_token"])
            .Should().Equal(before, before);
    }

    [Theory]
    [InlineData("expires_in", null)]
    [InlineData("expires_in", "1800")]
    [InlineData("expires_in", "soon")]
    [InlineData("id_token", "")]
    [InlineData("id_token", "opaque")]
    [InlineData("scope", "")]
    public async Task A_received_refresh_token_is_kept_whatever_else_the_answer_says(string field, string? value)
    {
        await house.Expire();
        xero.Bend = answer => answer[field] = value;
        (await Access(house)).Token.Should().Be(xero.AccessToken);

        await house.Expire();
        (await Access(house)).Token.Should().Be(xero.AccessToken);

        await using var db = house.Vault();
        (await db.XeroGrants.SingleAsync()).Scopes.Should().Be(xero.Scope);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sign_in_that_comes_to_write_by_a_renewal_reads_nothing_and_can_be_ended(bool isTold)
    {
        await house.Expire();
        xero.Scope += " accounting.transactions";
        if (!isTold) xero.Bend = answer => answer.Remove("scope");

        var refused = await Failing(house);
        var read = () => house.Connections.ReadOrganization(connectionId, default);

        (refused.Problem, refused.Code).Should().Be((SourceProblem.SignInExpired, "CK-XERO-AUTH-06"));
        refused.Message.Should().Contain("accounting.transactions").And.Contain("Reconnect");
        (await read.Should().ThrowAsync<SourceException>()).Which.Code.Should().Be("CK-XERO-AUTH-06");
        xero.Requests.Should().OnlyContain(r => r.Path == "/connect/token");
        await house.Disconnect.RemoveAtXero(connectionId, default);
        (await house.Disconnect.RevokeIfUnused(connectionId, default)).Should().BeTrue();
        xero.Connections.Should().BeEmpty();
        xero.Count("POST", "/connect/revocation").Should().Be(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sign_in_that_came_to_write_is_ended_at_Xero_and_not_renewed_again(bool byReading)
    {
        var readOnly = xero.Scope;
        var eightDaysAgo = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-8);
        xero.Scope += " accounting.transactions";
        await house.Expire();
        if (byReading) await Failing(house);
        else await Idle(eightDaysAgo);

        var ended = await house.Upkeep.RefreshIdle(default);
        await Idle(eightDaysAgo);
        var later = await house.Upkeep.RefreshIdle(default);

        ended.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            XeroUserId = xero.UserId, ConnectionIds = new[] { connectionId }, Problem = SourceProblem.SignInExpired,
            Code = "CK-XERO-AUTH-06",
        });
        later.Should().BeEmpty();
        TokenCalls.Should().Be(1);
        xero.Requests.Where(r => r.Path == "/connect/revocation").Should().ContainSingle()
            .Which.Body.Should().Be($"token={xero.RefreshToken}");
        (await house.Connections.SignIn(connectionId, default))!.DiedAt.Should().NotBeNull();
        (await Failing(house)).Code.Should().Be("CK-XERO-AUTH-06", "the reason is kept");

        xero.Scope = readOnly;
        await house.Answer((await house.Start(connectionId)).State, xero.Code);
        (await Access(house)).Token.Should().Be(xero.AccessToken);
    }

    [Fact]
    public async Task One_that_came_to_write_is_ended_later_where_Xero_is_away()
    {
        await house.Expire();
        xero.Scope += " accounting.transactions";
        await Failing(house);
        xero.Before = context =>
        {
            context.Response.StatusCode = 503;
            return Task.FromResult(true);
        };

        var away = await house.Upkeep.RefreshIdle(default);
        xero.Before = _ => Task.FromResult(false);
        var back = await house.Upkeep.RefreshIdle(default);

        away.Should().ContainSingle().Which.Problem.Should().Be(SourceProblem.Unavailable);
        back.Should().ContainSingle().Which.Code.Should().Be("CK-XERO-AUTH-06");
    }

    [Fact]
    public async Task A_sign_in_that_can_not_write_any_more_reads_again()
    {
        await house.Expire();
        var readOnly = xero.Scope;
        xero.Scope += " accounting.transactions";
        await Failing(house);

        xero.Scope = readOnly;
        await house.Expire();

        (await Access(house)).Token.Should().Be(xero.AccessToken);
    }

    [Fact]
    public async Task Without_an_access_token_the_refresh_token_is_kept_and_used_next()
    {
        await house.Expire();
        xero.Bend = answer => answer.Remove("access_token");
        (await Failing(house)).Code.Should().Be("CK-XERO-DOWN-02");

        xero.Bend = _ => { };
        (await Access(house)).Token.Should().Be(xero.AccessToken);
    }

    [Fact]
    public async Task A_refused_sign_in_is_dead_and_not_asked_for_again()
    {
        await house.Expire();
        xero.RefreshToken = null;

        (await Failing(house)).Should().Match<SourceException>(e =>
            e.Problem == SourceProblem.SignInExpired && e.Code == "CK-XERO-AUTH-02");
        (await Failing(house)).Problem.Should().Be(SourceProblem.SignInExpired);

        TokenCalls.Should().Be(1);
        (await house.Connections.SignIn(connectionId, default))!.DiedAt.Should().NotBeNull();
    }

    [Fact]
    public async Task A_wrong_secret_keeps_the_sign_in()
    {
        await house.Expire();
        xero.Before = async context =>
        {
            await FakeXero.Json(context, """{"error":"invalid_client"}""", 400);
            return true;
        };
        (await Failing(house)).Problem.Should().Be(SourceProblem.Configuration);

        xero.Before = _ => Task.FromResult(false);
        (await Access(house)).Token.Should().Be(xero.AccessToken);
    }

    [Fact]
    public async Task Xero_down_keeps_the_sign_in_and_is_asked_a_few_times_only()
    {
        await house.Expire();
        xero.Before = context =>
        {
            context.Response.StatusCode = 503;
            return Task.FromResult(true);
        };
        (await Failing(house)).Problem.Should().Be(SourceProblem.Unavailable);
        TokenCalls.Should().Be(3);

        xero.Before = _ => Task.FromResult(false);
        (await Access(house)).Token.Should().Be(xero.AccessToken);
    }

    [Fact]
    public async Task A_page_of_a_proxy_in_place_of_a_token_passes()
    {
        await house.Expire();
        var pages = 1;
        xero.Before = async context =>
        {
            if (pages-- <= 0) return false;
            context.Response.ContentType = "text/html";
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, "<html>One moment</html>");
            return true;
        };

        (await Access(house)).Token.Should().Be(xero.AccessToken);
        TokenCalls.Should().Be(2);

        pages = int.MaxValue;
        await house.Expire();
        (await Failing(house)).Code.Should().Be("CK-XERO-DOWN-02");
        TokenCalls.Should().Be(5, "three tries, and no end of them");
    }

    [Fact]
    public async Task Without_the_keys_the_sign_in_can_not_be_opened()
    {
        Directory.Move(folder["keys"], folder["elsewhere"]);
        await using var restarted = new XeroHouse(xero.Address, folder);

        (await Failing(restarted)).Should().Match<SourceException>(e =>
            e.Problem == SourceProblem.KeysMissing && e.Code == "CK-XERO-AUTH-04");
    }

    [Fact]
    public async Task What_one_person_granted_twice_is_one_sign_in()
    {
        xero.AuthEventId = Guid.CreateVersion7();
        xero.Grant("Bolt Ltd");
        var second = await house.Connect(xero);

        await using var db = house.Vault();
        (await db.XeroGrants.CountAsync()).Should().Be(1);
        (await house.Get<XeroGrants>().Access(second, default)).Token.Should().Be((await Access(house)).Token);
    }

    [Fact]
    public async Task Idle_sign_ins_are_renewed_weekly_and_failures_say_when_they_die()
    {
        (await house.Upkeep.RefreshIdle(default)).Should().BeEmpty();
        TokenCalls.Should().Be(0);
        var eightDaysAgo = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-8);
        await Idle(eightDaysAgo);

        (await house.Upkeep.RefreshIdle(default)).Should().BeEmpty();
        TokenCalls.Should().Be(1);

        await Idle(eightDaysAgo);
        xero.RefreshToken = null;
        (await house.Upkeep.RefreshIdle(default)).Should().ContainSingle().Which.Should().BeEquivalentTo(
            new XeroRenewalFailure(
                xero.UserId, [connectionId], eightDaysAgo.AddDays(60), SourceProblem.SignInExpired, "CK-XERO-AUTH-02"));
    }

    private async Task Idle(DateTime since)
    {
        await using var db = house.Vault();
        await db.XeroGrants.ExecuteUpdateAsync(set => set.SetProperty(g => g.RefreshedAt, since));
    }

    private int TokenCalls => xero.Count("POST", "/connect/token");

    private Task<XeroAccess> Access(XeroHouse at) => at.Get<XeroGrants>().Access(connectionId, default);

    private async Task<SourceException> Failing(XeroHouse at)
    {
        var access = () => Access(at);
        return (await access.Should().ThrowAsync<SourceException>()).Which;
    }
}
