using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using CountingKit.Testing.Portal;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;
using CountingKit.Workspaces;

namespace CountingKit.Benchmarks;

/// <summary>
/// How long the lists of a large practice take, whole pages over HTTP from the published portal, one after the other: 40
/// organizations, 320 exporters, 20,000 runs at full scale. Beside them a page that reads nothing, of the same run.
/// </summary>
internal static partial class PagesBenchmark
{
    private const int Organizations = 40;
    private const int ExportersOfEach = 8;

    /// <summary>In the log: queue, run and release.</summary>
    private const int EventsOfARun = 7;
    private const int Requests = 60;

    private static readonly string[] Pages =
    [
        "help", "", "connections", "connections?sort=CallsToday", "exporters", "spreadsheets", "runs", "runs?status=Completed", "audit",
        "audit?type=run-queued", "audit?text=Organization%2039",
    ];

    public static async Task<int> Run()
    {
        await using var sandbox = await SandboxProcess.Start("--Organizations=1", "--Invoices=1");
        await using var portal = await PortalProcess.Start(sandbox, StorageKind.Sqlite);
        await portal.Kill();
        await Fill(portal.EventStore, Scale.Of(2_000, 20_000));
        await portal.Restart();
        using var browser = await SignedIn(portal);

        // A portal compiles itself while it is used: it is measured as it is an hour after its start.
        for (var i = 0; i < Requests; i++)
            foreach (var page in Pages) await browser.GetByteArrayAsync(new Uri(portal.Address, page));
        foreach (var page in Pages)
        {
            var (times, bytes) = (new List<double>(), 0);
            for (var i = 0; i < Requests; i++)
            {
                var started = Stopwatch.GetTimestamp();
                bytes = (await browser.GetByteArrayAsync(new Uri(portal.Address, page))).Length;
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            times.Sort();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"/{page,-28} median {times[Requests / 2],6:F0} ms   p95 {times[Requests * 95 / 100],6:F0} ms   {bytes / 1024,6:N0} KiB"));
        }

        return 0;
    }

    private static async Task Fill(string connectionString, int runs)
    {
        var catalog = CountingKitRegistration.Events();
        await using var store = new EmbeddedEventStore(new(connectionString["sqlite:".Length..]), TimeProvider.System);
        var workspace = Guid.Empty;
        await foreach (var stored in store.ReadAll(ReadDirection.Forwards, null, null, CancellationToken.None))
            if (catalog.Deserialize(stored).Event is WorkspaceCreated created) workspace = created.WorkspaceId;
        await new LogOfRuns(store, catalog, workspace, ExportersOfEach).Append(runs * EventsOfARun, Organizations);
    }

    private static async Task<HttpClient> SignedIn(PortalProcess portal)
    {
        var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
        var address = new Uri(portal.Address, "sign-in");
        var token = Token().Match(await browser.GetStringAsync(address)).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token, ["Email"] = PortalSecrets.OwnerEmail, ["Password"] = portal.Secrets.OwnerPassword,
        });
        using var answer = await browser.PostAsync(address, form);
        answer.EnsureSuccessStatusCode();
        return browser;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
