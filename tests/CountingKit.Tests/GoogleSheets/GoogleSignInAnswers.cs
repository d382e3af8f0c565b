using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using CountingKit.Spreadsheets;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>The way to Google and back, with a server whose answers the test decides.</summary>
public sealed class GoogleSignInAnswers : IAsyncLifetime
{
    private const string Cookie = "the cookie of this browser";
    private static readonly Uri Callback = new("http://localhost:5000/spreadsheets/google/callback");
    private static readonly Guid Member = Guid.Parse("0193a000-0000-7000-8000-0000000000c0");
    private static readonly Guid Workspace = Guid.Parse("0193a000-0000-7000-8000-0000000000d0");

    /// <summary>The year 2100, in Unix seconds.</summary>
    private const long NeverOver = 4_102_444_800;

    private readonly ImpatientTime time = new();
    private bool isAway;
    private Answer token = Granted("1234", "ann@example.com");
    private LoopbackServer google = null!;
    private WiredSheets wired = null!;

    public async Task InitializeAsync()
    {
        google = await LoopbackServer.Start(request => request.Target == "/token" ? token
            : isAway ? new(503, "") : new(200, ""));
        wired = new WiredSheets(google.Url, time);
    }

    public async Task DisposeAsync()
    {
        await wired.DisposeAsync();
        await google.DisposeAsync();
    }

    [Fact]
    public async Task What_was_granted_is_stored_under_an_id_of_its_own()
    {
        var commandId = Guid.CreateVersion7();
        var first = await Granting(commandId: commandId);

        first.Should().BeEquivalentTo(new { SignInId = commandId, WorkspaceId = Workspace, IsNew = true, Email = "ann@example.com" });
        first.AccountId.Should().NotBe(commandId);
        (await wired.SignIn.States([first.AccountId], default))[first.AccountId].Email.Should().Be("ann@example.com");
        var form = HttpUtility.ParseQueryString(google.Requests.Single(r => r.Target == "/token").Body);
        form["redirect_uri"].Should().Be(Callback.AbsoluteUri);
        form["code_verifier"].Should().HaveLength(43);
    }

    [Fact]
    public async Task Two_consents_that_were_begun_with_one_number_are_two_accounts()
    {
        var number = Guid.CreateVersion7();
        var (one, two) = (await State(commandId: number), await State(commandId: number));

        var ann = (GoogleSignInGranted)await Answering(one);
        token = Granted("9999", "bob@example.com");
        var bob = (GoogleSignInGranted)await Answering(two);

        var states = await wired.SignIn.States([ann.AccountId, bob.AccountId], default);
        (states[ann.AccountId].Email, states[bob.AccountId].Email).Should().Be(("ann@example.com", "bob@example.com"));
    }

    [Fact]
    public async Task The_same_account_of_the_workspace_signs_in_again_instead_of_a_second_one()
    {
        var first = await Granting();

        var again = await Granting(known: [first.AccountId]);
        var elsewhere = await Granting(known: []);

        (again.AccountId, again.IsNew).Should().Be((first.AccountId, false));
        (elsewhere.AccountId == first.AccountId, elsewhere.IsNew).Should().Be((false, true));
    }

    [Fact]
    public async Task Reconnecting_takes_the_same_account_only()
    {
        var first = await Granting();
        token = Granted("9999", "bob@example.com");
        var other = await Answering(await State(first.AccountId), known: [first.AccountId]);
        token = Granted("1234", "ann@example.com");
        var same = await Answering(await State(first.AccountId), known: [first.AccountId]);
        var gone = await Answering(await State(first.AccountId), known: []);

        other.Should().Be(new GoogleSignInFailed(GoogleSignInCodes.OtherAccount, first.AccountId));
        same.Should().BeOfType<GoogleSignInGranted>().Which.AccountId.Should().Be(first.AccountId);
        gone.Should().Be(new GoogleSignInFailed(GoogleSignInCodes.Ended));
        Revoked.Should().Equal(["rt-9999"], "nothing of ours stands on the other one's grant, and something on the first's");
    }

