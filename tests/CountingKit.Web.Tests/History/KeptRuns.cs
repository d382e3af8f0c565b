using CountingKit.Adapters.Mirror;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Web.Tests.Portal;
using Microsoft.Extensions.DependencyInjection;
using ZstdSharp;

namespace CountingKit.Web.Tests.History;

/// <summary>A portal whose log tells of runs with rows of a test's own, which lie in its mirror.</summary>
public sealed class KeptRuns : IAsyncLifetime
{
    public static readonly SnapshotColumn[] Columns =
    [
        new("invoiceNumber", ColumnType.Text), new("status", ColumnType.Text), new("currency", ColumnType.Text),
        new("date", ColumnType.Date), new("total", ColumnType.Money), new("invoiceId", ColumnType.Text),
    ];

    private static readonly Guid Account = Guid.CreateVersion7();

    private Story story = null!;

    public PortalFactory Portal { get; } = new();

    public async Task InitializeAsync()
    {
        await Portal.InitializeAsync();
        story = await Story.Of(Portal);
    }

    public Task DisposeAsync() => Portal.DisposeAsync();

    /// <returns>Its connection.</returns>
    public async Task<Guid> Organization(string name)
    {
        var id = Guid.CreateVersion7();
        await story.Click(
            Connection.StreamOf(id), [id],
            new OrganizationConnected(id, Guid.CreateVersion7(), name, Guid.CreateVersion7(), []));
        return id;
    }

    public static ExporterConfiguration Exporter(params Guid[] connections) => new(
        "Sales", "invoices", connections, [new("invoiceNumber", "No."), new("status"), new("currency"), new("date"), new("total"), new("invoiceId")],
        [], null, null, [], Guid.CreateVersion7(), "Invoices");

    /// <returns>The exporter that was created so.</returns>
    public async Task<Guid> Created(ExporterConfiguration configuration)
    {
        var exporter = Guid.CreateVersion7();
        await story.Click(
            SpreadsheetTabs.StreamOf("sheet"), configuration.ConnectionIds,
            new TabClaimed("sheet", configuration.TabTitle, exporter, configuration));
        await Portal.Logged<ExporterCreated>(e => e.ExporterId == exporter);
        return exporter;
    }

    /// <summary>A run of the exporter that made these rows, after those before it.</summary>
    /// <param name="columns">Null = the usual ones.</param>
    /// <returns>Its id.</returns>
    public async Task<Guid> Run(
        Guid exporter, ExporterConfiguration configuration, IEnumerable<CellValue[]> rows, SnapshotColumn[]? columns = null)
    {
        var run = Guid.CreateVersion7();
        var connections = configuration.ConnectionIds;
        await story.Click(
            RunQueue.StreamOf(exporter), connections,
            new RunQueued(exporter, run, 1, configuration, "sheet", Account, RunTrigger.Person));
        // Nobody is signed in, so that it ends at once; what it would have made is told afterwards.
        await Portal.Logged<IEvent>(e => e is RunFailed { RunId: var failed } && failed == run
            || e is RunCanceled { RunId: var stopped } && stopped == run);
        var snapshot = await Keep(connections[0], columns ?? Columns, rows);
        await story.Click($"story-{run:N}", connections, new SnapshotMade(run, snapshot, 2, new Difference(1, 2, 3, 4)));
        return run;
    }

    public string FileOf(Guid connection, string hash) => Path.Combine(
        Portal.Services.GetRequiredService<MirrorOptions>().Path, connection.ToString("N"), "snapshots", $"{hash}.rows");

    /// <summary>Takes the rows of the run away, as a retention does.</summary>
    public async Task Thin(Guid run)
    {
        var made = await Portal.Logged<SnapshotMade>(e => e.RunId == run);
        File.Delete(FileOf(made.Snapshot.ConnectionId, made.Snapshot.Hash));
    }

    public static CellValue[] Invoice(
        string number, string status = "AUTHORISED", string currency = "USD", decimal total = 100, int day = 1) =>
    [
        CellValue.Text(number), CellValue.Text(status), CellValue.Text(currency), CellValue.Date(new(2026, 11, day)),
        CellValue.Number(total), CellValue.Text($"id-{number}"),
    ];

    private async Task<Snapshot> Keep(Guid connection, SnapshotColumn[] columns, IEnumerable<CellValue[]> rows)
    {
        using var bytes = new MemoryStream();
        string hash;
        long count;
        await using (var zstd = new CompressionStream(bytes, leaveOpen: true))
        using (var writer = new ContentWriter(columns, zstd))
        {
            foreach (var row in rows) writer.WriteRow(row);
            (hash, count) = (writer.Finish(), writer.Rows);
        }

        var path = FileOf(connection, hash);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, bytes.ToArray());
        return new(hash, connection, "invoices", columns, count, bytes.Length);
    }
}
