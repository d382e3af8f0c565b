using CountingKit.Testing.Sandbox;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CountingKit.Browser.Tests;

/// <summary>What a person does, by what they read on the page.</summary>
internal sealed class Journey(IPage page, Uri portal)
{
    public const string Password = "correct horse battery staple";
    public const string Email = "mary@example.com";

    private Uri? xero;

    public IPage Page => page;

    public Task Open(string path) => page.GotoAsync(new Uri(portal, path).AbsoluteUri);

    public async Task BecomeOwner(string code)
    {
        await Open("setup");
        await page.GetByLabel("One-time code").FillAsync(code);
        await page.GetByLabel("Workspace").FillAsync("Advisor & Co");
        await page.GetByLabel("Your name").FillAsync("Mary Advisor");
        await page.GetByLabel("Email").FillAsync(Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel("Confirm password").FillAsync(Password);
        await Press("Create account");
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
    }

    public async Task SignIn()
    {
        await Open("sign-in");
        await page.GetByLabel("Email").FillAsync(Email);
        await page.GetByLabel("Password").FillAsync(Password);
        await Press("Sign in");
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
    }

    /// <summary>Signs in at Google and lets CountingKit make a spreadsheet.</summary>
    public async Task ConnectGoogle(string title)
    {
        await Open("spreadsheets/connect");
        await Press("Connect Google account");
        await Press("Allow");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(title);
        await Press("Create spreadsheet");
        await Expect(page.GetByText(title).First).ToBeVisibleAsync();
    }

    /// <returns>The name of the organization that Xero offered first.</returns>
    public async Task<string> ConnectXero()
    {
        await Open("connections/connect");
        await Press("Connect Xero Account");
        await Expect(page.GetByLabel("Organization")).ToBeVisibleAsync();
        xero = new Uri(new Uri(page.Url), "/");
        var offered = await page.GetByLabel("Organization").Locator("option:checked").InnerTextAsync();
        await Press("Allow access");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("is connected");
        return offered;
    }

    /// <summary>The stand-ins behind the portal, as its banner links to them and the way to Xero's consent led.</summary>
    public async Task<FoundSandbox> Sandbox()
    {
        var spreadsheets = await page.GetByRole(AriaRole.Link, new() { Name = "Test spreadsheets" }).GetAttributeAsync("href");
        var control = await page.GetByRole(AriaRole.Link, new() { Name = "Test controls" }).GetAttributeAsync("href");
        return new(xero!, new Uri(new Uri(spreadsheets!), "/"), new Uri(new Uri(control!), "/"), "sandbox");
    }

    /// <summary>The list of connections names the organization.</summary>
    public async Task ConnectedTo(string organization)
    {
        await Open("connections");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = organization }).First).ToBeVisibleAsync();
    }

    /// <summary>Invoices of the only organization into the only spreadsheet, every column as it is offered.</summary>
    public async Task CreateExporter(string tab)
    {
        await Open("exporters/new");
        await page.GetByLabel("Tab", new() { Exact = true }).FillAsync(tab);
        await page.GetByLabel("Name of the exporter").FillAsync("Invoices for the board");
        await Press("Create exporter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Invoices for the board");
    }

    /// <summary>Runs the exporter whose page is open, and watches the run's page until it says how it ended.</summary>
    public async Task RunAndWatch(string ending)
    {
        await Press("Run");
        await Expect(page.Locator("#run .status-badge").First).ToContainTextAsync(ending, new() { Timeout = 120_000 });
    }

    public Task Press(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task Follow(string link) => page.GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();
}