    [Theory]
    [InlineData("iss", "https://accounts.example.com", "CK-GOOGLE-SIGNIN-12")]
    [InlineData("iss", null, "CK-GOOGLE-SIGNIN-12")]
    [InlineData("aud", "another-app", "CK-GOOGLE-SIGNIN-12")]
    [InlineData("exp", "0", "CK-GOOGLE-KEY-04")]
    [InlineData("sub", null, "CK-GOOGLE-SIGNIN-09")]
    [InlineData("email", null, "CK-GOOGLE-SIGNIN-09")]
    public async Task An_identity_that_is_not_meant_for_us_is_refused_and_ended(string claim, string? value, string code)
    {
        token = Granted("1234", "ann@example.com", claims => claims[claim] = value);

        var outcome = await Answering(await State());

        outcome.Should().BeOfType<GoogleSignInFailed>().Which.Problem.Code.Should().Be(code);
        (await wired.Row()).Should().BeNull();
        Revoked.Should().Equal("rt-1234");
    }

    [Fact]
    public async Task What_is_refused_is_not_ended_while_a_sign_in_of_ours_stands_on_the_same_grant()
    {
        var ann = await Granting();
        token = Granted("1234", "ann@example.com", scope: "openid");

        var fewer = await Answering(await State());

        fewer.Should().Be(new GoogleSignInFailed(
            Codes("CK-GOOGLE-AUTH-02"), null, "https://www.googleapis.com/auth/drive.file"));
        Revoked.Should().BeEmpty();
        (await wired.Row())!.AccountId.Should().Be(ann.AccountId);
    }

    [Fact]
    public async Task What_is_refused_while_Google_is_away_is_ended_later()
    {
        token = Granted("1234", "ann@example.com", scope: "openid");
        isAway = true;
        await Answering(await State());
        await wired.SignIn.SweepOrphans(Nobody, default);
        isAway = false;

        await Task.Delay(TimeSpan.FromMinutes(16), time);
        (await wired.SignIn.SweepOrphans(Nobody, default)).Should().Be(1);

        (await wired.Row()).Should().BeNull();
        Revoked.Should().Equal("rt-1234", "rt-1234");
    }

    [Fact]
    public async Task What_never_became_an_account_is_ended_after_fifteen_minutes_and_what_is_one_stays()
    {
        var (ann, lost) = (await Granting(), await Granting());
        await Task.Delay(TimeSpan.FromMinutes(16), time);

        (await wired.SignIn.SweepOrphans((id, _) => Task.FromResult(id == ann.AccountId), default)).Should().Be(1);

        lost.AccountId.Should().NotBe(ann.AccountId);
        (await wired.Row())!.AccountId.Should().Be(ann.AccountId);
        Revoked.Should().BeEmpty("the living account stands on the same grant");
        (await wired.SignIn.SweepOrphans(Nobody, default)).Should().Be(1);
        Revoked.Should().Equal("rt-1234");
    }

    [Fact]
    public async Task A_sign_in_that_will_end_says_when_from_the_first_day()
    {
        token = Answer.Json(Granted("1234", "ann@example.com").Body.Replace(
            "\"expires_in\"", "\"refresh_token_expires_in\":604799,\"expires_in\"", StringComparison.Ordinal));

        var ann = await Granting();

        var state = (await wired.SignIn.States([ann.AccountId], default))[ann.AccountId];
        state.EndsAt.Should().BeCloseTo(time.GetUtcNow().UtcDateTime.AddSeconds(604_799), TimeSpan.FromMinutes(1));
        state.DiedAt.Should().BeNull();
    }

