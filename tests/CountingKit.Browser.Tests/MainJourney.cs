using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Sheets;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CountingKit.Browser.Tests;

/// <summary>The main job, as a newcomer does it: from the one-time code to the open sheet.</summary>
public sealed class MainJourney(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Spreadsheet = "Books of the year";

    [Fact]
    public async Task A_newcomer_connects_exports_and_opens_the_sheet()
    {
        await using var portal = await FirstRun.Start();
        var page = await chromium.Page();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Location.StartsWith(portal.Address.AbsoluteUri, StringComparison.Ordinal))
                complaints.Add($"{message.Location}: {message.Text}");
        };
        var journey = new Journey(page, portal.Address);

        await journey.BecomeOwner(portal.OwnerCode);
        await LookAt(page);
        await journey.Open("spreadsheets/connect");
        await LookAt(page);
        await journey.ConnectGoogle(Spreadsheet);
        await LookAt(page);
        await journey.Open("connections/connect");
        await LookAt(page);
        var organization = await journey.ConnectXero();
        await LookAt(page);
        await journey.Follow("Open the connection");
        await LookAt(page);
        await journey.Open("connections");
        await LookAt(page);
        await journey.Open("exporters/new");
        await LookAt(page);
        await journey.ConnectedTo(organization);
        await journey.CreateExporter("Invoices");
        await LookAt(page);
        await journey.RunAndWatch("Completed");
        await Expect(page.Locator("#run")).ToContainTextAsync("1,200");
        await LookAt(page);
        using var sandbox = await journey.Sandbox();
        await CompareSheet(sandbox, organization);

        var sheet = await page.RunAndWaitForPopupAsync(() => journey.Follow("Open the sheet"));
        await Expect(sheet.Locator("body")).ToContainTextAsync("Invoice Number");

        await portal.Restart();
        await journey.Open("exporters");
        await journey.Follow("Invoices for the board");
        await journey.RunAndWatch("No changes");
        await CompareSheet(sandbox, organization);
        foreach (var place in new[] { "", "spreadsheets", "exporters", "runs", "audit", "help", "account" })
        {
            await journey.Open(place);
            await LookAt(page);
        }

        complaints.Should().BeEmpty();
        barriers.Should().BeEmpty();
    }

    /// <summary>Every cell of the only spreadsheet's tab, with what Xero says of this organization and no other.</summary>
    private static async Task CompareSheet(ISandbox sandbox, string organization)
    {
        var tenant = (await sandbox.Control.Get<JsonArray>("_/xero/organizations"))
            .Single(o => o!["name"]!.GetValue<string>() == organization)!["tenantId"]!.GetValue<string>();
        var made = (await sandbox.Control.Get<JsonArray>("_/google/spreadsheets"))
            .Single(s => s!["title"]!.GetValue<string>() == Spreadsheet)!["spreadsheetId"]!.GetValue<string>();
        await InvoiceSheet.Compare(sandbox, made, "Invoices", tenant, least: 1200);
    }

    /// <summary>A folder for pictures of the pages, narrow and wide; null = none are taken.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("COUNTINGKIT_PICTURES");

    private readonly List<string> barriers = [];
    private int pictures;

    /// <summary>What axe finds on the page as it stands; all of it is told at the end.</summary>
    private async Task LookAt(IPage page)
    {
        var found = await page.RunAxe();
        await Picture(page);
        barriers.AddRange(found.Violations.SelectMany(v => v.Nodes.Select(node =>
            $"{new Uri(page.Url).AbsolutePath}: {v.Id}: {v.Help}: {node.Html}")));
    }

    private async Task Picture(IPage page)
    {
        if (Pictures is null) return;
        pictures++;
        foreach (var width in new[] { 1280, 390 })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{pictures:00}-{width}.png"), FullPage = width == 390 });
        }

        await page.SetViewportSizeAsync(1280, 900);
    }
}
