using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;
using CountingKit.Web.Tests.Connections;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Spreadsheets;

/// <summary>With one person's account, which stays, and a service account of one test.</summary>
public sealed class ConnectingAGoogleSheet(XeroPortal vendors) : IClassFixture<XeroPortal>
{
    private PortalFactory Portal => vendors.Portal;

    [Fact]
    public async Task Each_trouble_on_the_way_has_a_clean_page_with_its_code()
    {
        var owner = await Portal.Owner();
        var away = await owner.Submit((await owner.Get("/spreadsheets/connect")).Form("form[action='/spreadsheets/google']"));
        var callback = await vendors.GoogleConsent(away.Location!);

        var elsewhere = await (await Portal.Owner()).Get(callback);
        var stranger = await Portal.Stranger().Get(callback);
        var denied = await vendors.ConnectGoogle(owner, decision: "cancel");
        var unknown = await owner.Get("/spreadsheets/google/callback?state=nonsense&code=secret-code");
        await owner.Get(callback);
        var twice = await owner.Get(callback);
        var told = await owner.Get(denied.Location!);

        new[] { elsewhere, stranger, denied, unknown, twice }.Select(page => page.Location!.Split('/')[^1]).Should().Equal(
            "CK-GOOGLE-SIGNIN-02", "CK-GOOGLE-SIGNIN-02", "CK-GOOGLE-SIGNIN-06", "CK-GOOGLE-SIGNIN-01", "CK-GOOGLE-SIGNIN-04");
        told.ById("main").TextContent.Should().Contain("Nothing was connected").And.Contain("CK-GOOGLE-SIGNIN-06");
        (await owner.Get("/spreadsheets/google/problem/CK-NO-SUCH")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Reconnecting_takes_the_same_account_only()
    {
        var owner = await Portal.Owner();
        await vendors.ConnectGoogle(owner);
        var form = (await owner.Get("/spreadsheets")).Form("form[action$='/reconnect']");

        var other = await owner.Get(await vendors.GoogleConsent((await owner.Submit(form)).Location!, GoogleSteps.Sam));
        form = (await owner.Get("/spreadsheets")).Form("form[action$='/reconnect']");
        var same = await owner.Get(await vendors.GoogleConsent((await owner.Submit(form)).Location!));

        other.Location.Should().Contain("CK-GOOGLE-SIGNIN-08");
        same.Location.Should().Be("/spreadsheets");
        (await owner.Get("/spreadsheets")).ById("notice").TextContent.Should().Contain("signed in again");
        (await Portal.Log()).Count(r => r.Event is GoogleAccountConnected { Kind: AccountKind.Person }).Should().Be(1);
    }

    [Fact]
    public async Task A_sign_in_that_dies_is_told_once_and_a_new_one_heals_it()
    {
        var owner = await Portal.Owner();
        await vendors.CreateSpreadsheet(owner, "Ending books");
        await vendors.Sandbox.Control.Post($"_/google/grants/{GoogleSteps.Dana}/revoke", new { });

        await owner.Submit(TestForm(await owner.Get("/spreadsheets"), "Ending books"));
        await owner.Submit(TestForm(await owner.Get("/spreadsheets"), "Ending books"));
        var told = await Portal.Logged<GoogleSignInExpired>();
        var expired = await owner.Get("/spreadsheets");
        var dashboard = await owner.Get("/");
        var form = expired.Form("form[action$='/reconnect']");
        await owner.Get(await vendors.GoogleConsent((await owner.Submit(form)).Location!));
        var healed = await owner.Get("/spreadsheets");

        told.Code.Should().Be("CK-GOOGLE-AUTH-01");
        (await Portal.Log()).Count(r => r.Event is GoogleSignInExpired).Should().Be(1);
        expired.AccountRow().TextContent.Should()
            .Contain("Expired").And.Contain("CK-GOOGLE-AUTH-01").And.Contain("Reconnect");
        dashboard.Text.Should().Contain("CK-GOOGLE-AUTH-01");
        healed.AccountRow().TextContent.Should().Contain("Connected").And.NotContain("Expired");
    }

    [Fact]
    public async Task What_stops_a_reconnect_has_one_button_that_starts_it_again()
    {
        var owner = await Portal.Owner();
        await vendors.ConnectGoogle(owner);
        var form = (await owner.Get("/spreadsheets")).Form("form[action$='/reconnect']");
        var denied = await owner.Get(await vendors.GoogleConsent((await owner.Submit(form)).Location!, decision: "cancel"));

        var again = await owner.Submit((await owner.Get(denied.Location!)).Form("form[action$='/reconnect']"));

        (await owner.Get(await vendors.GoogleConsent(again.Location!))).Location.Should().Be("/spreadsheets");
    }

    [Fact]
    public async Task A_service_account_is_connected_by_its_key_shared_with_tested_and_linked()
    {
        var before = (await Portal.Log()).Count;
        var owner = await Portal.Owner();
        var key = (await vendors.Sandbox.Control.Post("_/google/service-accounts", new { }))!.ToJsonString();
        var email = (string)JsonNode.Parse(key)!["client_email"]!;
        var sheet = (await vendors.Sandbox.Control.Post("_/google/spreadsheets", new { title = "Shared", owner = GoogleSteps.Dana }))!;
        var id = (string)(sheet["id"] ?? sheet["spreadsheetId"])!;
        var link = $"https://docs.google.com/spreadsheets/d/{id}/edit#gid=0";
        var form = (await owner.Get("/spreadsheets/connect")).Form("#service-account");

        var sent = await Task.WhenAll(owner.Submit(form, ("Key", key)), owner.SubmitAsHtmx(form, ("Key", key)));
        var add = await owner.Get(sent[0].Location!);
        var linking = add.Form("#link-form");
        var refused = await owner.SubmitAsHtmx(linking, ("Link", link));
        await vendors.Sandbox.Control.Post("_/google/share", new { spreadsheetId = id, email, role = "writer" });
        var check = linking.GetAttribute("action")!.Replace("/link", "/check", StringComparison.Ordinal);
        linking.SetAttribute("action", check);
        var tested = await owner.Submit(linking, ("Link", link));
        linking.SetAttribute("action", check.Replace("/check", "/link", StringComparison.Ordinal));
        var linked = await Task.WhenAll(owner.Submit(linking, ("Link", link)), owner.Submit(linking, ("Link", link)));

        sent[1].Header("HX-Redirect").Should().Be(sent[0].Location);
        add.ById("account-email").TextContent.Should().Be(email);
        add.Document.GetElementById("create-form").Should().BeNull("a service account owns no storage");
        (refused.Status, refused.IsFragment).Should().Be((HttpStatusCode.UnprocessableEntity, true));
        refused.ById("problem-link").TextContent.Should().Contain("CK-GOOGLE-0");
        refused.ById("link").GetAttribute("value").Should().Be(link);
        tested.ById("access").TextContent.Should().Contain("Shared can be written to");
        linked.Should().OnlyContain(page => page.Location == "/");
        var events = (await Portal.Log()).Skip(before).Select(r => r.Event).ToList();
        events.OfType<GoogleAccountConnected>().Should().ContainSingle().Which.Kind.Should().Be(AccountKind.ServiceAccount);
        events.OfType<SpreadsheetConnected>().Should().ContainSingle().Which.SpreadsheetId.Should().Be(id);
    }

    [Fact]
    public async Task What_is_no_key_comes_back_with_its_code_and_without_the_key()
    {
        var owner = await Portal.Owner();
        var form = (await owner.Get("/spreadsheets/connect")).Form("#service-account");

        var page = await owner.Submit(form, ("Key", """{"type":"service_account","private_key":"top-secret"}"""));
        var fragment = await owner.SubmitAsHtmx(form);

        (page.Status, page.IsFragment).Should().Be((HttpStatusCode.UnprocessableEntity, false));
        page.ById("problem-key").TextContent.Should().Contain("CK-GOOGLE-KEY-01");
        page.Text.Should().NotContain("top-secret");
        (fragment.Status, fragment.IsFragment).Should().Be((HttpStatusCode.UnprocessableEntity, true));
        fragment.ById("problem-key").TextContent.Should().Contain("Paste the key");
    }

    [Theory]
    [InlineData(Role.Operator, true)]
    [InlineData(Role.Viewer, false)]
    public async Task Who_may_not_connect_finds_no_button_for_it(Role role, bool mayTest)
    {
        await vendors.CreateSpreadsheet(await Portal.Owner(), "Books");
        var member = await Portal.Member(role);

        var list = await member.Get("/spreadsheets");
        var connect = await member.Get("/spreadsheets/connect");

        list.Document.QuerySelector("a[href^='/spreadsheets/connect']").Should().BeNull();
        (list.Document.QuerySelector("form[action$='/test']") is not null).Should().Be(mayTest);
        connect.Status.Should().Be(HttpStatusCode.Forbidden);
    }

    private static IHtmlFormElement TestForm(Page list, string title) => (IHtmlFormElement)list.Document
        .QuerySelectorAll("tr[data-spreadsheet]").Single(row => row.TextContent.Contains(title))
        .QuerySelector("form[action$='/test']")!;
}

/// <summary>Each test connects a person who was not connected before.</summary>
public sealed class FirstGoogleAccounts(XeroPortal vendors) : IClassFixture<XeroPortal>
{
    private PortalFactory Portal => vendors.Portal;

    [Fact]
    public async Task Over_Google_and_back_to_a_spreadsheet_that_is_made_once_though_its_form_is_sent_twice()
    {
        var owner = await Portal.Owner();
        var connect = await owner.Get("/spreadsheets/connect");
        var back = await vendors.ConnectGoogle(owner);
        var add = await owner.Get(back.Location!);
        var form = add.Form("#create-form");

        var sent = await Task.WhenAll(owner.Submit(form, ("Title", "Books <2026>")), owner.Submit(form, ("Title", "Books <2026>")));
        var list = await owner.Get("/spreadsheets");

        connect.Document.QuerySelectorAll("#google-account tbody tr").Should().HaveCount(3, "each permission has what and why");
        back.Location.Should().StartWith("/spreadsheets/connect/").And.NotContain("code").And.NotContain("state");
        add.ById("account-email").TextContent.Should().Be(GoogleSteps.Dana);
        sent.Should().OnlyContain(page => page.Location == "/");
        (await Files()).Should().ContainSingle().Which.Should().Be("Books <2026>");
        (await Portal.Log()).Count(r => r.Event is SpreadsheetConnected).Should().Be(1);
        var row = list.Document.QuerySelectorAll("tr[data-spreadsheet]").Should().ContainSingle().Subject;
        row.TextContent.Should().Contain("Books <2026>").And.Contain(GoogleSteps.Dana);
        list.AccountRow().TextContent.Should().Contain("Connected");
    }

    [Fact]
    public async Task A_double_click_goes_to_Google_twice_and_connects_one_account()
    {
        var before = (await Portal.Log()).Count;
        var owner = await Portal.Owner();
        var form = (await owner.Get("/spreadsheets/connect")).Form("form[action='/spreadsheets/google']");
        var (one, two) = (await owner.Submit(form), await owner.SubmitAsHtmx(form));

        var first = await owner.Get(await vendors.GoogleConsent(one.Location!, GoogleSteps.Sam));
        var second = await owner.Get(await vendors.GoogleConsent(two.Header("HX-Redirect")!, GoogleSteps.Sam));

        first.Location.Should().StartWith("/spreadsheets/connect/");
        second.Location.Should().Be("/spreadsheets");
        (await Portal.Log()).Skip(before).Count(r => r.Event is GoogleAccountConnected).Should().Be(1);
    }

    private async Task<IReadOnlyList<string>> Files() =>
        [.. (await vendors.Sandbox.Control.Get<JsonArray>("_/google/spreadsheets")).Select(f => (string)f!["title"]!)];
}

/// <summary>On a portal for each test: an account that goes, and one of an app that Google treats otherwise.</summary>
public sealed class EndingGoogleAccounts : IAsyncLifetime
{
    private readonly XeroPortal vendors = new();

    private PortalFactory Portal => vendors.Portal;

    public Task InitializeAsync() => vendors.InitializeAsync();

    public Task DisposeAsync() => vendors.DisposeAsync();

    [Fact]
    public async Task A_sign_in_of_an_app_in_Testing_says_from_the_first_day_when_it_ends_and_what_to_do()
    {
        var owner = await Portal.Owner();
        await vendors.Sandbox.Control.Post("_/google/settings", new { refreshTokenDays = 7 });
        await vendors.CreateSpreadsheet(owner, "Books");

        var list = await owner.Get("/spreadsheets");
        var dashboard = await owner.Get("/");

        var day = TimeProvider.System.GetUtcNow().AddDays(7).AddMinutes(-5).ToString("MMMM d, yyyy", CultureInfo.InvariantCulture);
        list.Document.QuerySelector("tr[data-account] .account-trouble")!.TextContent.Should()
            .Contain(day).And.Contain("Publish app").And.Contain("CK-GOOGLE-SIGNIN-11");
        dashboard.ById("concerns").TextContent.Should().Contain(GoogleSteps.Dana).And.Contain(day);
        (await owner.Get("/help")).Text.Should().Contain("CK-GOOGLE-SIGNIN-11");
    }

    [Fact]
    public async Task Testing_removing_and_disconnecting_each_happen_once_and_tell_what_goes()
    {
        var owner = await Portal.Owner();
        await vendors.CreateSpreadsheet(owner, "Books");
        var list = await owner.Get("/spreadsheets");

        var tested = await owner.SubmitAsHtmx(list.Form("form[action$='/test']"));
        await Twice(owner, list.Document.QuerySelector("a[href$='/remove']")!.GetAttribute("href")!, "stays in Google Drive");
        await Twice(owner, list.Document.QuerySelector("a[href$='/disconnect']")!.GetAttribute("href")!, "revoked at Google");
        await Portal.Logged<GoogleAccountDisconnected>();

        tested.IsFragment.Should().BeTrue();
        tested.Document.QuerySelector("tr[data-spreadsheet]")!.TextContent.Should().Contain("Writable");
        var events = (await Portal.Log()).Select(r => r.Event).ToList();
        events.Count(e => e is SpreadsheetRemoved).Should().Be(1);
        events.Count(e => e is GoogleDisconnectRequested).Should().Be(1);
        (await vendors.Sandbox.Control.Journal()).Should().Contain(line => line.Path == "/revoke");
        (await owner.Get("/spreadsheets")).Document.QuerySelectorAll("tr[data-account]").Should().BeEmpty();
    }

    [Fact]
    public async Task What_a_disconnected_account_wrote_to_is_told_and_given_to_another_account_by_one_button()
    {
        var owner = await Portal.Owner();
        await vendors.CreateSpreadsheet(owner, "Books");
        var id = (string)(await vendors.Sandbox.Control.Get<JsonArray>("_/google/spreadsheets"))[0]!["spreadsheetId"]!;
        await owner.SubmitAsHtmx((await owner.Get("/spreadsheets")).Form("form[action$='/test']"));
        var disconnect = (await owner.Get("/spreadsheets")).Document.QuerySelector("a[href$='/disconnect']")!.GetAttribute("href")!;
        await owner.Submit((await owner.Get(disconnect)).Form());
        await Portal.Logged<GoogleAccountDisconnected>();

        var without = await owner.Get("/spreadsheets");
        var dashboard = await owner.Get("/");
        var again = (await vendors.ConnectGoogle(owner)).Location;
        var list = await owner.Get("/spreadsheets");
        var add = await owner.Get(list.Document.QuerySelector("a[href^='/spreadsheets/connect/']")!.GetAttribute("href")!);
        var linked = await owner.SubmitAsHtmx(
            add.Form("#link-form"), ("Link", $"https://docs.google.com/spreadsheets/d/{id}/edit"));
        var given = await owner.SubmitAsHtmx((await owner.Get("/spreadsheets")).Form("form[action$='/account']"));
        var healed = await owner.SubmitAsHtmx(given.Form("form[action$='/test']"));

        again.Should().Be("/spreadsheets", "a spreadsheet there waits for an account");
        SpreadsheetRow(without).Should().Contain("No account").And.NotContain("Writable").And.NotContain("Use this account");
        dashboard.ById("concerns").TextContent.Should().Contain("Books").And.Contain("No account").And.Contain("CK-SPREADSHEET-02");
        linked.ById("problem-link").TextContent.Should().Contain("choose the account that writes to it").And.Contain("CK-SPREADSHEET-05");
        SpreadsheetRow(given).Should().Contain(GoogleSteps.Dana).And.Contain("Writable").And.NotContain("Use this account");
        SpreadsheetRow(healed).Should().Contain("Writable");
        var events = (await Portal.Log()).Select(r => r.Event).ToList();
        var connected = events.OfType<SpreadsheetConnected>().Should().ContainSingle().Subject;
        var changed = events.OfType<SpreadsheetAccountChanged>().Should().ContainSingle().Subject;
        (changed.SpreadsheetKey, changed.AccountId == connected.AccountId).Should().Be((connected.SpreadsheetKey, false));
    }

    [Fact]
    public async Task What_an_account_can_no_longer_write_is_given_to_another_one_once_and_the_trail_tells_both()
    {
        var owner = await Portal.Owner();
        await vendors.CreateSpreadsheet(owner, "Books");
        var id = (string)(await vendors.Sandbox.Control.Get<JsonArray>("_/google/spreadsheets"))[0]!["spreadsheetId"]!;
        var key = (await vendors.Sandbox.Control.Post("_/google/service-accounts", new { }))!.ToJsonString();
        var email = (string)JsonNode.Parse(key)!["client_email"]!;
        await owner.Submit((await owner.Get("/spreadsheets/connect")).Form("#service-account"), ("Key", key));
        var writable = await owner.SubmitAsHtmx((await owner.Get("/spreadsheets")).Form("form[action$='/test']"));
        await vendors.Sandbox.Control.AddFault(
            new { vendor = "google", pathPattern = "GET /v4/spreadsheets/", kind = "status", status = 404, times = 1 });
        var refused = await owner.SubmitAsHtmx(writable.Form("form[action$='/test']"));

        var notShared = await owner.SubmitAsHtmx(refused.Form("form[action$='/account']"));
        await vendors.Sandbox.Control.Post("_/google/share", new { spreadsheetId = id, email, role = "writer" });
        var form = (await owner.Get("/spreadsheets")).Form("form[action$='/account']");
        var given = await owner.SubmitAsHtmx(form);
        var chosen = form.QuerySelector("option")!.GetAttribute("value");
        await owner.Submit((await owner.Get($"/spreadsheets/accounts/{chosen}/disconnect")).Form());
        await Portal.Logged<GoogleAccountDisconnected>();
        var repeated = await owner.SubmitAsHtmx(form);

        SpreadsheetRow(writable).Should().NotContain("Use this account");
        SpreadsheetRow(refused).Should().Contain("No access").And.Contain("Use this account");
        notShared.Text.Should().Contain("CK-GOOGLE-0");
        SpreadsheetRow(given).Should().Contain(email).And.Contain("Writable").And.NotContain("Use this account");
        repeated.Status.Should().Be(HttpStatusCode.OK, "the same click has the same answer");
        var events = (await Portal.Log()).Select(r => r.Event).ToList();
        events.Should().ContainSingle(e => e is SpreadsheetAccountChanged);
        (await owner.Get("/audit")).Text.Should().Contain("Chose another Google account for the spreadsheet");
    }

    private static string SpreadsheetRow(Page page) => page.Document.QuerySelector("tr[data-spreadsheet]")!.TextContent;

    private static async Task Twice(Browser browser, string confirm, string consequence)
    {
        var page = await browser.Get(confirm);
        page.Text.Should().Contain(consequence);
        (await browser.Submit(page.Form())).Location.Should().Be("/spreadsheets");
        (await browser.Submit(page.Form())).Location.Should().Be("/spreadsheets");
    }
}