    [Fact]
    public async Task The_end_of_a_sign_in_is_told_within_its_last_seven_days_and_then_that_it_is_over()
    {
        token = Answer.Json(Granted("1234", "ann@example.com").Body.Replace(
            "\"expires_in\"", "\"refresh_token_expires_in\":1728000,\"expires_in\"", StringComparison.Ordinal));
        var ann = await Granting();

        (await State(ann)).Should().BeEquivalentTo(new { EndsAt = (DateTime?)null, DiedAt = (DateTime?)null });
        await Task.Delay(TimeSpan.FromDays(12.5), time);
        (await State(ann)).Should().BeEquivalentTo(new { EndsAt = (DateTime?)null, DiedAt = (DateTime?)null });
        await Task.Delay(TimeSpan.FromDays(0.6), time);
        (await State(ann)).EndsAt.Should().NotBeNull();
        await Task.Delay(TimeSpan.FromDays(7), time);

        var over = await State(ann);
        over.EndsAt.Should().BeNull();
        over.DiedAt.Should().NotBeNull();
        over.DeathCode.Should().Be(GoogleSignInCodes.Testing.Code);

        async Task<GoogleAccountState> State(GoogleSignInGranted account) =>
            (await wired.SignIn.States([account.AccountId], default))[account.AccountId];
    }

    [Fact]
    public async Task An_answer_is_good_once_and_for_ten_minutes()
    {
        var (early, late) = (await State(), await State());

        (await Answering(early)).Should().BeOfType<GoogleSignInGranted>();
        (await Answering(early)).Should().Be(new GoogleSignInFailed(GoogleSignInCodes.AnsweredTwice));
        await Task.Delay(TimeSpan.FromMinutes(11), time);
        (await Answering(late)).Should().Be(new GoogleSignInFailed(GoogleSignInCodes.TooLate));
        google.Requests.Count(r => r.Target == "/token").Should().Be(1);
    }

