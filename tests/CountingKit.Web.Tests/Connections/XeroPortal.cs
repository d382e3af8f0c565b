using System.Text.Json.Nodes;
using System.Web;
using CountingKit.Testing.Sandbox;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Connections;

/// <summary>The portal with the sandbox's Xero and Google as its Xero and Google.</summary>
public sealed class XeroPortal : IAsyncLifetime
{
    private XeroApp app = null!;

    /// <summary>How many organizations the sandbox has.</summary>
    public int OrganizationCount { get; init; } = 3;

    public SandboxProcess Sandbox { get; private set; } = null!;

    public PortalFactory Portal { get; private set; } = null!;

    /// <summary>Organizations of the sandbox: tenant id and name.</summary>
    public IReadOnlyList<(string Id, string Name)> Organizations { get; private set; } = [];

    public async Task InitializeAsync()
    {
        Sandbox = await SandboxProcess.Start($"--Organizations={OrganizationCount}", "--Invoices=3", "--Limits=off");
        app = new XeroApp(Sandbox);
        Portal = new PortalFactory
        {
            Settings =
            {
                ["Xero:ClientId"] = app.ClientId,
                ["Xero:ClientSecret"] = app.Secret,
                ["Xero:AuthorizeUrl"] = $"{Sandbox.Xero}identity/connect/authorize",
                ["Xero:IdentityUrl"] = Sandbox.Xero.ToString(),
                ["Xero:ApiUrl"] = Sandbox.Xero.ToString(),
                ["Google:ClientId"] = "portal",
                ["Google:ClientSecret"] = "secret",
                ["Google:AuthorizeUrl"] = $"{Sandbox.Google}o/oauth2/v2/auth",
                ["Google:TokenUrl"] = $"{Sandbox.Google}token",
                ["Google:RevokeUrl"] = $"{Sandbox.Google}revoke",
                ["Google:SheetsUrl"] = Sandbox.Google.ToString(),
                ["Google:DriveUrl"] = Sandbox.Google.ToString(),
            },
        };
        await Portal.InitializeAsync();
        Organizations = [.. (await Sandbox.Control.Get<JsonArray>("_/xero/organizations"))
            .Select(o => (o!["tenantId"]!.GetValue<string>(), o["name"]!.GetValue<string>()))];
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    /// <summary>Fills in Xero's consent page; gives the address that Xero sends the browser back to.</summary>
    /// <param name="consent">Where the portal sent the browser.</param>
    /// <param name="answer">allow or cancel.</param>
    public async Task<string> Consent(string consent, string tenantId, string answer = "allow")
    {
        var asked = HttpUtility.ParseQueryString(new Uri(consent).Query);
        var people = await Sandbox.Control.Get<JsonArray>("_/xero/people");
        var mary = people.First(p => p!["givenName"]!.GetValue<string>() == "Mary")!["id"]!.GetValue<string>();
        using var back = await app.AnswerConsent(
            asked.AllKeys.ToDictionary(key => key!, key => asked[key]), answer, mary, tenantId);
        return back.Headers.Location!.PathAndQuery;
    }

    /// <summary>Presses Connect Xero Account and comes back from Xero.</summary>
    /// <returns>The answer of the redirect address.</returns>
    public async Task<Page> Connect(Browser browser, string tenantId, string answer = "allow")
    {
        var page = await browser.Get("/connections/connect");
        var away = await browser.Submit(page.Form("form[action='/connections/connect']"));
        return await browser.Get(await Consent(away.Location!, tenantId, answer));
    }

    /// <summary>Connects and gives the address of the connection's page.</summary>
    public async Task<string> Connected(Browser browser, string tenantId)
    {
        var back = await Connect(browser, tenantId);
        var confirmation = await browser.Get(back.Location!);
        return confirmation.Document.QuerySelectorAll("#connected a")
            .Single(a => a.TextContent.Trim() == "Open the connection").GetAttribute("href")!;
    }
}
