using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CountingKit.Browser.Tests;

/// <summary>The main job, as a newcomer does it: from the one-time code to the open sheet.</summary>
public sealed class MainJourney(Chromium chromium) : IClassFixture<Chromium>
{
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
        await journey.ConnectGoogle("Books of the year");
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

        var sheet = await page.RunAndWaitForPopupAsync(() => journey.Follow("Open the sheet"));
        await Expect(sheet.Locator("body")).ToContainTextAsync("Invoice Number");

        await portal.Restart();
        await journey.Open("exporters");
        await journey.Follow("Invoices for the board");
        await journey.RunAndWatch("No changes");
        foreach (var place in new[] { "", "spreadsheets", "exporters", "runs", "audit", "help" })
        {
            await journey.Open(place);
            await LookAt(page);
        }

        complaints.Should().BeEmpty();
        barriers.Should().BeEmpty();
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
