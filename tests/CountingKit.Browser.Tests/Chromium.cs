using Microsoft.Playwright;

namespace CountingKit.Browser.Tests;

/// <summary>
/// Debian's Chromium without a window of its own, which would be drawn too, or the one that <c>CHROMIUM</c> names.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        // A page may take 10 s to show what was just done on a busy machine.
        Assertions.SetDefaultExpectTimeout(20_000);
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            ],
        });
    }

    /// <summary>A new browser profile, with patience for a busy machine.</summary>
    /// <param name="address">The network address that a proxy tells of it; null = there is no proxy.</param>
    public async Task<IPage> Page(bool javaScript = true, int width = 1280, string? address = null)
    {
        var context = await browser!.NewContextAsync(new()
        {
            JavaScriptEnabled = javaScript,
            ViewportSize = new() { Width = width, Height = 900 },
            ExtraHTTPHeaders = address is null ? null : new Dictionary<string, string> { ["X-Forwarded-For"] = address },
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
