using CountingKit.Connections;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Testing;
using CountingKit.Tests.EventSourcing;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

/// <summary>What is told while Xero's limit of calls a minute lets no call begin, and of which runs.</summary>
public sealed class ShortWaits
{
    private static readonly Guid Exporter = Guid.Parse("0193a000-0000-7000-8000-0000000000e0");
    private static readonly DateTimeOffset At = new(2026, 11, 2, 9, 5, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(4_999, 0, null)]
    [InlineData(5_000, 0, 5_000)]
    [InlineData(20_000, 40_000, 40_000)]
    [InlineData(40_000, 20_000, 40_000)]
    public async Task The_longest_of_its_organizations_is_told_unless_it_is_over_in_a_moment(int acme, int beta, int? told)
    {
        var limits = new Limits(new() { [Acme] = TimeSpan.FromMilliseconds(acme), [Beta] = TimeSpan.FromMilliseconds(beta) });

        var wait = await Handler(limits, Acme, Beta).Handle(new(Guid.CreateVersion7()), default);

        (wait?.Length.TotalMilliseconds).Should().Be(told);
        (wait?.IsOfApp ?? false).Should().BeFalse();
    }

    [Theory]
    [InlineData(4_999, 0, null, false)]
    [InlineData(5_000, 0, 5_000, true)]
    [InlineData(20_000, 40_000, 40_000, false)]
    [InlineData(40_000, 20_000, 40_000, true)]
    public async Task The_limit_of_all_organizations_together_is_told_as_such_where_it_is_the_longer_one(
        int app, int acme, int? told, bool isOfApp)
    {
        var limits = new Limits(new() { [Acme] = TimeSpan.FromMilliseconds(acme) }, TimeSpan.FromMilliseconds(app));

        var wait = await Handler(limits, Acme, Beta).Handle(new(Guid.CreateVersion7()), default);

        (wait?.Length.TotalMilliseconds).Should().Be(told);
        (wait?.IsOfApp ?? false).Should().Be(isOfApp);
    }

    [Fact]
    public async Task Only_its_own_organizations_count()
    {
        var limits = new Limits(new() { [Beta] = TimeSpan.FromSeconds(40) });

        (await Handler(limits, Acme).Handle(new(Guid.CreateVersion7()), default)).Should().BeNull();
    }

    [Fact]
    public async Task A_run_reads_neither_in_the_queue_nor_while_it_waits_nor_once_its_rows_are_made()
    {
        using var folder = new TempFolder();
        await using var node = await new PortalNode(folder).Project();
        await node.Append($"exporter-{Exporter:N}", new ExporterCreated(Exporter, 1, Invoices, "sheet-1"));
        var queued = new RunQueued(Exporter, Guid.CreateVersion7(), 1, Invoices, "sheet-1", Book, RunTrigger.Person);
        var stream = $"run-{queued.RunId:N}";
        var reads = new List<bool>();

        await node.Append($"exporterqueue-{Exporter:N}", queued);
        reads.Add(await IsReading(node, queued.RunId));
        await node.Append(stream, RunStarted.Of(queued, At));
        reads.Add(await IsReading(node, queued.RunId));
        await node.Append(stream, new RunWaited(queued.RunId, "CK-XERO-LIMIT-02", "It waits.", At));
        reads.Add(await IsReading(node, queued.RunId));
        await node.Append(stream, new SourcesSynced(queued.RunId, [], 1));
        reads.Add(await IsReading(node, queued.RunId));
        await node.Append(stream, new RunFailed(queued.RunId, Exporter, "CK-RUN-99", "It stops.", SheetUntouched: true, 5));
        reads.Add(await IsReading(node, queued.RunId));

        reads.Should().Equal(false, true, false, false, false);
    }

    [Fact]
    public async Task A_replay_asks_nothing_of_Xero()
    {
        using var folder = new TempFolder();
        await using var node = await new PortalNode(folder).Project();
        await node.Append($"exporter-{Exporter:N}", new ExporterCreated(Exporter, 1, Invoices, "sheet-1"));
        var queued = new RunQueued(
            Exporter, Guid.CreateVersion7(), 1, Invoices, "sheet-1", Book, RunTrigger.Replay, ReplayOf: Guid.CreateVersion7());
        await node.Append($"exporterqueue-{Exporter:N}", queued);
        await node.Append($"run-{queued.RunId:N}", RunStarted.Of(queued, At));

        (await IsReading(node, queued.RunId)).Should().BeFalse();
    }

    private static FindShortWaitHandler Handler(Limits limits, params Guid[] connections) =>
        new(new CurrentRequester { Connections = connections }, limits);

    private static async Task<bool> IsReading(PortalNode node, Guid runId)
    {
        await node.CatchUp();
        await using var db = node.ReadModels.Open();
        return (await db.FindAsync<RunRow>(runId))!.IsReading;
    }

    /// <summary>How long each organization's minute is used up; of others nothing is stored.</summary>
    /// <param name="app">And how long the minute of all of them together.</param>
    private sealed class Limits(Dictionary<Guid, TimeSpan> waits, TimeSpan app = default) : IXeroConnections
    {
        public int CallsPerMinute => throw new NotSupportedException();

        public Task<TimeSpan> WaitOfAppMinute(CancellationToken ct) => Task.FromResult(app);

        public Task<TimeSpan> WaitOfMinute(Guid connectionId, CancellationToken ct) =>
            Task.FromResult(waits.GetValueOrDefault(connectionId));

        public Task<XeroOrganization> ReadOrganization(Guid connectionId, CancellationToken ct) =>
            throw new NotSupportedException();

        public Task<SourcePage?> ReadConnection(Guid connectionId, CancellationToken ct) => throw new NotSupportedException();

        public Task<XeroSignInState?> SignIn(Guid connectionId, CancellationToken ct) => throw new NotSupportedException();

        public Task<XeroUsage> Usage(Guid connectionId, CancellationToken ct) => throw new NotSupportedException();
    }
}
