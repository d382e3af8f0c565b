using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Sheets;
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
        var barriers = new Barriers();
        barriers.ListenTo(page, portal.Address);
        var journey = new Journey(page, portal.Address);

        await journey.BecomeOwner(portal.OwnerCode);
        await barriers.Look(page);
        await journey.Open("spreadsheets/connect");
        await barriers.Look(page);
        await journey.ConnectGoogle(Spreadsheet);
        await barriers.Look(page);
        await journey.Open("connections/connect");
        await barriers.Look(page);
        var organization = await journey.ConnectXero();
        await barriers.Look(page);
        await journey.Follow("Open the connection");
        await barriers.Look(page);
        await journey.Open("connections");
        await barriers.Look(page);
        await journey.Open("exporters/new");
        await barriers.Look(page);
        await journey.ConnectedTo(organization);
        await journey.CreateExporter("Invoices");
        await barriers.Look(page);
        await journey.RunAndWatch("Completed");
        await Expect(page.Locator("#run")).ToContainTextAsync("968");
        await Expect(page.Locator("#run")).ToContainTextAsync("232 rows by the exporter's filters");
        await barriers.Look(page);
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
            await barriers.Look(page);
        }

        string.Join("\n", barriers.Found).Should().BeEmpty();
    }

    /// <summary>Every cell of the only spreadsheet's tab, with what Xero says of this organization and no other.</summary>
    private static async Task CompareSheet(ISandbox sandbox, string organization)
    {
        var tenant = (await sandbox.Control.Get<JsonArray>("_/xero/organizations"))
            .Single(o => o!["name"]!.GetValue<string>() == organization)!["tenantId"]!.GetValue<string>();
        var made = (await sandbox.Control.Get<JsonArray>("_/google/spreadsheets"))
            .Single(s => s!["title"]!.GetValue<string>() == Spreadsheet)!["spreadsheetId"]!.GetValue<string>();
        await InvoiceSheet.Compare(sandbox, made, "Invoices", tenant, least: 968);
    }
}
