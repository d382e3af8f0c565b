using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CountingKit.Browser.Tests;

/// <summary>The main job without a mouse, and how many presses it takes from the first page to the first filled sheet.</summary>
public sealed class ByKeyboard(Chromium chromium) : IClassFixture<Chromium>
{
    private const int MostPresses = 11;

    /// <summary>No page has so many places to stop at.</summary>
    private const int MostTabs = 250;

    private IPage page = null!;
    private int presses;

    [Fact]
    public async Task A_newcomer_fills_the_first_sheet_with_the_keyboard_alone_in_eleven_presses()
    {
        await using var portal = await FirstRun.Start();
        page = await chromium.Page();
        await new Journey(page, portal.Address).Open("");

        await Type("One-time code", portal.OwnerCode);
        await Type("Workspace", "Advisor & Co");
        await Type("Your name", "Mary Advisor");
        await Type("Email", Journey.Email);
        await Type("Password", Journey.Password);
        await Type("Confirm password", Journey.Password);
        await Press(AriaRole.Button, "Create account");
        await Press(AriaRole.Link, "Connect Google");
        await Press(AriaRole.Button, "Connect Google account");
        await Press(AriaRole.Button, "Allow");
        await Type("Name", "Books of the year");
        await Press(AriaRole.Button, "Create spreadsheet");
        await Press(AriaRole.Link, "Connect an organization");
        await Press(AriaRole.Button, "Connect Xero Account");
        await Press(AriaRole.Button, "Allow access");
        await Press(AriaRole.Link, "Create an exporter");
        await Press(AriaRole.Button, "Create exporter");
        await Press(AriaRole.Button, "Run");

        await Expect(page.Locator("#run .status-badge").First).ToContainTextAsync("Completed", new() { Timeout = 120_000 });
        presses.Should().BeLessThanOrEqualTo(MostPresses);
    }

    private async Task Type(string label, string text)
    {
        await TabTo(page.GetByLabel(label, new() { Exact = true }));
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(text);
    }

    private async Task Press(AriaRole role, string name)
    {
        await TabTo(page.GetByRole(role, new() { Name = name, Exact = true }).First);
        await page.Keyboard.PressAsync("Enter");
        presses++;
    }

    private async Task TabTo(ILocator place)
    {
        await place.WaitForAsync();
        for (var tabs = 0; !await place.EvaluateAsync<bool>("element => element === document.activeElement"); tabs++)
        {
            tabs.Should().BeLessThan(MostTabs, "{0} can be reached by the keyboard", place);
            await page.Keyboard.PressAsync("Tab");
        }
    }
}
