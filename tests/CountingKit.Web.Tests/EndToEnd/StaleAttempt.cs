using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>
/// A portal stands still in the middle of a run until another one has taken the run over and ended it. When it wakes, it
/// still believes that the run is its own.
/// </summary>
public sealed class StaleAttempt(StaleAttempt.Pair pair) : IClassFixture<StaleAttempt.Pair>
{
    private SandboxControl Sandbox => pair.Journey.Sandbox.Control;

    [Theory]
    [InlineData("xero", "GET /api.xro/2.0/Invoices", "after")]
    [InlineData("google", "GET /v4/spreadsheets/", "before")]
    [InlineData("google", "POST /v4/spreadsheets/[^/]+:batchUpdate", "after")]
    public async Task It_changes_nothing_wherever_it_stood_still(string vendor, string call, string stage)
    {
        var (stale, other) = (0, 1);
        await Sandbox.Post($"_/xero/organizations/{pair.TenantId}/invoices", new { count = 1 });
        await Sandbox.EmptyJournal();
        await Sandbox.SetGate(vendor, call, stage: stage);
        await pair.Portals.Freeze(other);
        var run = await pair.Portals.StartRun(stale, pair.ExporterId);
        await Sandbox.GateHolds(TimeSpan.FromMinutes(1));
        await pair.Portals.Resume(other);
        await pair.Portals.Freeze(stale);

        var ended = await pair.Portals.Ended(other, run);
        ended["status"]!.GetValue<string>().Should().BeOneOf(["Completed", "Warnings"], ended.ToJsonString());
        var (story, segments) = (await RunLog.Of(pair.Journey.Portal, run), await Segments());

        // The one that wakes also makes the next run, so that it had the time to do whatever it would do.
        await pair.Portals.Resume(stale);
        await pair.Portals.Freeze(other);
        await Sandbox.ReleaseGate();
        var next = await pair.Portals.StartRun(stale, pair.ExporterId);
        (await pair.Portals.Ended(stale, next))["status"]!.GetValue<string>().Should().Be("NoChanges");
        await pair.Portals.Resume(other);

        (await RunLog.Of(pair.Journey.Portal, run)).Should().Equal(story);
        await RunLog.EndedOnce(pair.Journey.Portal, run);
        (await Segments()).Should().Be(segments);
        var journal = await Sandbox.Journal();
        journal.Should().ContainSingle(line => line.Vendor == "google" && line.Write, string.Join('\n', journal));
    }

    private async Task<int> Segments() =>
        (await RunLog.All(pair.Journey.Portal)).Count(e => e.Stream.StartsWith("mirror-", StringComparison.Ordinal));

    /// <summary>Two portals, and an exporter that has run once.</summary>
    public sealed class Pair : IAsyncLifetime
    {
        public Journey Journey { get; private set; } = null!;

        internal PortalPair Portals { get; private set; } = null!;

        public string TenantId { get; private set; } = "";

        public Guid ExporterId { get; private set; }

        public async Task InitializeAsync()
        {
            Journey = await Journey.Begin(
                await SandboxProcess.Start("--Organizations=1", "--Invoices=40", "--Limits=off"), StorageKind.Servers);
            TenantId = (await Journey.Organizations())[0].TenantId;
            ExporterId = await Journey.ToExporter(TenantId);
            await Journey.Run(ExporterId);
            Portals = await PortalPair.Of(Journey.Portal);
        }

        public async Task DisposeAsync()
        {
            await Portals.DisposeAsync();
            await Journey.DisposeAsync();
        }
    }
}
