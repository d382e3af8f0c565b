using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CountingKit.Connections;
using CountingKit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CountingKit.Tests.Xero;

[Trait("Speed", "Slow")]
public sealed class XeroSignInTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private FakeXero xero = null!;
    private XeroHouse house = null!;

    public async Task InitializeAsync()
    {
        xero = await FakeXero.Start();
        xero.Time = time;
        house = new XeroHouse(xero.Address, folder, time);
    }

    public async Task DisposeAsync()
    {
        await house.DisposeAsync();
        await xero.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_consent_page_is_asked_for_read_permissions_with_a_random_state_and_PKCE()
    {
        var (first, second) = (await house.Start(), await house.Start());

        first.Address.GetLeftPart(UriPartial.Path).Should().Be($"{xero.Address}identity/connect/authorize");
        first.Query.Should().Contain("response_type", "code").And.Contain("client_id", "app-id")
            .And.Contain("redirect_uri", XeroHouse.Redirect.ToString()).And.Contain("code_challenge_method", "S256")
            .And.Contain("scope", string.Join(' ', house.SignIn.Scopes));
        first.State.Should().HaveLength(43).And.NotBe(second.State);
        first.Query["code_challenge"].Should().NotBe(second.Query["code_challenge"]);
    }

    [Fact]
    public async Task An_allowed_consent_is_stored_and_names_the_organization_that_was_just_granted()
    {
        xero.Grant("An older one of somebody's", consent: Guid.CreateVersion7());
        xero.Grant("A practice", type: "PRACTICE");
        var acme = xero.Grant("Acme Ltd");
        var started = await house.Start();

        var granted = (await house.Answer(started.State, xero.Code)).Should().BeOfType<XeroSignInGranted>().Subject;

        granted.Organizations.Should().Equal(
            new XeroChoice(acme.tenantId, "Acme Ltd", acme.id, null, JustGranted: true));
        (granted.PersonName, granted.PersonEmail, granted.XeroUserId)
            .Should().Be(("Ada Lee", "ada@example.test", xero.UserId));
        granted.MissingScopes.Should().BeEmpty();
        (await house.SignIn.Find(started.Id, XeroHouse.Member, default)).Should().BeEquivalentTo(granted);
        (await house.SignIn.Find(started.Id, Guid.CreateVersion7(), default)).Should().BeNull("it is another member's");
    }

    [Fact]
    public async Task The_code_is_exchanged_with_the_verifier_behind_the_challenge_and_the_apps_secret()
    {
        xero.Grant("Acme Ltd");
        var started = await house.Start();
        await house.Answer(started.State, xero.Code);

        var request = xero.Requests.Single(r => r.Path == "/connect/token");
        var form = FakeXero.Form(request.Body);
        form.Should().Contain("grant_type", "authorization_code").And
            .Contain("redirect_uri", XeroHouse.Redirect.ToString());
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"])))
            .Should().Be(started.Query["code_challenge"]);
        request.Headers["Authorization"].Should().Be(
            "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"app-id:{XeroHouse.ClientSecret}")));
    }

    [Fact]
    public async Task The_sign_in_is_stored_before_it_is_used()
    {
        xero.Grant("Acme Ltd");
        var storedAtFirstUse = -1;
        xero.Before = async context =>
        {
            if (context.Request.Path != "/connections") return false;
            await using var db = house.Vault();
            storedAtFirstUse = await db.XeroGrants.CountAsync();
            return false;
        };

        await house.Answer((await house.Start()).State, xero.Code);

        storedAtFirstUse.Should().Be(1);
    }

    [Fact]
    public async Task An_unknown_state_is_refused_with_and_without_a_code()
    {
        await Fails(await house.Answer("made-up", xero.Code), XeroCodes.UnknownState);
        await Fails(await house.Answer(null, null, "access_denied"), XeroCodes.UnknownState);
    }

    [Fact]
    public async Task A_browser_without_our_cookie_is_told_so_and_the_sign_in_stays_open()
    {
        xero.Grant("Acme Ltd");
        var started = await house.Start();

        await Fails(await house.Answer(started.State, xero.Code, browser: null), XeroCodes.NoCookie);

        (await house.Answer(started.State, xero.Code)).Should().BeOfType<XeroSignInGranted>();
    }

    [Fact]
    public async Task Another_browser_is_refused_and_the_right_one_may_still_answer()
    {
        xero.Grant("Acme Ltd");
        var started = await house.Start();

        await Fails(await house.Answer(started.State, xero.Code, browser: "another"), XeroCodes.OtherBrowser);

        (await house.Answer(started.State, xero.Code)).Should().BeOfType<XeroSignInGranted>();
    }

    [Fact]
    public async Task Another_member_is_refused_before_anything_is_asked_and_the_right_one_may_still_answer()
    {
        xero.Grant("Acme Ltd");
        var started = await house.Start();

        await Fails(
            await house.Answer(started.State, xero.Code, member: Guid.CreateVersion7()), XeroCodes.OtherBrowser);

        xero.Requests.Should().BeEmpty();
        (await house.Answer(started.State, xero.Code)).Should().BeOfType<XeroSignInGranted>();
    }

    [Theory]
    [InlineData("iss", "https://identity.example.com", "CK-XERO-SIGNIN-14")]
    [InlineData("iss", null, "CK-XERO-SIGNIN-14")]
    [InlineData("aud", "another-app", "CK-XERO-SIGNIN-14")]
    [InlineData("aud", null, "CK-XERO-SIGNIN-14")]
    [InlineData("xero_userid", "0193a000-0000-7000-8000-0000000000ee", "CK-XERO-SIGNIN-14")]
    [InlineData("exp", "never", "CK-XERO-SIGNIN-15")]
    [InlineData("exp", null, "CK-XERO-SIGNIN-15")]
    public async Task An_identity_that_is_not_meant_for_us_is_refused_and_ended(string claim, string? value, string code)
    {
        xero.Grant("Acme Ltd");
        xero.BendIdentity = who => who[claim] = value;

        var outcome = await house.Answer((await house.Start()).State, xero.Code);

        await Fails(outcome, XeroCodes.All.Single(known => known.Code == code));
        FakeXero.Form(xero.Requests.Single(r => r.Path == "/connect/revocation").Body)["token"]
            .Should().Be(xero.RefreshToken);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(6, false)]
    public async Task Clocks_may_differ_by_five_minutes(int minutes, bool isTaken)
    {
        xero.Grant("Acme Ltd");
        xero.BendIdentity = who => who["exp"] = time.GetUtcNow().AddMinutes(-minutes).ToUnixTimeSeconds();

        var outcome = await house.Answer((await house.Start()).State, xero.Code);

        (outcome is XeroSignInGranted).Should().Be(isTaken);
    }

    [Theory]
    [InlineData("nbf", 4, true)]
    [InlineData("nbf", 6, false)]
    [InlineData("iat", 6, false)]
    public async Task An_identity_from_the_future_tells_that_the_clock_is_wrong(string claim, int minutes, bool isTaken)
    {
        xero.Grant("Acme Ltd");
        xero.BendIdentity = who => who[claim] = time.GetUtcNow().AddMinutes(minutes).ToUnixTimeSeconds();

        var outcome = await house.Answer((await house.Start()).State, xero.Code);

        (outcome is XeroSignInGranted).Should().Be(isTaken);
        if (!isTaken) await Fails(outcome, XeroCodes.ClockWrong);
    }

    [Fact]
    public async Task An_audience_of_several_must_name_us_as_the_one_it_was_made_for()
    {
        xero.Grant("Acme Ltd");
        xero.BendIdentity = who => who["aud"] = new System.Text.Json.Nodes.JsonArray("app-id", "another-app");
        await Fails(await house.Answer((await house.Start()).State, xero.Code), XeroCodes.NotForUs);

        xero.BendIdentity += who => who["azp"] = "app-id";

        (await house.Answer((await house.Start()).State, xero.Code)).Should().BeOfType<XeroSignInGranted>();
    }

    [Fact]
    public async Task A_sign_in_for_half_an_hour_is_refused_and_ended()
    {
        xero.Grant("Acme Ltd");
        xero.Bend = answer => answer.Remove("refresh_token");

        var outcome = await house.Answer((await house.Start()).State, xero.Code);

        await Fails(outcome, XeroCodes.NoOfflineAccess);
        FakeXero.Form(xero.Requests.Single(r => r.Path == "/connect/revocation").Body)["token"]
            .Should().Be(xero.AccessToken);
    }

    [Fact]
    public async Task A_refused_consent_that_can_not_be_ended_at_once_is_swept()
    {
        xero.Grant("Acme Ltd");
        xero.Scope += " accounting.transactions";
        var isDown = true;
        xero.Before = context =>
        {
            var drops = isDown && context.Request.Path == "/connect/revocation";
            if (drops) context.Response.StatusCode = 400;
            return Task.FromResult(drops);
        };

        var outcome = await house.Answer((await house.Start()).State, xero.Code);
        isDown = false;
        time.Advance(TimeSpan.FromMinutes(16));
        await house.Upkeep.SweepOrphans((_, _) => Task.FromResult(true), default);

        await Fails(outcome, XeroCodes.WriteScope);
        xero.Count("POST", "/connect/revocation").Should().Be(2);
    }

    [Fact]
    public async Task A_second_answer_is_refused_and_exchanges_nothing()
    {
        xero.Grant("Acme Ltd");
        var started = await house.Start();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => house.Answer(started.State, xero.Code)));

        answers.OfType<XeroSignInGranted>().Should().ContainSingle();
        answers.OfType<XeroSignInFailed>().Should().HaveCount(4).And
            .OnlyContain(f => f.Problem == XeroCodes.AnsweredTwice && f.SignInId == started.Id);
        xero.Count("POST", "/connect/token").Should().Be(1);
    }

    [Fact]
    public async Task After_ten_minutes_it_is_too_late()
    {
        var started = await house.Start();
        time.Advance(TimeSpan.FromMinutes(10.1));

        await Fails(await house.Answer(started.State, xero.Code), XeroCodes.TooLate);
        xero.Count("POST", "/connect/token").Should().Be(0);
    }

    [Fact]
    public async Task Denied_access_is_no_error_of_anybody() =>
        await Fails(await house.Answer((await house.Start()).State, null, "access_denied"), XeroCodes.Denied);

    [Fact]
    public async Task What_Xero_says_is_shown_without_control_characters()
    {
        var outcome = await house.Answer((await house.Start()).State, null, "invalid_scope\r\nSet-Cookie: x");

        await Fails(outcome, XeroCodes.XeroRefused);
        ((XeroSignInFailed)outcome).Detail.Should().Be("invalid_scopeSet-Cookie: x");
    }

    [Fact]
    public async Task A_code_that_Xero_refuses_connects_nothing() =>
        await Fails(await house.Answer((await house.Start()).State, "stale"), XeroCodes.CodeRefused);

    [Fact]
    public async Task A_refused_app_is_the_operators_business()
    {
        xero.Before = async context =>
        {
            await FakeXero.Json(context, """{"error":"invalid_client"}""", 401);
            return true;
        };

        await Fails(await house.Answer((await house.Start()).State, xero.Code), XeroCodes.AppRefused);
    }

    [Theory]
    [InlineData(503, "<html>down</html>")]
    [InlineData(200, "not json")]
    [InlineData(200, """{"access_token":"xxx.yyy.zzz","expires_in":1800,"refresh_token":"r"}""")]
    public async Task Xero_down_or_out_of_its_mind_connects_nothing(int status, string body)
    {
        xero.Before = async context =>
        {
            await FakeXero.Json(context, body, status);
            return true;
        };

        await Fails(await house.Answer((await house.Start()).State, xero.Code), XeroCodes.XeroDown);
    }

    [Fact]
    public async Task A_write_permission_is_not_kept_but_revoked_and_named()
    {
        xero.Grant("Acme Ltd");
        xero.Scope += " accounting.transactions";

        var outcome = await house.Answer((await house.Start()).State, xero.Code);

        await Fails(outcome, XeroCodes.WriteScope);
        ((XeroSignInFailed)outcome).Detail.Should().Be("accounting.transactions");
        var revoked = xero.Requests.Single(r => r.Path == "/connect/revocation");
        FakeXero.Form(revoked.Body)["token"].Should().Be(xero.RefreshToken);
    }

    [Fact]
    public async Task A_write_permission_of_a_sign_in_in_use_undoes_only_what_was_just_granted()
    {
        var connected = xero.Grant("Acme Ltd");
        await house.Connect(xero);
        xero.AuthEventId = Guid.CreateVersion7();
        xero.Grant("Bolt Ltd");
        xero.Scope += " accounting.transactions";

        var outcome = await house.Answer((await house.Start()).State, xero.Code);

        ((XeroSignInFailed)outcome).Problem.Should().Be(XeroCodes.WriteScope);
        xero.Connections.Should().Equal(connected);
        xero.Count("POST", "/connect/revocation").Should().Be(0);
    }

    [Fact]
    public async Task A_missing_permission_is_told_and_connects()
    {
        xero.Grant("Acme Ltd");
        xero.Scope = "openid profile email offline_access accounting.settings.read";

        var outcome = await house.Answer((await house.Start()).State, xero.Code);

        outcome.Should().BeOfType<XeroSignInGranted>().Which.MissingScopes.Should().Equal("accounting.invoices.read");
    }

    [Theory]
    [InlineData("expires_in", null, "Ada Lee")]
    [InlineData("expires_in", "1800", "Ada Lee")]
    [InlineData("id_token", "", null)]
    [InlineData("id_token", "opaque", null)]
    [InlineData("id_token", "a.b.c", null)]
    [InlineData("scope", "", "Ada Lee")]
    public async Task An_odd_field_beside_the_tokens_fails_no_consent(string field, string? value, string? name)
    {
        xero.Grant("Acme Ltd");
        xero.Bend = answer => answer[field] = value;

        var outcome = await house.Answer((await house.Start()).State, xero.Code);

        var granted = outcome.Should().BeOfType<XeroSignInGranted>().Subject;
        granted.PersonName.Should().Be(name);
        granted.MissingScopes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""null""")]
    [InlineData("""7""")]
    [InlineData("""{"id":"e1eede29-f875-4a5d-8470-17f6a29a88b1","tenantId":null,"tenantType":"ORGANISATION"}""")]
    [InlineData("""{"id":"e1eede29-f875-4a5d-8470-17f6a29a88b1","tenantId":"t-7","tenantType":"ORGANISATION"}""")]
    [InlineData("""{"id":"e1eede29-f875-4a5d-8470-17f6a29a88b1","authEventId":"","tenantId":"70784a63-d24b-46a9-a4db-0e70a274b056","tenantType":"ORGANISATION"}""")]
    [InlineData("""{"id":5,"tenantId":"70784a63-d24b-46a9-a4db-0e70a274b056","tenantType":["PRACTICE"]}""")]
    public async Task An_odd_entry_of_the_list_hides_no_other(string entry)
    {
        var acme = xero.Grant("Acme Ltd");
        xero.Before = async context =>
        {
            if (context.Request.Path != "/connections") return false;
            await FakeXero.Json(context, $"[{entry},{JsonSerializer.Serialize(acme)}]");
            return true;
        };

        var outcome = await house.Answer((await house.Start()).State, xero.Code);

        outcome.Should().BeOfType<XeroSignInGranted>().Which.Organizations.Should()
            .ContainSingle().Which.TenantId.Should().Be(acme.tenantId);
    }

    [Fact]
    public async Task Nothing_granted_is_told()
    {
        xero.Grant("An older one", consent: Guid.CreateVersion7());

        var outcome = await house.Answer((await house.Start()).State, xero.Code);

        await Fails(outcome, XeroCodes.NoOrganization);
        xero.Count("POST", "/connect/revocation").Should().Be(1);
    }

    private async Task Fails(XeroSignInOutcome outcome, ErrorCode code)
    {
        outcome.Should().BeOfType<XeroSignInFailed>().Which.Problem.Should().Be(code);
        await using var db = house.Vault();
        (await db.XeroGrants.CountAsync()).Should().Be(0);
    }
}
