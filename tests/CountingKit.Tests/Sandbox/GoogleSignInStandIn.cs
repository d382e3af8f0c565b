using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

public sealed class GoogleSignInStandIn(GoogleSandbox google) : IClassFixture<GoogleSandbox>
{
    private SandboxProcess Sandbox => google.Process;

    [Fact]
    public async Task A_code_is_good_once_and_only_with_its_verifier()
    {
        var app = new GoogleApp(Sandbox);
        var first = await app.Consent(GoogleApp.Question(GoogleApp.DriveFile), GoogleApp.Dana, [GoogleApp.DriveFile]);
        var wrong = GoogleApp.Exchange(first["code"]!);
        wrong["code_verifier"] = "another";

        var refused = await app.Token(wrong);
        var accepted = await app.Token(GoogleApp.Exchange(first["code"]!));
        var again = await app.Token(GoogleApp.Exchange(first["code"]!));

        first["state"].Should().Be("state-1");
        (refused.Status, (string)refused.Json["error_description"]!).Should()
            .Be((HttpStatusCode.BadRequest, "Invalid code verifier."));
        accepted.Status.Should().Be(HttpStatusCode.OK);
        (again.Status, (string)again.Json["error"]!).Should().Be((HttpStatusCode.BadRequest, "invalid_grant"));
    }

    [Fact]
    public async Task A_code_is_good_only_for_the_address_it_was_sent_to()
    {
        var app = new GoogleApp(Sandbox);
        var answer = await app.Consent(GoogleApp.Question(GoogleApp.DriveFile), GoogleApp.Dana, [GoogleApp.DriveFile]);
        var elsewhere = GoogleApp.Exchange(answer["code"]!);
        elsewhere["redirect_uri"] = "http://localhost:5000/elsewhere";

        (await app.Token(elsewhere)).Json["error"]!.GetValue<string>().Should().Be("redirect_uri_mismatch");
    }

    [Fact]
    public async Task A_refresh_gives_an_access_token_and_no_new_refresh_token()
    {
        var app = await GoogleApp.SignedIn(Sandbox);

        var (status, json) = await app.Token(GoogleApp.Refresh(app.RefreshToken));

        status.Should().Be(HttpStatusCode.OK);
        json.AsObject().Select(member => member.Key).Should()
            .BeEquivalentTo("access_token", "expires_in", "scope", "token_type");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Revoking_by_body_or_query_ends_every_token_of_the_grant(bool inBody)
    {
        var app = await GoogleApp.SignedIn(Sandbox, GoogleApp.Sam);
        var id = await app.Spreadsheet((1, "A", 5, 5));
        var form = inBody ? new Dictionary<string, string> { ["token"] = app.RefreshToken } : [];

        var revoked = await Sandbox.GoogleHttp.PostAsync(
            inBody ? "revoke" : "revoke?token="
                + Uri.EscapeDataString(app.RefreshToken), new FormUrlEncodedContent(form));

        revoked.StatusCode.Should().Be(HttpStatusCode.OK);
        (await app.Send(HttpMethod.Get, $"v4/spreadsheets/{id}")).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await app.Token(GoogleApp.Refresh(app.RefreshToken))).Json["error_description"]!.GetValue<string>()
            .Should().Be("Token has been expired or revoked.");
    }

    [Fact]
    public async Task A_person_can_cancel_or_untick_a_scope()
    {
        var app = new GoogleApp(Sandbox);
        const string both = "openid " + GoogleApp.DriveFile;

        var canceled = await app.Consent(GoogleApp.Question(both), GoogleApp.Dana, [], decision: "cancel");
        var unticked = await app.Consent(GoogleApp.Question(both), GoogleApp.Dana, ["openid"]);
        var tokens = await app.Token(GoogleApp.Exchange(unticked["code"]!));

        canceled["error"].Should().Be("access_denied");
        unticked["scope"].Should().Be("openid");
        ((string)tokens.Json["scope"]!).Should().Be("openid");
    }

