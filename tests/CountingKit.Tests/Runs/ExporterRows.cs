using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Testing;
using CountingKit.Tests.EventSourcing;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

/// <summary>What the list of exporters tells of their runs.</summary>
public sealed class ExporterRows : IAsyncDisposable
{
    private static readonly Guid Id = Guid.CreateVersion7();
    private static readonly Guid RunId = Guid.CreateVersion7();
    private static readonly Guid Account = Guid.CreateVersion7();
    private static readonly DateTimeOffset At = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ExporterConfiguration OfAcme = Invoices with { ConnectionIds = [Acme] };

    private static readonly Snapshot Rows = new("hash", Acme, "invoices", [new("invoiceId", CountingKit.Datasets.ColumnType.Text)], 302, 1);
    private static readonly RunQueued Queued = new(Id, RunId, 1, OfAcme, "sheet", Account, RunTrigger.Person);
    private static readonly RunStarted Started = new(RunId, Id, 1, OfAcme, "sheet", Account, RunTrigger.Person, At);

    private readonly TempFolder folder = new();
    private readonly PortalNode node;

    public ExporterRows() => node = new(folder);

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_run_that_waits_is_not_said_to_be_running()
    {
        await Happened(new ExporterCreated(Id, 1, OfAcme, "sheet"), Queued, Started, new RunWaited(RunId, "CK-XERO-LIMIT-01", "Used up.", At));
        var waiting = await Row();
        await Happened(new RunWentOn(RunId));
        var again = await Row();
        await Happened(
            new RunFailed(RunId, Id, "CK-RUN-99", "No.", true, 5), new RunReleased(Id, RunId));

        (waiting.ActiveStatus, again.ActiveStatus, (await Row()).ActiveStatus).Should().Be((RunStatus.Waiting, RunStatus.Running, null));
    }

    [Fact]
    public async Task Moved_to_another_organization_it_tells_nothing_of_the_one_before_but_its_tab()
    {
        var last = new LastWrite(RunId, 1, Rows, "layout", "sheet", 42, "Invoices", 17, At);
        await Happened(
            new ExporterCreated(Id, 1, OfAcme, "sheet"), Queued, Started, new SnapshotMade(RunId, Rows, 1, null),
            new ExportCompleted(RunId, Id, Rows, 42, "Invoices", null, 2, 5, 200, 2345, 17, "layout", []), new RunReleased(Id, RunId, last));
        var before = await Row();
        await Happened(new ExporterChanged(Id, 2, OfAcme with { ConnectionIds = [Beta] }, "sheet"));
        var after = await Row();

        (before.Rows, before.LastStatus, before.WrittenTab).Should().Be((302, RunStatus.Completed, "Invoices"));
        (after.Rows, after.LastStatus, after.WrittenAt, after.LastRunId).Should().Be((null, null, null, null));
        after.WrittenTab.Should().Be("Invoices", "the next run writes there");

        var next = Guid.CreateVersion7();
        var ofBeta = OfAcme with { ConnectionIds = [Beta] };
        await Happened(
            Queued with { RunId = next, Configuration = ofBeta, Last = last }, Started with { RunId = next, Configuration = ofBeta },
            new RunFailed(next, Id, "CK-RUN-99", "No.", true, 5), new RunReleased(Id, next, last));
        var failed = await Row();
        (failed.LastStatus, failed.Rows, failed.WrittenAt).Should().Be((RunStatus.Failed, null, null), "what is there is of the one before still");
        (await Run(next)).SheetHeldSince.Should().BeNull();
    }

    [Fact]
    public async Task Moved_while_a_run_of_the_organization_before_goes_on_it_tells_nothing_of_that_run()
    {
        var last = new LastWrite(RunId, 1, Rows, "layout", "sheet", 42, "Invoices", 17, At);
        await Happened(
            new ExporterCreated(Id, 1, OfAcme, "sheet"), Queued, Started,
            new ExporterChanged(Id, 2, OfAcme with { ConnectionIds = [Beta] }, "sheet"), new SnapshotMade(RunId, Rows, 1, null),
            new ExportCompleted(RunId, Id, Rows, 42, "Invoices", null, 2, 5, 200, 2345, 17, "layout", []), new RunReleased(Id, RunId, last));

        var row = await Row();

        (row.Rows, row.LastStatus, row.WrittenAt, row.ActiveRunId).Should().Be((null, null, null, null));
    }

    private async Task Happened(params IEvent[] events)
    {
        foreach (var @event in events) await node.Append($"any-{Guid.CreateVersion7():N}", @event);
    }

    [Fact]
    public async Task What_only_prepares_an_act_is_not_the_act_in_the_trail()
    {
        await node.Append("any-1", new TabClaimed("sheet", "Invoices", Id, OfAcme), new ExporterCreated(Id, 1, OfAcme, "sheet"), new ExporterPaused(Id));
        await Row();

        await using var db = node.Databases.Open();
        db.Set<Audit.AuditRow>().OrderBy(row => row.Number).Select(row => row.IsAct).Should().Equal(false, true, false);
    }

    private async Task<RunRow> Run(Guid runId)
    {
        await using var db = node.Databases.Open();
        return (await db.FindAsync<RunRow>(runId))!;
    }

    private async Task<ExporterRow> Row()
    {
        var projector = node.Projector();
        await projector.Load(default);
        await projector.Apply(await node.Feed(), complete: true, default);
        await using var db = node.Databases.Open();
        return (await db.FindAsync<ExporterRow>(Id))!;
    }
}
