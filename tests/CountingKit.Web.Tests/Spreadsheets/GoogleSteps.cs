using System.Web;
using AngleSharp.Dom;
using CountingKit.Web.Tests.Connections;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Spreadsheets;

/// <summary>What a person does at the sandbox's Google.</summary>
internal static class GoogleSteps
{
    public const string Dana = "dana.reyes@example.com";
    public const string Sam = "sam.okafor@example.com";

    /// <summary>The long name of <c>email</c>, under which the consent page offers it.</summary>
    private const string EmailScope = "https://www.googleapis.com/auth/userinfo.email";

    /// <summary>Fills in Google's consent page; gives the address that Google sends the browser back to.</summary>
    public static async Task<string> GoogleConsent(
        this XeroPortal sandbox, string consent, string email = Dana, string decision = "allow")
    {
        var asked = HttpUtility.ParseQueryString(new Uri(consent).Query);
        var fields = asked.AllKeys.Select(key => KeyValuePair.Create(key!, asked[key]!))
            .Append(new("account", email)).Append(new("decision", decision))
            .Concat(asked["scope"]!.Split(' ').Append(EmailScope).Select(scope => KeyValuePair.Create("grant", scope)));
        using var back = await sandbox.Sandbox.GoogleHttp.PostAsync("o/oauth2/v2/auth", new FormUrlEncodedContent(fields));
        return back.Headers.Location!.PathAndQuery;
    }

    /// <summary>Presses Connect Google account and comes back from Google.</summary>
    /// <returns>The answer of the redirect address.</returns>
    public static async Task<Page> ConnectGoogle(
        this XeroPortal sandbox, Browser browser, string email = Dana, string decision = "allow")
    {
        var page = await browser.Get("/spreadsheets/connect");
        var away = await browser.Submit(page.Form("form[action='/spreadsheets/google']"));
        return await browser.Get(await sandbox.GoogleConsent(away.Location!, email, decision));
    }

    /// <summary>Connects Dana's account, unless it is connected, and creates a spreadsheet with it.</summary>
    public static async Task CreateSpreadsheet(this XeroPortal sandbox, Browser browser, string title)
    {
        await sandbox.ConnectGoogle(browser);
        var list = await browser.Get("/spreadsheets");
        var account = list.AccountRow().GetAttribute("data-account");
        var form = (await browser.Get($"/spreadsheets/connect/{account}")).Form("#create-form");
        (await browser.Submit(form, ("Title", title))).Location.Should().BeOneOf("/", "/spreadsheets");
    }

    /// <summary>Dana's row in the list of accounts.</summary>
    public static IElement AccountRow(this Page list) =>
        list.Document.QuerySelectorAll("tr[data-account]").Single(row => row.TextContent.Contains(Dana));
}
