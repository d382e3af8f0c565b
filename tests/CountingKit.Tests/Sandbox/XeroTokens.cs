using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

public sealed class XeroTokens : IAsyncLifetime
{
    private readonly XeroBooksFixture _books = new() { Invoices = 20 };
    private XeroApp _app = null!;

    public async Task InitializeAsync()
    {
        await _books.InitializeAsync();
        _app = new XeroApp(_books.Sandbox);
    }

    public Task DisposeAsync() => _books.DisposeAsync();

    [Fact]
    public async Task Tokens_carry_the_claims_of_the_consent()
    {
        var tokens = await _app.SignIn(_books.First);

        var access = Claims(tokens["access_token"]);
        var id = Claims(tokens["id_token"]);
        tokens["expires_in"]!.GetValue<int>().Should().Be(1800);
        tokens["token_type"]!.GetValue<string>().Should().Be("Bearer");
        tokens["scope"]!.GetValue<string>().Should().Be(XeroApp.ReadScopes);
        access["client_id"]!.GetValue<string>().Should().Be(_app.ClientId);
        access["aud"]!.GetValue<string>().Should().EndWith("/resources");
        access["scope"]!.AsArray().Should().HaveCount(7);
        id["aud"]!.GetValue<string>().Should().Be(_app.ClientId);
        id["email"]!.GetValue<string>().Should().Be("mary.advisor@example.com");
        id["xero_userid"]!.GetValue<string>().Should().Be(access["xero_userid"]!.GetValue<string>());
        id["authentication_event_id"].Should().BeNull();

        var connection = (await _app.Read($"connections?authEventId={access["authentication_event_id"]}"))
            .AsArray().Should().ContainSingle().Which!;
        connection["tenantId"]!.GetValue<string>().Should().Be(_books.First);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var code = (await _app.Allow(_books.First))["code"]!;

        (await _app.Exchange(code)).StatusCode.Should().Be(HttpStatusCode.OK);
        await ShouldBe(await _app.Exchange(code), "invalid_grant");
    }

    [Fact]
    public async Task A_code_lives_five_minutes()
    {
        var code = (await _app.Allow(_books.First))["code"]!;
        await _books.Sandbox.Control.Advance(TimeSpan.FromMinutes(5));

        await ShouldBe(await _app.Exchange(code), "invalid_grant");
    }

    [Theory]
    [InlineData("code_verifier", "0123456789012345678901234567890123456789012")]
    [InlineData("code_verifier", null)]
    [InlineData("redirect_uri", "http://localhost:5000/elsewhere")]
    public async Task A_code_needs_its_verifier_and_its_redirect_address(string field, string? value)
    {
        var code = (await _app.Allow(_books.First))["code"]!;
        Dictionary<string, string?> form = new()
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = XeroApp.RedirectUri,
            [field] = value,
        };

        await ShouldBe(await _app.Token([.. form]), "invalid_grant");
    }

    [Fact]
    public async Task Another_app_cannot_redeem_the_code()
    {
        var code = (await _app.Allow(_books.First))["code"]!;

        await ShouldBe(await new XeroApp(_books.Sandbox).Exchange(code), "invalid_grant");
    }

    [Fact]
    public async Task A_refresh_token_turns_over_and_stays_good_for_half_an_hour()
    {
        await _app.SignIn(_books.First);
        var first = _app.RefreshToken;

        (await _app.Refresh(first)).StatusCode.Should().Be(HttpStatusCode.OK);
        var second = _app.RefreshToken;
        await _books.Sandbox.Control.Advance(TimeSpan.FromMinutes(29));
        (await _app.Refresh(first)).StatusCode.Should().Be(HttpStatusCode.OK, "the answer may have been lost");
        await _books.Sandbox.Control.Advance(TimeSpan.FromMinutes(2));

        second.Should().NotBe(first);
        await ShouldBe(await _app.Refresh(first), "invalid_grant");
        (await _app.Refresh(second)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_grace_a_used_refresh_token_is_dead_at_once()
    {
        await _books.Sandbox.Control.Post("_/xero/settings", new { refreshGraceMinutes = 0 });
        await _app.SignIn(_books.First);
        var first = _app.RefreshToken;
        await _app.Refresh(first);

        await ShouldBe(await _app.Refresh(first), "invalid_grant");
    }

    [Fact]
    public async Task A_refresh_token_dies_after_sixty_days_unused()
    {
        await _app.SignIn(_books.First);
        await _books.Sandbox.Control.Advance(TimeSpan.FromDays(60));

        await ShouldBe(await _app.Refresh(), "invalid_grant");
    }

    [Fact]
    public async Task Sign_ins_survive_a_kill()
    {
        await _app.SignIn(_books.First);

        await _books.Sandbox.KillAndRestart();

        (await _app.Read("connections")).AsArray().Should().ContainSingle();
        (await _app.Refresh()).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Revoking_ends_the_sign_in_and_every_connection_of_that_person()
    {
        await _app.SignIn(_books.First);
        await _app.SignIn(_books.Second);

        (await _app.Revoke(_app.RefreshToken)).StatusCode.Should().Be(HttpStatusCode.OK);

        await ShouldBe(await _app.Refresh(), "invalid_grant");
        (await _app.Read("connections")).AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task Scopes_add_up_per_person_and_app()
    {
        await _app.SignIn(_books.First, scopes: "openid offline_access accounting.settings.read");

        var tokens = await _app.SignIn(_books.First, scopes: "offline_access accounting.invoices.read");

        tokens["scope"]!.GetValue<string>().Split(' ').Should().BeEquivalentTo(
            "openid", "offline_access", "accounting.settings.read", "accounting.invoices.read");
    }

    [Fact]
    public async Task Without_offline_access_there_is_no_refresh_token_and_without_openid_no_id_token()
    {
        var tokens = await _app.SignIn(_books.First, scopes: "accounting.settings.read");

        (tokens["refresh_token"], tokens["id_token"]).Should().Be((null, null));
    }

    private static JsonNode Claims(JsonNode? token) => JsonNode.Parse(
        Base64Url.DecodeFromChars(token!.GetValue<string>().Split('.')[1]))!;

    private static async Task ShouldBe(HttpResponseMessage answer, string error)
    {
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!.GetValue<string>().Should().Be(error);
    }
}
