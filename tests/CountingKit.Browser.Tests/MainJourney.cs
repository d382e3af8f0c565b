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
        await journey.ConnectGoogle("Books of the year");
        var organization = await journey.ConnectXero();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(organization);
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
        complaints.Should().BeEmpty();
        barriers.Should().BeEmpty();
    }

    private readonly List<string> barriers = [];

    /// <summary>What axe finds on the page as it stands; all of it is told at the end.</summary>
    private async Task LookAt(IPage page)
    {
        var found = await page.RunAxe();
        barriers.AddRange(found.Violations.SelectMany(v => v.Nodes.Select(node =>
            $"{new Uri(page.Url).AbsolutePath}: {v.Id}: {v.Help}: {node.Html}")));
    }
}
