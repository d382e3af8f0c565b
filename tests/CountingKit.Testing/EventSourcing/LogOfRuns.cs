using System.Collections.Concurrent;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Workspaces;

namespace CountingKit.Testing.EventSourcing;

/// <summary>
/// A log as a practice with many organizations leaves it: connected once, some exporters each, and then runs, most of
/// them with changes.
/// </summary>
/// <param name="workspace">One that is in the log already; null = another one.</param>
public sealed class LogOfRuns(IEventStore store, EventCatalog catalog, Guid? workspace = null, int exportersOfEach = 4)
{
    private static readonly Guid Member = Guid.CreateVersion7();
    private static readonly Guid Account = Guid.CreateVersion7();

    private static readonly string[] Columns =
    [
        "invoiceId", "invoiceNumber", "reference", "customer", "status", "date", "dueDate", "currency", "subTotal",
        "totalTax", "total", "amountDue",
    ];

    private readonly ConcurrentDictionary<string, ulong> ends = new();
    private readonly Guid workspaceId = workspace ?? Guid.CreateVersion7();
    private long left;

    /// <summary>Appends at least so many events, several organizations at once, and not many more.</summary>
    public async Task Append(long events, int organizations)
    {
        left = events;
        if (workspace is null)
            await Append(
                Workspaces.Workspace.StreamOf(workspaceId), [],
                new WorkspaceCreated(workspaceId, "Practice"), new MemberAdded(workspaceId, Member, Role.Owner, null));
        await Append(
            GoogleAccount.StreamOf(Account), [], new GoogleAccountConnected(Account, AccountKind.ServiceAccount, []));
        await Task.WhenAll(Enumerable.Range(1, organizations).Select(number => Task.Run(() => Organization(number))));
    }

    private async Task Organization(int number)
    {
        var (id, tenant, user) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var name = $"Organization {number}";
        await Append(Tenant.StreamOf(tenant), [id], new OrganizationClaimed(id, tenant, workspaceId, name, user, []));
        await Append(
            Connection.StreamOf(id), [id],
            new OrganizationConnected(id, tenant, name, user, ["accounting.transactions.read", "accounting.contacts.read"]),
            new OrganizationDescribed(id, name, name, "GB", "GBP", 31, 3, "GMTSTANDARDTIME", "!abc", "ACTIVE", false));

        var sheet = Guid.CreateVersion7();
        await Append(
            Spreadsheet.StreamOf(sheet), [],
            new SpreadsheetConnected(sheet, Account, $"sheet-{sheet:N}", name, $"https://docs.example/{sheet:N}", true));
        var exporters = new List<(Guid Id, ExporterConfiguration Configuration)>();
        for (var i = 1; i <= exportersOfEach; i++)
        {
            var (exporter, tab) = (Guid.CreateVersion7(), $"Invoices {i}");
            var configuration = new ExporterConfiguration(
                $"{name}: {tab}", "invoices", [id], [.. Columns.Select(c => new ExporterColumn(c))], ["AUTHORISED", "PAID"],
                new DateOnly(2026, 1, 1), null, [], sheet, tab);
            await Append(
                SpreadsheetTabs.StreamOf($"sheet-{sheet:N}"), [id],
                new TabClaimed($"sheet-{sheet:N}", tab, exporter, configuration));
            await Append(
                Exporter.StreamOf(exporter), [id], new ExporterCreated(exporter, 1, configuration, $"sheet-{sheet:N}"));
            exporters.Add((exporter, configuration));
        }

        LastWrite? last = null;
        for (var run = 0; Interlocked.Read(ref left) > 0; run++)
        {
            var (exporter, configuration) = exporters[run % exportersOfEach];
            last = await Run(exporter, configuration, last, changed: run % 4 != 3);
        }
    }

    private async Task<LastWrite?> Run(Guid exporter, ExporterConfiguration configuration, LastWrite? last, bool changed)
    {
        var (run, connection) = (Guid.CreateVersion7(), configuration.ConnectionIds[0]);
        var (spreadsheet, at) = ($"sheet-{configuration.SpreadsheetKey:N}", DateTimeOffset.UnixEpoch);
        var segment = new Segment($"{run:N}{run:N}", false, 7, 12, 4711);
        var snapshot = new Snapshot(
            $"{run:N}{exporter:N}", connection, "invoices",
            [.. Columns.Select(c => new SnapshotColumn(c, ColumnType.Text))], 1200, 96_000);
        Guid[] about = [connection];
        await Append(
            RunQueue.StreamOf(exporter), about,
            new RunQueued(exporter, run, 1, configuration, spreadsheet, Account, RunTrigger.Schedule, Last: last));
        var steps = new List<IEvent>
        {
            new RunStarted(
                run, exporter, 1, configuration, spreadsheet, Account, RunTrigger.Schedule, at, Last: last),
            new SourcesSynced(run, [new(connection, "Invoices", configuration.Name, [segment], at)], 2),
            new SnapshotMade(run, snapshot, 1, new Difference(12, 3, 1, 1184)),
        };
        if (changed)
        {
            steps.Add(new WriteStarted(run, 42, configuration.TabTitle, false, 14_400, 200_000));
            steps.Add(new ExportCompleted(
                run, exporter, snapshot, 42, configuration.TabTitle, new Difference(12, 3, 1, 1184), 2, 5, 200_000, 2345,
                17, "layout", []));
        }
        else steps.Add(new NoChangesFound(run, exporter, last?.RunId ?? run, 2, 1, 1234, 17));
        await Append(Runs.Run.StreamOf(run), about, [.. steps]);

        if (changed) last = new LastWrite(run, 1, snapshot, "layout", spreadsheet, 42, configuration.TabTitle, 17, at);
        await Append(RunQueue.StreamOf(exporter), about, new RunReleased(exporter, run, last));
        return last;
    }

    private async Task Append(string stream, IReadOnlyList<Guid> connections, params IEvent[] events)
    {
        Interlocked.Add(ref left, -events.Length);
        var id = Guid.CreateVersion7();
        var metadata = new EventMetadata(id, id, Actor.Member(Member), id, workspaceId, connections);
        var expected = ExpectedRevision.After(ends.TryGetValue(stream, out var end) ? end : null);
        var appended = await store.Append(
            stream, expected, [.. events.Select(e => catalog.Serialize(e, metadata, Guid.CreateVersion7()))],
            CancellationToken.None);
        ends[stream] = appended.Revision;
    }
}
