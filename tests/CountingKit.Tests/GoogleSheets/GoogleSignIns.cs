using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Spreadsheets;
using Microsoft.Extensions.Options;

namespace CountingKit.Tests.GoogleSheets;

public sealed class GoogleSignIns
{
    private static readonly GoogleSignInRequest Request = new(new("http://localhost:5000/google/callback"), "state1", "verifier1");

    private readonly ImpatientTime time = new();

    [Fact]
    public void The_browser_is_sent_away_for_a_lasting_sign_in_with_PKCE()
    {
        var url = OAuth("https://x/").AuthorizeUrl(Request);

        url.GetLeftPart(UriPartial.Path).Should().Be("https://x/o/oauth2/v2/auth");
        var query = HttpUtility.ParseQueryString(url.Query);
        query["access_type"].Should().Be("offline");
        query["prompt"].Should().Be("consent");
        query["response_type"].Should().Be("code");
        query["redirect_uri"].Should().Be("http://localhost:5000/google/callback");
        query["scope"].Should().Be("openid email https://www.googleapis.com/auth/drive.file");
        query["code_challenge_method"].Should().Be("S256");
        query["code_challenge"].Should().Be(Base64Url.EncodeToString(SHA256.HashData("verifier1"u8)));
        url.AbsoluteUri.Should().NotContain("verifier1").And.NotContain("secret1");
    }

    [Fact]
    public void Choosing_files_asks_for_one_scope_alone()
    {
        var url = OAuth("https://x/").AuthorizeUrl(new(Request.RedirectUri, "s", "v") { ChooseFiles = true });

        var query = HttpUtility.ParseQueryString(url.Query);
        query["scope"].Should().Be("https://www.googleapis.com/auth/drive.file");
        query["trigger_onepick"].Should().Be("true");
        query["include_granted_scopes"].Should().Be("false");
    }

    [Fact]
    public async Task The_code_is_exchanged_once_and_tells_who_signed_in()
    {
        var claims = Base64Url.EncodeToString("""{"sub":"1234","email":"ann@example.com"}"""u8);
        await using var server = await LoopbackServer.Start(_ => Answer.Json(
            $$"""
            {"access_token":"at","refresh_token":"rt","expires_in":3599,"token_type":"Bearer","id_token":"h.{{claims}}.s",
             "scope":"openid https://www.googleapis.com/auth/drive.file"}
            """));

        var tokens = await OAuth(server.Url).Exchange("code1", Request, default);

        tokens.Should().BeEquivalentTo(new
        {
            AccessToken = "at", RefreshToken = "rt", Subject = "1234", Email = "ann@example.com",
            ExpiresAt = time.GetUtcNow().AddSeconds(3599),
        });
        var form = HttpUtility.ParseQueryString(server.Requests.Single().Body);
        form["grant_type"].Should().Be("authorization_code");
        form["code"].Should().Be("code1");
        form["code_verifier"].Should().Be("verifier1");
        form["client_secret"].Should().Be("secret1");
        server.Requests.Single().Target.Should().Be("/token");
    }

    [Theory]
    [InlineData("""{"access_token":"at","refresh_token":"rt","expires_in":"1800"}""", 1800)]
    [InlineData("""{"access_token":"at","refresh_token":"rt","scope":"","id_token":"opaque"}""", 3600)]
    [InlineData("""{"access_token":"at","refresh_token":"rt","expires_in":"soon","scope":null,"id_token":7}""", 3600)]
    public async Task An_answer_without_scopes_means_those_asked_for_and_odd_fields_lose_nothing(string body, int life)
    {
        await using var server = await LoopbackServer.Start(_ => Answer.Json(body));

        var tokens = await OAuth(server.Url).Exchange("code1", Request, default);

        tokens.RefreshToken.Should().Be("rt");
        tokens.Scopes.Should().Equal(GoogleScopes.DriveFile);
        tokens.ExpiresAt.Should().Be(time.GetUtcNow().AddSeconds(life));
    }

    [Theory]
    [InlineData("""{"error":"invalid_grant","error_description":"code1 is bad"}""", 400, "CK-GOOGLE-AUTH-05")]
    [InlineData("""{"error":"invalid_client"}""", 401, "CK-GOOGLE-AUTH-03")]
    [InlineData("<html>Bad gateway</html>", 502, "CK-GOOGLE-04")]
    public async Task An_exchange_that_fails_says_why_in_our_words(string body, int status, string code)
    {
        await using var server = await LoopbackServer.Start(_ => new(status, body));

        var exchange = () => OAuth(server.Url).Exchange("code1", Request, default);

        var refused = (await exchange.Should().ThrowAsync<SpreadsheetException>()).Which;
        refused.Code.Should().Be(code);
        refused.ToString().Should().NotContain("code1").And.NotContain("secret1").And.NotContain("verifier1");
        server.Requests.Should().ContainSingle("a code works once");
    }

