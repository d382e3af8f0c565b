using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CountingKit.Testing;
using CountingKit.Testing.Portal;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;
using CountingKit.Web.Tests.Portal;
using Xunit.Abstractions;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>Two portals on one PostgreSQL database ask Xero for one organization no more than Xero allows them together.</summary>
public sealed class SharedBudget(ITestOutputHelper output)
{
    private const int AtOnce = 5;
    private const int PerMinute = 60;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Together_they_never_make_more_than_5_calls_at_once_nor_60_in_any_minute()
    {
        var tests = Scale.Of(60, 300);
        await using var journey = await Journey.Begin(
            await SandboxProcess.Start("--Organizations=1", "--Invoices=40"), StorageKind.Servers);
        var exporter = await journey.ToExporter();
        await using var portals = await PortalPair.Of(journey.Portal);
        var connection = (await journey.Api.GetFromJsonAsync<JsonArray>("api/v1/connections"))![0]!["id"]!.GetValue<Guid>();
        var owners = await Task.WhenAll(portals.Portals.Select(Owner));
        // Slow enough that those of one portal meet those of the other.
        await journey.Sandbox.Control.AddFault(new
        {
            vendor = "xero", pathPattern = "GET /api.xro/2.0/", kind = "delay", delayMs = 300, times = 10 * tests,
        });

        var run = await portals.StartRun(0, exporter);
        await Task.WhenAll(Enumerable.Range(0, tests).Select(n => Test(owners[n % owners.Length], connection)));

        (await portals.Ended(1, run))["status"]!.GetValue<string>().Should().BeOneOf("Completed", "Warnings");
        var calls = (await journey.Sandbox.Control.Journal())
            .Where(call => call.Vendor == "xero" && call.Path.StartsWith("/api.xro/", StringComparison.Ordinal)).ToList();
        calls.Should().OnlyContain(call => call.Status == 200).And.HaveCountGreaterThan(PerMinute, "else nobody had to wait");
        var (atOnce, perMinute) = (MostAtOnce(calls), MostInAMinute(calls));
        output.WriteLine($"{calls.Count} calls, at most {atOnce} at once and {perMinute} in a minute.");
        atOnce.Should().BeInRange(2, AtOnce);
        perMinute.Should().BeInRange(PerMinute / 2, PerMinute);
    }

    private static async Task<Browser> Owner(PortalProcess portal)
    {
        var browser = new Browser(new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() })
        {
            BaseAddress = portal.Address,
            Timeout = Patience,
        });
        var page = await browser.Get("/sign-in");
        var answer = await browser.Submit(
            page.Form(), ("Email", PortalSecrets.OwnerEmail), ("Password", portal.Secrets.OwnerPassword));
        answer.Location.Should().Be("/", "the sign-in should succeed");
        return browser;
    }

    /// <summary>What the button Test does: one call to Xero, when its turn has come.</summary>
    private static async Task Test(Browser owner, Guid connection)
    {
        var page = await owner.Get($"/connections/{connection}");
        var answer = await owner.Submit(page.Form("form[action$='/test']"));
        answer.Status.Should().Be(HttpStatusCode.Found, answer.Text);
    }

    private static int MostAtOnce(IReadOnlyList<JournalLine> calls) =>
        calls.Max(call => calls.Count(other => other.Began <= call.Began && other.At > call.Began));

    private static int MostInAMinute(IReadOnlyList<JournalLine> calls) =>
        calls.Max(call => calls.Count(other => other.Began >= call.Began && other.Began < call.Began + Minute));
}
