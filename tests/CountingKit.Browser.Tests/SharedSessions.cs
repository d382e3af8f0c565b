using System.Text.RegularExpressions;
using CountingKit.Testing.Sandbox;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CountingKit.Browser.Tests;

/// <summary>A run that takes its time, watched in several places by one person.</summary>
public sealed partial class SharedSessions(SharedSessions.ExporterToRun ready)
    : IClassFixture<SharedSessions.ExporterToRun>, IAsyncLifetime
{
    private const int Tabs = 7;
    private const string ReadsTheStream =
        "async () => (await navigator.locks.query()).held.some(lock => lock.name === 'countingkit-live')";

    /// <summary>A page that shows a run looks by itself after five seconds.</summary>
    private static readonly TimeSpan LongerThanALook = TimeSpan.FromSeconds(7);

    private IPage page = null!;
    private string run = "";

    private FirstRun Portal => ready.Portal;

    private Chromium Chromium => ready.Chromium;

    private SandboxControl Sandbox => ready.Sandbox.Control;

    public async Task InitializeAsync()
    {
        page = await SignedIn();
        await page.GotoAsync(ready.Exporter);
        await Sandbox.Post("_/gate", new { vendor = "xero", pathPattern = "Invoices" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await Expect(page.Locator("#run .status-badge").First).ToContainTextAsync("Running");
        run = page.Url;
    }

    /// <summary>The next test's run would wait for this one.</summary>
    public async Task DisposeAsync()
    {
        await Sandbox.Post("_/gate/release", new { });
        var end = await SignedIn();
        await end.GotoAsync(run);
        await Expect(end.Locator("#run .status-badge").First).ToContainTextAsync(Ended(), new() { Timeout = 120_000 });
        foreach (var profile in (IBrowserContext[])[page.Context, end.Context]) await profile.CloseAsync();
    }

    [Fact]
    public async Task A_sign_out_ends_a_copied_cookie_and_its_live_stream_at_once()
    {
        var thief = await Chromium.Page();
        await thief.Context.AddCookiesAsync((await page.Context.CookiesAsync()).Select(c => new Cookie
        {
            Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path, HttpOnly = c.HttpOnly,
        }));
        await thief.RunAndWaitForResponseAsync(
            () => thief.GotoAsync(page.Url), answer => answer.Url.EndsWith("/runs/live", StringComparison.Ordinal));
        await Expect(thief.Locator("#run")).ToBeVisibleAsync();
        var shown = Uri.EscapeDataString(new Uri(thief.Url).PathAndQuery);
        // What the page asks for every few seconds would lead it away, too.
        var asks = new Uri(thief.Url).AbsolutePath;
        await thief.RouteAsync(url => new Uri(url).AbsolutePath == asks, route => route.AbortAsync());
        var streamEnds = thief.WaitForRequestFinishedAsync(new()
        {
            Predicate = request => request.Url.EndsWith("/runs/live", StringComparison.Ordinal), Timeout = 5_000,
        });

        await page.Locator(".member-menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();

        await streamEnds;
        await thief.UnrouteAllAsync();
        await Expect(thief).ToHaveURLAsync(
            new Uri(Portal.Address, $"sign-in?returnTo={shown}").AbsoluteUri, new() { Timeout = 5_000 });
        await thief.GotoAsync(new Uri(Portal.Address, "connections").AbsoluteUri);
        thief.Url.Should().Contain("/sign-in");
    }

    [Fact]
    public async Task A_hidden_tab_closes_its_stream_and_opens_one_when_it_is_shown_again()
    {
        var opened = 0;
        page.Request += (_, request) =>
        {
            if (IsStream(request.Url)) Interlocked.Increment(ref opened);
        };
        await Until(() => page.EvaluateAsync<bool>(ReadsTheStream));
        await Task.Delay(1000); // It has reached the portal.
        var ended = EndedStreams();

        await Become(page, "hidden");

        await Until(() => Task.FromResult(EndedStreams() > ended));
        (await page.EvaluateAsync<bool>(ReadsTheStream)).Should().BeFalse();
        var before = Volatile.Read(ref opened);
        await Task.Delay(LongerThanALook);
        Volatile.Read(ref opened).Should().Be(before, "a hidden tab holds nothing");
        await page.RunAndWaitForRequestAsync(() => Become(page, "visible"), request => IsStream(request.Url));
    }

    [Fact]
    public async Task Seven_tabs_on_a_running_run_share_one_stream_and_the_browser_goes_on()
    {
        var streams = 0;
        page.Context.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/runs/live", StringComparison.Ordinal)) Interlocked.Increment(ref streams);
        };
        var tabs = new List<IPage>();
        for (var tab = 0; tab < Tabs; tab++)
        {
            tabs.Add(await page.Context.NewPageAsync());
            await tabs[^1].GotoAsync(page.Url, new() { Timeout = 30_000 });
        }

        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(new Uri(Portal.Address, "exporters").AbsoluteUri, new() { Timeout = 30_000 });
        await Sandbox.Post("_/gate/release", new { });

        streams.Should().BeLessThanOrEqualTo(1, "the first page's stream, or one that took its place");
        foreach (var tab in tabs)
            await Expect(tab.Locator("#run .status-badge").First).ToContainTextAsync(Ended(), new() { Timeout = 120_000 });
    }

    [GeneratedRegex("Completed|No changes")]
    private static partial Regex Ended();

    private async Task<IPage> SignedIn()
    {
        var opened = await Chromium.Page();
        await new Journey(opened, Portal.Address).SignIn();
        return opened;
    }

    private static bool IsStream(string url) => url.EndsWith("/runs/live", StringComparison.Ordinal);

    /// <summary>A headless browser shows every tab: the page is told otherwise.</summary>
    private static Task Become(IPage tab, string state) => tab.EvaluateAsync(
        "state => { Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });"
        + " document.dispatchEvent(new Event('visibilitychange')); }", state);

    private static async Task Until(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await holds()) await Task.Delay(100, patience.Token);
    }

    /// <summary>By the portal's own log, which has a line for each request that is over.</summary>
    private int EndedStreams() => Regex.Count(Portal.Output, "GET /runs/live 200 in");

    /// <summary>Everything up to an exporter that can run.</summary>
    public sealed class ExporterToRun : IAsyncLifetime
    {
        public Chromium Chromium { get; } = new();

        public FirstRun Portal { get; private set; } = null!;

        public FoundSandbox Sandbox { get; private set; } = null!;

        /// <summary>The address of its page.</summary>
        public string Exporter { get; private set; } = "";

        public async Task InitializeAsync()
        {
            await Chromium.InitializeAsync();
            Portal = await FirstRun.Start();
            var page = await Chromium.Page();
            var journey = new Journey(page, Portal.Address);
            await journey.BecomeOwner(Portal.OwnerCode);
            await journey.ConnectGoogle("Books of the year");
            await journey.ConnectXero();
            await journey.Open("");
            Sandbox = await journey.Sandbox();
            await journey.CreateExporter("Invoices");
            Exporter = page.Url;
        }

        public async Task DisposeAsync()
        {
            Sandbox.Dispose();
            await Portal.DisposeAsync();
            await Chromium.DisposeAsync();
        }
    }
}