    [Fact]
    public async Task A_refresh_is_repeated_while_Google_is_down_and_keeps_the_refresh_token()
    {
        var calls = 0;
        await using var server = await LoopbackServer.Start(_ => ++calls < 3
            ? new(503, "")
            : Answer.Json("""{"access_token":"at2","expires_in":3599,"scope":"x"}"""));

        var tokens = await OAuth(server.Url).Refresh("rt", default);

        tokens.AccessToken.Should().Be("at2");
        tokens.RefreshToken.Should().BeNull("Google sends none, so the old one stays");
        time.Waits.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("""{"error":"invalid_grant","error_description":"Account has been deleted"}""", "CK-GOOGLE-AUTH-09")]
    [InlineData("""{"error":"invalid_grant","error_description":"reauth related error (invalid_rapt)","error_subtype":"invalid_rapt"}""",
        "CK-GOOGLE-AUTH-10")]
    [InlineData("""{"error":"invalid_grant","error_description":"Bad Request"}""", "CK-GOOGLE-AUTH-01")]
    [InlineData("""{"error":"invalid_grant"}""", "CK-GOOGLE-AUTH-01")]
    [InlineData("""{"error":"deleted_client"}""", "CK-GOOGLE-AUTH-03")]
    public async Task Why_a_sign_in_is_refused_is_kept(string body, string code)
    {
        await using var server = await LoopbackServer.Start(_ => new(400, body));

        var refresh = () => OAuth(server.Url).Refresh("rt", default);

        (await refresh.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be(code);
    }

    [Theory]
    [InlineData("Invalid JWT Signature.", "CK-GOOGLE-KEY-03", SpreadsheetProblem.SignInExpired)]
    [InlineData("Something that Google never said before", "CK-GOOGLE-KEY-03", SpreadsheetProblem.SignInExpired)]
    [InlineData(
        "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp "
        + "values in the JWT claim.", "CK-GOOGLE-KEY-04", SpreadsheetProblem.Configuration)]
    [InlineData("Invalid grant: account not found", "CK-GOOGLE-KEY-05", SpreadsheetProblem.SignInExpired)]
    public async Task Clock_key_and_account_are_told_apart(string said, string code, SpreadsheetProblem problem)
    {
        using var rsa = RSA.Create(2048);
        await using var server = await LoopbackServer.Start(_ => new(400, JsonSerializer.Serialize(
            new { error = "invalid_grant", error_description = said })));
        using var key = ServiceAccountKey.Parse(KeyJson(rsa, server.Url + "token"), Settings(server.Url));

        var signIn = () => OAuth(server.Url).SignIn(key, default);

        var refused = (await signIn.Should().ThrowAsync<SpreadsheetException>()).Which;
        (refused.Code, refused.Problem).Should().Be((code, problem));
    }

    [Fact]
    public async Task A_dead_sign_in_is_told_and_not_tried_again()
    {
        await using var server = await LoopbackServer.Start(_ =>
            new(400, """{"error":"invalid_grant","error_description":"Token has been expired or revoked."}"""));

        var refresh = () => OAuth(server.Url).Refresh("rt-secret", default);

        var refused = (await refresh.Should().ThrowAsync<SpreadsheetException>()).Which;
        (refused.Problem, refused.Code).Should().Be((SpreadsheetProblem.SignInExpired, "CK-GOOGLE-AUTH-01"));
        refused.ToString().Should().NotContain("rt-secret");
        server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(200, "", true)]
    [InlineData(400, """{"error":"invalid_token"}""", true)]
    [InlineData(503, "", false)]
    public async Task Revoking_sends_the_token_in_the_body_alone(int status, string body, bool done)
    {
        await using var server = await LoopbackServer.Start(_ => new(status, body));

        var revoke = () => OAuth(server.Url).Revoke("rt/+1", default);

        if (done) await revoke.Should().NotThrowAsync();
        else (await revoke.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-GOOGLE-04");
        server.Requests.Single().Target.Should().Be("/revoke");
        server.Requests.Single().Body.Should().Be("token=rt%2F%2B1");
    }

    [Fact]
    public async Task A_service_account_signs_its_claim_with_its_own_key()
    {
        using var rsa = RSA.Create(2048);
        await using var server = await LoopbackServer.Start(_ =>
            Answer.Json("""{"access_token":"sa","expires_in":3599,"token_type":"Bearer"}"""));
        using var key = ServiceAccountKey.Parse(KeyJson(rsa, server.Url + "token"), Settings(server.Url));

        var tokens = await OAuth(server.Url).SignIn(key, default);

        tokens.AccessToken.Should().Be("sa");
        var form = HttpUtility.ParseQueryString(server.Requests.Single().Body);
        form["grant_type"].Should().Be("urn:ietf:params:oauth:grant-type:jwt-bearer");
        var parts = form["assertion"]!.Split('.');
        rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).Should().BeTrue();
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        claims.GetProperty("iss").GetString().Should().Be("robot@p.iam.gserviceaccount.com");
        claims.GetProperty("aud").GetString().Should().Be(server.Url + "token");
        claims.GetProperty("scope").GetString().Should().Be("https://www.googleapis.com/auth/spreadsheets");
        (claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()).Should().Be(3600);
    }

    private GoogleOAuth OAuth(string url) => new(new HttpClient(), Options.Create(Settings(url)), time);

    internal static GoogleOptions Settings(string url) => new()
    {
        ClientId = "client1", ClientSecret = "secret1", AuthorizeUrl = url + "o/oauth2/v2/auth", TokenUrl = url + "token",
        RevokeUrl = url + "revoke", SheetsUrl = url, DriveUrl = url,
    };

    internal static string KeyJson(RSA rsa, string tokenUri) => JsonSerializer.Serialize(new
    {
        type = "service_account", client_email = "robot@p.iam.gserviceaccount.com", client_id = "99", private_key_id = "k1",
        private_key = rsa.ExportPkcs8PrivateKeyPem(), token_uri = tokenUri,
    });
}