    [Fact]
    public async Task Answers_at_once_are_taken_once()
    {
        var state = await State();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Answering(state)));

        outcomes.OfType<GoogleSignInGranted>().Should().ContainSingle();
        outcomes.OfType<GoogleSignInFailed>().Should().HaveCount(7)
            .And.OnlyContain(failed => failed.Problem == GoogleSignInCodes.AnsweredTwice);
    }

    [Fact]
    public async Task State_browser_and_member_are_judged_before_anything_is_asked()
    {
        var state = await State();

        (await Answering("made up")).Should().Be(new GoogleSignInFailed(GoogleSignInCodes.UnknownState));
        (await Answering(null)).Should().Be(new GoogleSignInFailed(GoogleSignInCodes.UnknownState));
        (await Answering(state, browser: null)).Should().Be(new GoogleSignInFailed(GoogleSignInCodes.NoCookie));
        (await Answering(state, browser: "another")).Should().Be(new GoogleSignInFailed(GoogleSignInCodes.OtherBrowser));
        (await Answering(state, member: Workspace)).Should().Be(new GoogleSignInFailed(GoogleSignInCodes.OtherBrowser));

        google.Requests.Should().BeEmpty();
        (await Answering(state)).Should().BeOfType<GoogleSignInGranted>("the right member and browser may still answer");
    }

    [Theory]
    [InlineData("access_denied", "code", "CK-GOOGLE-SIGNIN-06")]
    [InlineData("invalid_scope", "code", "CK-GOOGLE-SIGNIN-07")]
    [InlineData(null, null, "CK-GOOGLE-SIGNIN-07")]
    public async Task An_error_of_the_consent_page_connects_nothing(string? error, string? code, string expected)
    {
        var outcome = await Answering(await State(), error: error, code: code);

        outcome.Should().BeOfType<GoogleSignInFailed>().Which.Problem.Code.Should().Be(expected);
        google.Requests.Should().BeEmpty();
        (await wired.Row()).Should().BeNull();
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant"}""", "CK-GOOGLE-AUTH-05")]
    [InlineData(401, """{"error":"invalid_client"}""", "CK-GOOGLE-AUTH-03")]
    [InlineData(503, "", "CK-GOOGLE-04")]
    [InlineData(200, """{"access_token":"at","refresh_token":"rt","expires_in":1,"scope":"openid"}""", "CK-GOOGLE-AUTH-02")]
    [InlineData(200, """{"access_token":"at","expires_in":1,"scope":"https://www.googleapis.com/auth/drive.file"}""",
        "CK-GOOGLE-AUTH-04")]
    [InlineData(200,
        """{"access_token":"at","refresh_token":"rt","expires_in":1,"scope":"https://www.googleapis.com/auth/drive.file"}""",
        "CK-GOOGLE-SIGNIN-09")]
    public async Task An_exchange_that_fails_connects_nothing_and_has_its_code(int status, string body, string expected)
    {
        token = new(status, body);

        var outcome = await Answering(await State());

        outcome.Should().BeOfType<GoogleSignInFailed>().Which.Problem.Code.Should().Be(expected);
        (await wired.Row()).Should().BeNull();
    }

    [Fact]
    public async Task Neither_state_nor_cookie_nor_verifier_can_be_read_in_the_vault()
    {
        var state = await State();

        var files = Directory.EnumerateFiles(wired.Folder, "vault.db*").Select(File.ReadAllBytes)
            .Select(Encoding.Latin1.GetString).ToList();

        files.Should().NotBeEmpty().And.OnlyContain(text => !text.Contains(state!) && !text.Contains(Cookie));
    }

    [Fact]
    public async Task An_account_that_another_workspace_shares_is_forgotten_without_ending_its_grant()
    {
        var (here, there) = (await Granting(), await Granting());

        await wired.SignIn.Forget(here.AccountId, default);
        var revokedEarly = google.Requests.Count(r => r.Target == "/revoke");
        await wired.SignIn.Forget(there.AccountId, default);

        (revokedEarly, google.Requests.Count(r => r.Target == "/revoke")).Should().Be((0, 1));
    }

    [Fact]
    public async Task A_service_account_keeps_its_place_and_another_one_does_not_take_it()
    {
        using var rsa = RSA.Create(2048);
        var key = GoogleSignIns.KeyJson(rsa, google.Url + "token");
        token = Answer.Json("""{"access_token":"sa","expires_in":3599}""");
        var first = await wired.SignIn.KeepServiceAccount(new(Guid.CreateVersion7(), null, [], key), default);

        var again = await wired.SignIn.KeepServiceAccount(new(Guid.CreateVersion7(), null, [first.AccountId], key), default);
        var other = () => wired.SignIn.KeepServiceAccount(
            new(Guid.CreateVersion7(), first.AccountId, [first.AccountId], Other(key)), default);

        (again.AccountId, again.Email).Should().Be((first.AccountId, "robot@p.iam.gserviceaccount.com"));
        (await other.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-GOOGLE-SIGNIN-08");
    }

    [Fact]
    public async Task A_service_account_is_known_by_its_proven_address_and_not_by_what_its_file_says_beside_it()
    {
        using var rsa = RSA.Create(2048);
        var key = GoogleSignIns.KeyJson(rsa, google.Url + "token").Replace("\"99\"", "\"1234\"");
        var ann = await Granting();
        token = Answer.Json("""{"access_token":"sa","expires_in":3599}""");

        var robot = await wired.SignIn.KeepServiceAccount(new(Guid.CreateVersion7(), null, [ann.AccountId], key), default);
        var asAnn = () => wired.SignIn.KeepServiceAccount(
            new(Guid.CreateVersion7(), ann.AccountId, [ann.AccountId], key), default);
        var again = await wired.SignIn.KeepServiceAccount(
            new(Guid.CreateVersion7(), robot.AccountId, [robot.AccountId], key.Replace("\"1234\"", "\"77\"")), default);

        robot.AccountId.Should().NotBe(ann.AccountId);
        (await asAnn.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-GOOGLE-SIGNIN-08");
        again.AccountId.Should().Be(robot.AccountId, "a new key of the same account may name another client id");
        token = Granted(robot.Email, "ann@example.com");
        (await Answering(await State(robot.AccountId), known: [robot.AccountId])).Should().BeOfType<GoogleSignInFailed>()
            .Which.Problem.Should().Be(GoogleSignInCodes.OtherAccount, "a person is no service account");
    }

    [Fact]
    public async Task Two_keys_sent_with_one_form_are_two_accounts_and_one_key_sent_twice_is_one()
    {
        using var rsa = RSA.Create(2048);
        var (form, key) = (Guid.CreateVersion7(), GoogleSignIns.KeyJson(rsa, google.Url + "token"));
        token = Answer.Json("""{"access_token":"sa","expires_in":3599}""");

        var first = await wired.SignIn.KeepServiceAccount(new(form, null, [], key), default);
        var other = await wired.SignIn.KeepServiceAccount(new(form, null, [], Other(key)), default);
        var again = await wired.SignIn.KeepServiceAccount(new(form, null, [], key), default);

        other.AccountId.Should().NotBe(first.AccountId);
        again.Should().BeEquivalentTo(first);
    }

    [Fact]
    public async Task A_key_that_Google_refuses_is_not_kept()
    {
        using var rsa = RSA.Create(2048);
        token = new(400, """{"error":"invalid_grant"}""");

        var keep = () => wired.SignIn.KeepServiceAccount(
            new(Guid.CreateVersion7(), null, [], GoogleSignIns.KeyJson(rsa, google.Url + "token")), default);

        (await keep.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-GOOGLE-KEY-03");
        (await wired.Row()).Should().BeNull();
    }

    private IEnumerable<string> Revoked => google.Requests.Where(r => r.Target == "/revoke")
        .Select(r => HttpUtility.ParseQueryString(r.Body)["token"]!);

    private static Task<bool> Nobody(Guid accountId, CancellationToken ct) => Task.FromResult(false);

    private static string Other(string key) => key.Replace("robot@", "another@", StringComparison.Ordinal);

    private static ErrorCode Codes(string code) =>
        CountingKit.Adapters.GoogleSheets.GoogleCodes.All.Single(known => known.Code == code);

    private static Answer Granted(
        string subject, string email, Action<JsonObject>? bend = null,
        string scope = "openid https://www.googleapis.com/auth/drive.file")
    {
        var claims = new JsonObject
        {
            ["iss"] = "https://accounts.google.com", ["aud"] = "client1", ["exp"] = NeverOver, ["sub"] = subject,
            ["email"] = email,
        };
        bend?.Invoke(claims);
        return Answer.Json(
            $$"""
            {"access_token":"at","refresh_token":"rt-{{subject}}","expires_in":3599,
             "id_token":"h.{{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}}.s",
             "scope":"{{scope}}"}
            """);
    }

    private async Task<GoogleSignInGranted> Granting(Guid? commandId = null, IReadOnlyList<Guid>? known = null) =>
        (await Answering(await State(commandId: commandId), known: known)).Should().BeOfType<GoogleSignInGranted>().Subject;

    private async Task<string?> State(Guid? reconnect = null, Guid? commandId = null)
    {
        var consent = await wired.SignIn.Start(
            new(Member, Workspace, Cookie, reconnect, commandId ?? Guid.CreateVersion7(), Callback), default);
        return HttpUtility.ParseQueryString(consent.Query)["state"];
    }

    private Task<GoogleSignInOutcome> Answering(
        string? state, string? browser = Cookie, Guid? member = null, string? error = null, string? code = "code1",
        IReadOnlyList<Guid>? known = null) =>
        wired.SignIn.Answer(new(state, code, error, browser, member ?? Member, known ?? []), default);
}