    [Fact]
    public async Task The_id_token_names_the_person()
    {
        const string scope = "openid email";
        var app = new GoogleApp(Sandbox);
        var answer = await app.Consent(GoogleApp.Question(scope), GoogleApp.Dana,
            ["openid", "https://www.googleapis.com/auth/userinfo.email"]);

        var token = (string)(await app.Token(GoogleApp.Exchange(answer["code"]!))).Json["id_token"]!;

        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]))!;
        ((string)claims["email"]!).Should().Be(GoogleApp.Dana);
        ((string)claims["sub"]!).Should().NotBeEmpty();
        ((string)claims["aud"]!).Should().Be("portal");
    }

    [Fact]
    public async Task Under_drive_file_a_spreadsheet_that_the_app_neither_made_nor_was_given_is_not_there()
    {
        var hidden = (string)(
            await Sandbox.Control.Post(
            "_/google/spreadsheets", new { title = "Mine", owner = GoogleApp.Dana }))!["spreadsheetId"]!;
        var app = await GoogleApp.SignedIn(Sandbox);

        var (sheets, drive) = (
            await app.Send(HttpMethod.Get, $"v4/spreadsheets/{hidden}"),
            await app.Send(HttpMethod.Get, $"drive/v3/files/{hidden}"));
        var wide = await GoogleApp.SignedIn(Sandbox, scope: GoogleApp.Spreadsheets);

        (sheets.Status, (string)sheets.Json["error"]!["message"]!).Should()
            .Be((HttpStatusCode.NotFound, "Requested entity was not found."));
        (drive.Status, (string)drive.Json["error"]!["message"]!).Should()
            .Be((HttpStatusCode.NotFound, $"File not found: {hidden}."));
        ((string)(await wide.Get($"v4/spreadsheets/{hidden}"))["properties"]!["title"]!).Should().Be("Mine");
    }

    [Fact]
    public async Task A_picked_spreadsheet_can_be_opened_from_then_on()
    {
        var hidden = (string)(
            await Sandbox.Control.Post(
            "_/google/spreadsheets", new { title = "Picked", owner = GoogleApp.Dana }))!["spreadsheetId"]!;
        var question = GoogleApp.Question(GoogleApp.DriveFile);
        question["trigger_onepick"] = "true";
        var app = new GoogleApp(Sandbox);

        var answer = await app.Consent(question, GoogleApp.Dana, [GoogleApp.DriveFile], picked: [hidden]);
        app.AccessToken = (string)(await app.Token(GoogleApp.Exchange(answer["code"]!))).Json["access_token"]!;

        answer["picked_file_ids"].Should().Be(hidden);
        ((string)(await app.Get($"v4/spreadsheets/{hidden}"))["properties"]!["title"]!).Should().Be("Picked");
    }

    [Fact]
    public async Task A_service_account_writes_what_is_shared_with_it_and_can_create_nothing()
    {
        var key = (await Sandbox.Control.Post("_/google/service-accounts", new { }))!;
        var email = (string)key["client_email"]!;
        var id = (string)(await Sandbox.Control.Post(
            "_/google/spreadsheets", new { title = "Shared", owner = GoogleApp.Dana }))!["spreadsheetId"]!;
        var app = new GoogleApp(Sandbox);
        var forged = await app.Token(Claim(email, RSA.Create(2048).ExportPkcs8PrivateKeyPem()));
        app.AccessToken = (string)(await app.Token(Claim(email, (string)key["private_key"]!))).Json["access_token"]!;

        var before = await app.Send(HttpMethod.Get, $"v4/spreadsheets/{id}");
        await Sandbox.Control.Post("_/google/share", new { spreadsheetId = id, email, role = "writer" });
        await app.Write(id, "A1", [["shared"]]);
        var created = await app.Send(
            HttpMethod.Post, "drive/v3/files",
            new { name = "No", mimeType = "application/vnd.google-apps.spreadsheet" });
        var made = await app.Send(HttpMethod.Post, "v4/spreadsheets", new { });

        ((string)forged.Json["error_description"]!).Should().Be("Invalid JWT Signature.");
        (before.Status, (string)before.Json["error"]!["message"]!).Should()
            .Be((HttpStatusCode.Forbidden, "The caller does not have permission"));
        (await app.Read(id, "A1")).Should().Be("""[["shared"]]""");
        made.Status.Should().Be(HttpStatusCode.Forbidden);
        created.Status.Should().Be(HttpStatusCode.Forbidden);
    }

    private static Dictionary<string, string> Claim(string email, string pem)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var text = Part(new { alg = "RS256", typ = "JWT" }) + "."
            + Part(new { iss = email, aud = "https://oauth2.googleapis.com/token", scope = GoogleApp.Spreadsheets
                + " https://www.googleapis.com/auth/drive", iat = now, exp = now + 3600 });
        using var key = RSA.Create();
        key.ImportFromPem(pem);
        var signature = key.SignData(
            Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return new()
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
            ["assertion"] = text + "." + System.Buffers.Text.Base64Url.EncodeToString(signature),
        };
    }

    private static string Part(object json) =>
        System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
