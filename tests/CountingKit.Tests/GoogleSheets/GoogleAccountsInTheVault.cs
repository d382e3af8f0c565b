using System.Security.Cryptography;
using System.Text;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Spreadsheets;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

public sealed class GoogleAccountsInTheVault
{
    private const string Opened = """{"spreadsheetId":"s","properties":{"title":"Books"},"sheets":[]}""";
    private const string File = """{"id":"s","version":"7","capabilities":{"canEdit":true}}""";

    private readonly ImpatientTime time = new();
    private int tokens;
    private int life = 3599;

    [Theory]
    [InlineData(3599)]
    [InlineData(60)]
    public async Task Many_calls_at_once_share_one_refresh(int seconds)
    {
        life = seconds;
        await using var server = await LoopbackServer.Start(Google);
        await using var wired = new WiredSheets(server.Url, time);
        await wired.Connect();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => wired.Sheets.StateOfFile(Account, "s", default)));

        server.Requests.Count(r => r.Target == "/token").Should().Be(1);
        server.Requests.Where(r => r.Target != "/token").Should().HaveCount(20)
            .And.OnlyContain(r => r.Headers.Authorization == "Bearer at1");
    }

    [Fact]
    public async Task An_access_token_that_Google_refuses_is_replaced_once()
    {
        await using var server = await LoopbackServer.Start(r => r.Headers.Authorization == "Bearer at1"
            ? Answer.Error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
            : Google(r));
        await using var wired = new WiredSheets(server.Url, time);
        await wired.Connect();

        (await wired.Sheets.StateOfFile(Account, "s", default)).Version.Should().Be(7);

        server.Requests.Count(r => r.Target == "/token").Should().Be(2);
    }

    [Fact]
    public async Task A_sign_in_that_stays_refused_ends_as_expired()
    {
        await using var server = await LoopbackServer.Start(r => r.Target == "/token"
            ? Google(r)
            : Answer.Error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."));
        await using var wired = new WiredSheets(server.Url, time);
        await wired.Connect();

        var inspect = () => wired.Sheets.Inspect(Account, "s", default);

        (await inspect.Should().ThrowAsync<SpreadsheetException>()).Which.Problem
            .Should().Be(SpreadsheetProblem.SignInExpired);
        server.Requests.Count(r => r.Target != "/token").Should().Be(2);
    }

    [Fact]
    public async Task A_dead_sign_in_is_marked_asked_about_once_and_revived_by_a_new_consent()
    {
        await using var server = await LoopbackServer.Start(r => r.Body.Contains("refresh_token=dead", StringComparison.Ordinal)
            ? new(400, """{"error":"invalid_grant"}""")
            : Google(r));
        await using var wired = new WiredSheets(server.Url, time);
        await wired.Connect("dead");
        var version = () => wired.Sheets.StateOfFile(Account, "s", default);

        (await version.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-GOOGLE-AUTH-01");
        (await version.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-GOOGLE-AUTH-01");
        server.Requests.Should().ContainSingle("Google is not asked again");
        (await wired.Row())!.DiedAt.Should().Be(time.GetUtcNow().UtcDateTime);

        await wired.Connect("alive");
        (await version()).Version.Should().Be(7);
        (await wired.Row())!.DiedAt.Should().BeNull();
    }

    [Fact]
    public async Task A_sign_in_that_ends_when_Google_said_it_would_ends_for_that_reason()
    {
        var isOver = false;
        await using var server = await LoopbackServer.Start(r => r.Target == "/token" && isOver
            ? new(400, """{"error":"invalid_grant","error_description":"Token has been expired or revoked."}""")
            : Google(r));
        await using var wired = new WiredSheets(server.Url, time);
        await wired.Connect(lives: TimeSpan.FromDays(7));
        var version = () => wired.Sheets.StateOfFile(Account, "s", default);
        await version();
        await Task.Delay(TimeSpan.FromDays(7), time);
        isOver = true;

        var died = (await version.Should().ThrowAsync<SpreadsheetException>()).Which;
        var later = (await version.Should().ThrowAsync<SpreadsheetException>()).Which;

        died.Code.Should().Be("CK-GOOGLE-SIGNIN-11");
        died.Message.Should().Contain("Publish app");
        later.Code.Should().Be("CK-GOOGLE-SIGNIN-11", "the reason is kept");
        (await wired.Row())!.DeathCode.Should().Be("CK-GOOGLE-SIGNIN-11");
    }

    [Fact]
    public async Task A_refused_key_is_noted_and_lives_again_when_Google_takes_it_again_while_a_wrong_clock_ends_nothing()
    {
        using var rsa = RSA.Create(2048);
        var said = "Invalid JWT Signature.";
        await using var server = await LoopbackServer.Start(r => r.Target == "/token" && said.Length > 0
            ? new(400, $$"""{"error":"invalid_grant","error_description":"{{said}}"}""")
            : Google(r));
        await using var wired = new WiredSheets(server.Url, time);
        using var key = ServiceAccountKey.Parse(GoogleSignIns.KeyJson(rsa, server.Url + "token"), wired.Options);
        await wired.Accounts.Keep(Account, key, default);
        var inspect = () => wired.Sheets.Inspect(Account, "s", default);

        (await inspect.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-GOOGLE-KEY-03");
        (await wired.Row())!.DeathCode.Should().Be("CK-GOOGLE-KEY-03");
        said = "";
        await inspect();
        (await wired.Row()).Should().BeEquivalentTo(new { DiedAt = (DateTime?)null, DeathCode = (string?)null });
        said = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.";
        await Task.Delay(TimeSpan.FromHours(1), time);
        (await inspect.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-GOOGLE-KEY-04");
        (await wired.Row())!.DiedAt.Should().BeNull();
    }

    [Fact]
    public async Task A_call_whose_line_in_the_log_fails_gives_its_answer()
    {
        Action away = () => { };
        await using var server = await LoopbackServer.Start(r =>
        {
            if (r.Target != "/token") away();
            return Google(r);
        });
        await using var wired = new WiredSheets(server.Url, time);
        await wired.Connect();
        away = () => wired.Storage.FailNext(1);

        (await wired.Sheets.StateOfFile(Account, "s", default)).Version.Should().Be(7);
    }

    [Fact]
    public async Task An_account_that_was_never_connected_is_told_so()
    {
        await using var wired = new WiredSheets("http://127.0.0.1:9/", time);

        var version = () => wired.Sheets.StateOfFile(Account, "s", default);

        (await version.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-GOOGLE-AUTH-08");
    }

    [Fact]
    public async Task Forgetting_revokes_at_Google_first_and_is_idempotent()
    {
        var down = true;
        await using var server = await LoopbackServer.Start(_ => down ? new(503, "") : new(200, ""));
        await using var wired = new WiredSheets(server.Url, time);
        await wired.Connect("rt9");
        var forget = () => wired.Accounts.Forget(Account, default);

        await forget.Should().ThrowAsync<SpreadsheetException>();
        (await wired.Row()).Should().NotBeNull("Google has not heard of it yet");
        down = false;
        await forget();
        await forget();

        (await wired.Row()).Should().BeNull();
        server.Requests.Should().HaveCount(2).And.OnlyContain(r => r.Target == "/revoke" && r.Body == "token=rt9");
    }

    [Theory]
    [InlineData("""{"error":"invalid_grant","error_subtype":"invalid_rapt"}""", "CK-GOOGLE-AUTH-10", 200)]
    [InlineData("""{"error":"invalid_grant","error_description":"Account has been suspended."}""", "CK-GOOGLE-AUTH-09", 200)]
    [InlineData("""{"error":"invalid_grant","error_description":"Token has been expired or revoked."}""", "CK-GOOGLE-AUTH-01", 400)]
    public async Task A_sign_in_that_Google_takes_no_longer_is_revoked_all_the_same(string said, string code, int revoked)
    {
        await using var server = await LoopbackServer.Start(r => r.Target switch
        {
            "/token" => new(400, said),
            "/revoke" => revoked == 200 ? new(200, "") : new(revoked, """{"error":"invalid_token"}"""),
            _ => Google(r),
        });
        await using var wired = new WiredSheets(server.Url, time);
        await wired.Connect("rt9");
        var version = () => wired.Sheets.StateOfFile(Account, "s", default);
        (await version.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be(code);
        (await wired.Row())!.DiedAt.Should().NotBeNull();

        await wired.Accounts.Forget(Account, default);

        (await wired.Row()).Should().BeNull();
        server.Requests.Where(r => r.Target == "/revoke").Should().ContainSingle().Which.Body.Should().Be("token=rt9");
    }

    [Fact]
    public async Task The_vault_holds_no_readable_secret()
    {
        await using var wired = new WiredSheets("http://127.0.0.1:9/", time);
        await wired.Connect("a-very-secret-token");

        Encoding.UTF8.GetString((await wired.Row())!.Secret).Should().NotContain("a-very-secret-token");
    }

    [Fact]
    public async Task A_service_account_reads_and_tests_its_access_without_Drive()
    {
        using var rsa = RSA.Create(2048);
        await using var server = await LoopbackServer.Start(r => r.Target.EndsWith(":batchUpdate", StringComparison.Ordinal)
            ? Answer.Error(403, "PERMISSION_DENIED", "The caller does not have permission")
            : Google(r));
        await using var wired = new WiredSheets(server.Url, time);
        using var key = ServiceAccountKey.Parse(GoogleSignIns.KeyJson(rsa, server.Url + "token"), wired.Options);
        await wired.Accounts.Keep(Account, key, default);

        (await wired.Sheets.Inspect(Account, "s", default)).CanEdit.Should().BeFalse();
        (await wired.Sheets.StateOfFile(Account, "s", default)).Version.Should().BeNull("Drive may not be asked");
        var create = () => wired.Sheets.Create(Account, "Books", Run(1), null, default);
        (await create.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-GOOGLE-07");

        server.Requests.Should().NotContain(r => r.Target.StartsWith("/drive/"));
        (await wired.Row())!.Email.Should().Be("robot@p.iam.gserviceaccount.com");
    }

    private Answer Google(Received request) => request.Target switch
    {
        "/token" => Answer.Json($$"""{"access_token":"at{{Interlocked.Increment(ref tokens)}}","expires_in":{{life}}}"""),
        var target when target.StartsWith("/drive/", StringComparison.Ordinal) => Answer.Json(File),
        _ => Answer.Json(Opened),
    };
}
