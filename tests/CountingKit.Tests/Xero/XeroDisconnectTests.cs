using CountingKit.Mirror;
using CountingKit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CountingKit.Tests.Xero;

public sealed class XeroDisconnectTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private FakeXero xero = null!;
    private XeroHouse house = null!;
    private Guid connectionId;

    public async Task InitializeAsync()
    {
        xero = await FakeXero.Start();
        xero.Time = time;
        house = new XeroHouse(xero.Address, folder, time);
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
    public async Task The_only_connection_takes_the_sign_in_with_it_and_every_step_may_be_repeated()
    {
        var xeroConnection = xero.Connections.Single().id;
        var refresh = xero.RefreshToken;

        await Twice(() => house.Disconnect.RemoveAtXero(connectionId, default));
        await Twice(() => house.Disconnect.RevokeIfUnused(connectionId, default));
        await Twice(() => house.Disconnect.Forget(connectionId, default));

        xero.Requests.Where(r => r.Path != "/connect/token").Select(r => r.ToString()).Should().Equal(
            $"DELETE /connections/{xeroConnection}", $"DELETE /connections/{xeroConnection}",
            "POST /connect/revocation");
        FakeXero.Form(xero.Requests.Last().Body)["token"].Should().Be(refresh);
        await using var db = house.Vault();
        (await db.XeroGrants.CountAsync(), await db.XeroTenants.CountAsync()).Should().Be((0, 0));
    }

    [Fact]
    public async Task Another_connection_keeps_the_sign_in()
    {
        xero.AuthEventId = Guid.CreateVersion7();
        xero.Grant("Bolt Ltd");
        var other = await house.Connect(xero);

        await house.Disconnect.RemoveAtXero(connectionId, default);
        (await house.Disconnect.RevokeIfUnused(connectionId, default)).Should().BeFalse();
        await house.Disconnect.Forget(connectionId, default);

        xero.Count("POST", "/connect/revocation").Should().Be(0);
        xero.Connections.Should().ContainSingle().Which.tenantName.Should().Be("Bolt Ltd");
        (await house.Connections.SignIn(other, default)).Should().NotBeNull();
    }

    [Fact]
    public async Task A_consent_that_is_still_being_chosen_of_keeps_the_sign_in()
    {
        xero.AuthEventId = Guid.CreateVersion7();
        var bolt = xero.Grant("Bolt Ltd");
        var started = await house.Start();
        await house.Answer(started.State, xero.Code);

        (await house.Disconnect.RevokeIfUnused(connectionId, default)).Should().BeFalse();
        await house.Disconnect.Forget(connectionId, default);

        await house.SignIn.Attach(started.Id, Guid.CreateVersion7(), bolt.tenantId, default);
    }

    [Fact]
    public async Task A_dead_sign_in_is_destroyed_without_Xero()
    {
        await house.Expire();
        xero.RefreshToken = null;

        await house.Disconnect.RemoveAtXero(connectionId, default);
        (await house.Disconnect.RevokeIfUnused(connectionId, default)).Should().BeTrue();

        xero.Count("POST", "/connect/revocation").Should().Be(0);
        await using var db = house.Vault();
        (await db.XeroGrants.CountAsync()).Should().Be(0);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task What_Xero_refuses_to_delete_is_done_when_it_is_not_listed_any_more(int status)
    {
        xero.Before = context =>
        {
            context.Response.StatusCode = status;
            return Task.FromResult(context.Request.Method == "DELETE");
        };
        var remove = () => house.Disconnect.RemoveAtXero(connectionId, default);
        (await remove.Should().ThrowAsync<SourceException>()).Which.Problem.Should().Be(SourceProblem.Unavailable);

        xero.Connections.Clear();

        await remove.Should().NotThrowAsync();
    }

    [Fact]
    public async Task One_that_can_not_be_let_go_keeps_no_other_one_here()
    {
        xero.AuthEventId = Guid.CreateVersion7();
        xero.Grant("Bolt Ltd");
        await house.Connect(xero);
        time.Advance(TimeSpan.FromMinutes(16));

        (await house.Upkeep.SweepOrphans(
            (id, _) => id == connectionId ? throw new InvalidOperationException("broken") : Task.FromResult(false),
            CancellationToken.None)).Should().Be(1);

        xero.Connections.Should().ContainSingle().Which.tenantName.Should().Be("Acme Ltd");
        house.Logs.Lines.Should().ContainMatch($"*{connectionId}*could not be let go*broken*");
    }

    [Fact]
    public async Task While_Xero_is_down_nothing_is_forgotten()
    {
        xero.Before = context =>
        {
            context.Response.StatusCode = 503;
            return Task.FromResult(true);
        };
        var pump = Pump();

        var revoke = () => house.Disconnect.RevokeIfUnused(connectionId, default);

        (await revoke.Should().ThrowAsync<SourceException>()).Which.Problem.Should().Be(SourceProblem.Unavailable);
        await pump.CancelAsync();
        await using var db = house.Vault();
        (await db.XeroGrants.CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task What_was_granted_and_never_connected_is_let_go_after_fifteen_minutes()
    {
        await house.Disconnect.RemoveAtXero(connectionId, default);
        await house.Disconnect.Forget(connectionId, default);
        xero.AuthEventId = Guid.CreateVersion7();
        xero.Grant("Bolt Ltd");
        await house.Answer((await house.Start()).State, xero.Code);

        time.Advance(TimeSpan.FromMinutes(14));
        (await Sweep(connected: true)).Should().Be(0);
        xero.Connections.Should().ContainSingle();
        time.Advance(TimeSpan.FromMinutes(2));
        (await Sweep(connected: true)).Should().BePositive();

        xero.Connections.Should().BeEmpty();
        xero.Count("POST", "/connect/revocation").Should().Be(1);
        await using var db = house.Vault();
        (await db.XeroGrants.CountAsync(), await db.PendingSignIns.CountAsync()).Should().Be((0, 0));
        (await Sweep(connected: true)).Should().Be(0);
    }

    [Fact]
    public async Task What_was_attached_but_is_not_in_the_log_is_let_go()
    {
        time.Advance(TimeSpan.FromMinutes(16));

        (await Sweep(connected: false)).Should().Be(2);

        xero.Connections.Should().BeEmpty();
        await using var db = house.Vault();
        (await db.XeroTenants.CountAsync(), await db.XeroGrants.CountAsync()).Should().Be((0, 0));
    }

    [Fact]
    public async Task What_an_attempt_left_that_never_reached_the_log_does_not_take_the_next_ones_connection_with_it()
    {
        var acme = xero.Connections.Single();
        var started = await house.Start();
        await house.Answer(started.State, xero.Code);
        var second = Guid.CreateVersion7();
        await house.SignIn.Attach(started.Id, second, acme.tenantId, default);
        time.Advance(TimeSpan.FromMinutes(16));

        (await house.Upkeep.SweepOrphans((id, _) => Task.FromResult(id == second), default)).Should().Be(1);

        xero.Connections.Should().Equal(acme);
        await using var db = house.Vault();
        (await db.XeroTenants.Select(t => t.ConnectionId).ToListAsync()).Should().Equal(second);
        (await house.Connections.SignIn(second, default))!.DiedAt.Should().BeNull();
    }

    [Fact]
    public async Task What_is_offered_again_does_not_go_with_the_first_offer()
    {
        xero.AuthEventId = Guid.CreateVersion7();
        var bolt = xero.Grant("Bolt Ltd");
        await house.Answer((await house.Start()).State, xero.Code);
        time.Advance(TimeSpan.FromMinutes(10));
        var again = await house.Start();
        await house.Answer(again.State, xero.Code);
        time.Advance(TimeSpan.FromMinutes(6));

        await Sweep(connected: true);

        xero.Connections.Should().Contain(bolt);
        await house.SignIn.Attach(again.Id, Guid.CreateVersion7(), bolt.tenantId, default);
        time.Advance(TimeSpan.FromMinutes(16));
        await Sweep(connected: true);
        xero.Connections.Should().Contain(bolt);
    }

    [Fact]
    public async Task What_another_person_granted_of_an_organization_that_is_connected_is_let_go_and_nothing_else()
    {
        var acme = xero.Connections.Single();
        var (bolt, theirs) = await AnotherPerson(acme);
        await house.Answer((await house.Start()).State, xero.Code);
        time.Advance(TimeSpan.FromMinutes(16));

        await Sweep(connected: true);

        xero.Connections.Should().Equal(acme, bolt);
        xero.Requests.Where(r => r.Method == "DELETE").Select(r => r.Path).Should().Equal($"/connections/{theirs.id}");
        xero.Count("POST", "/connect/revocation").Should().Be(0);
    }

    [Fact]
    public async Task What_another_person_granted_too_and_a_connection_of_ours_was_made_from_is_only_forgotten()
    {
        var acme = xero.Connections.Single();
        var (bolt, theirs) = await AnotherPerson(acme);
        xero.Connections.Remove(theirs);
        xero.Connections[0] = acme with { authEventId = xero.AuthEventId };
        await house.Answer((await house.Start()).State, xero.Code);
        time.Advance(TimeSpan.FromMinutes(16));

        await Sweep(connected: true);

        xero.Connections.Select(c => c.id).Should().Equal(acme.id, bolt.id);
    }

    [Fact]
    public async Task What_a_person_granted_anew_of_an_organization_that_is_read_through_them_stays()
    {
        var acme = xero.Connections.Single();
        xero.AuthEventId = Guid.CreateVersion7();
        var anew = acme with { id = Guid.CreateVersion7(), authEventId = xero.AuthEventId };
        xero.Connections[0] = anew;
        await house.Answer((await house.Start()).State, xero.Code);
        time.Advance(TimeSpan.FromMinutes(16));

        await Sweep(connected: true);

        xero.Connections.Should().Equal(anew);
    }

    [Fact]
    public async Task A_refused_consent_of_another_person_leaves_them_no_access_to_what_is_connected()
    {
        var acme = xero.Connections.Single();
        var (bolt, _) = await AnotherPerson(acme);
        xero.Scope += " accounting.transactions";

        await house.Answer((await house.Start()).State, xero.Code);

        xero.Connections.Should().Equal(acme, bolt);
    }

    [Fact]
    public async Task What_is_connected_stays()
    {
        time.Advance(TimeSpan.FromDays(1));

        (await Sweep(connected: true)).Should().Be(0);

        xero.Connections.Should().ContainSingle();
        (await house.Connections.SignIn(connectionId, default)).Should().NotBeNull();
    }

    /// <summary>
    /// Somebody else signs in from now on. They have connected Bolt Ltd, and Xero has just connected them to the organization
    /// of this connection too.
    /// </summary>
    private async Task<(FakeConnection Bolt, FakeConnection Theirs)> AnotherPerson(FakeConnection acme)
    {
        xero.UserId = Guid.CreateVersion7();
        xero.AuthEventId = Guid.CreateVersion7();
        var bolt = xero.Grant("Bolt Ltd");
        await house.Connect(xero);
        xero.AuthEventId = Guid.CreateVersion7();
        var theirs = acme with { id = Guid.CreateVersion7(), authEventId = xero.AuthEventId };
        xero.Connections.Add(theirs);
        return (bolt, theirs);
    }

    private Task<int> Sweep(bool connected) =>
        house.Upkeep.SweepOrphans((_, _) => Task.FromResult(connected), CancellationToken.None);

    private static async Task Twice(Func<Task> step)
    {
        await step();
        await step();
    }

    /// <summary>Lets waits between tries pass.</summary>
    private CancellationTokenSource Pump()
    {
        var stop = new CancellationTokenSource();
        _ = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
                await Task.Delay(1);
            }
        });
        return stop;
    }
}
