using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Testing;
using CountingKit.Tests.EventSourcing;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Exporters;

/// <summary>
/// An exporter reads another organization by now, and the rows by which messages are let in do not tell yet: who may not see that
/// organization does nothing to the exporter.
/// </summary>
public sealed class MovedExporters : IAsyncDisposable
{
    private static readonly Guid Exporter = Guid.CreateVersion7();
    private static readonly Guid Before = Guid.CreateVersion7();
    private static readonly Guid Now = Guid.CreateVersion7();

    private static readonly Requester Limited = new(
        Guid.CreateVersion7(), Actor.Member(Guid.CreateVersion7()), Guid.CreateVersion7(), Role.Operator, new HashSet<Guid> { Before }, null);

    private readonly TempFolder folder = new();
    private readonly PortalNode node;
    private int events;

    public MovedExporters() => node = new(folder);

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        folder.Dispose();
    }

    public static TheoryData<string> Commands => ["run", "replay", "pause", "resume", "change", "delete"];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Are_not_there_for_who_may_see_only_what_they_read_before(string command)
    {
        var stream = CountingKit.Exporters.Exporter.StreamOf(Exporter);
        await node.Append(
            stream, new ExporterCreated(Exporter, 1, Invoices with { ConnectionIds = [Before] }, "sheet"),
            new ExporterChanged(Exporter, 2, Invoices with { ConnectionIds = [Now] }, "sheet"));
        events = (await node.Log()).Count;

        await FluentActions.Awaiting(() => Send(command)).Should().ThrowAsync<NotFoundException>();

        (await node.Log()).Should().HaveCount(events);
    }

    private Task Send(string command)
    {
        var id = Guid.CreateVersion7();
        return command switch
        {
            "run" => node.Handle<RunExport, RunRequested>(Limited, new(id, Exporter)),
            "replay" => Replay(id),
            "pause" => node.Handle<PauseExporter, Appended>(Limited, new(id, Exporter)),
            "resume" => node.Handle<ResumeExporter, Appended>(Limited, new(id, Exporter)),
            "delete" => node.Handle<DeleteExporter, Appended>(Limited, new(id, Exporter)),
            _ => Change(id),
        };
    }

    /// <summary>Of a run that read only what they may see, into the tab that the exporter writes others into by now.</summary>
    private async Task Replay(Guid id)
    {
        var (run, before) = (Guid.CreateVersion7(), Invoices with { ConnectionIds = [Before] });
        var rows = new Snapshot("hash", Before, "invoices", [], 1, 1);
        await node.Append(
            Run.StreamOf(run),
            new RunStarted(run, Exporter, 1, before, "sheet", Guid.CreateVersion7(), RunTrigger.Person, DateTimeOffset.UnixEpoch),
            new SnapshotMade(run, rows, 1, null),
            new ExportCompleted(run, Exporter, rows, 42, "Invoices", null, 2, 5, 200, 2345, 17, "layout", []));
        await node.Append(
            Spreadsheet.StreamOf(Book), new SpreadsheetConnected(Book, Guid.CreateVersion7(), "sheet", "Book", "https://sheet", true));
        events = (await node.Log()).Count;
        await node.Handle<ReplayExport, RunRequested>(Limited, new(id, run, null, Overwrite: true));
    }

    private async Task Change(Guid id)
    {
        await node.Append(
            Connection.StreamOf(Before), new OrganizationConnected(Before, Guid.CreateVersion7(), "Before", Guid.CreateVersion7(), []));
        await node.Append(
            Spreadsheet.StreamOf(Book), new SpreadsheetConnected(Book, Guid.CreateVersion7(), "sheet", "Book", "https://sheet", true));
        events = (await node.Log()).Count;
        await node.Handle<ChangeExporter, Appended>(Limited, new(id, Exporter, Invoices with { ConnectionIds = [Before] }));
    }
}
