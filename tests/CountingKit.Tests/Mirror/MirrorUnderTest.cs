using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CountingKit.Adapters.Mirror;
using CountingKit.Datasets;
using CountingKit.Mirror;
using CountingKit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CountingKit.Tests.Mirror;

/// <summary>A mirror in a folder of its own, one organization's records, and its segments as events would name them.</summary>
public sealed class MirrorUnderTest : IDisposable
{
    public static readonly DateTimeOffset SourceTime = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider services;
    private readonly TempFolder? own;

    public MirrorUnderTest(string? folder = null, string memoryLimit = "128 MB", string resource = "Invoices")
    {
        Source = new(new Guid("0198f3a0-0000-7000-8000-000000000001"), resource);
        own = folder is null ? new TempFolder() : null;
        Folder = folder ?? own!.Path;
        services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .AddMirror(new MirrorOptions(Folder, memoryLimit))
            .BuildServiceProvider();
        Mirror = services.GetRequiredService<IMirror>();
    }

    public FakeTimeProvider Time { get; } = new(SourceTime);

    public string Folder { get; }

    public IMirror Mirror { get; }

    public Source Source { get; }

    public List<Segment> Segments { get; } = [];

    /// <summary>Connections to DuckDB that are open now.</summary>
    public int OpenConnections => DuckDb.OpenConnections;

    internal DuckDbInstance DuckDb => services.GetRequiredService<DuckDbInstance>();

    public async Task<StagedSync> Sync(bool full, params string[] records)
    {
        var staged = await Mirror.Stage(
            Source, Segments, Segments.Count + 1, full, Pages(records, Source.Resource), CancellationToken.None);
        if (staged.Segment is { } segment) Segments.Add(segment);
        return staged;
    }

    /// <summary>Some periods of a report, as its answers bring them.</summary>
    public async Task<StagedSync> SyncPeriods(params (string Period, string Report)[] periods)
    {
        var staged = await Mirror.Stage(
            Source, Segments, Segments.Count + 1, false, Answers(periods), CancellationToken.None);
        if (staged.Segment is { } segment) Segments.Add(segment);
        return staged;
    }

    private static async IAsyncEnumerable<SourcePage> Answers((string Period, string Report)[] periods)
    {
        await Task.CompletedTask;
        foreach (var (period, report) in periods)
            yield return new(1, periods.Length, periods.Length, SourceTime, Envelope.ReadFirst(
                Encoding.UTF8.GetBytes($$"""{"Reports":[{{report}}]}"""), "Reports", period).Records);
    }

    public Projection Projection(params string[] columns) => new(
        "invoices", [new(Source, "Acme", Segments)], columns, [], []);

    public async Task<Snapshot> Project(Projection projection) =>
        (await Mirror.Project(projection, CancellationToken.None)).Snapshot;

    public async Task<UnreadableValues?> Unreadable(Projection projection) =>
        (await Mirror.Project(projection, CancellationToken.None)).Unreadable;

    public async Task<List<CellValue[]>> Rows(Projection projection) => await Rows(await Project(projection));

    public async Task<List<CellValue[]>> Rows(Snapshot snapshot)
    {
        var rows = new List<CellValue[]>();
        await foreach (var row in Mirror.ReadRows(snapshot, CancellationToken.None)) rows.Add(row);
        return rows;
    }

    /// <summary>A snapshot of rows that no records made.</summary>
    public Snapshot Keep(IReadOnlyList<SnapshotColumn> columns, params IEnumerable<CellValue[]> rows) =>
        new SnapshotFiles(services.GetRequiredService<MirrorFolder>()).Write(Source.ConnectionId, "invoices", columns, rows);

    public async Task<List<RowDifference>> Changes(Snapshot before, Snapshot after, RowChanges wanted = RowChanges.All)
    {
        var changes = new List<RowDifference>();
        await foreach (var change in Mirror.ReadChanges(before, after, "invoiceId", wanted, CancellationToken.None)) changes.Add(change);
        return changes;
    }

    /// <summary>Files of the mirror of one kind: segment, parquet, rows, unfinished.</summary>
    public string[] Files(string kind) => Directory.GetFiles(Folder, $"*.{kind}", SearchOption.AllDirectories);

    /// <summary>Those with typed columns: beside them, each segment has an index.</summary>
    public string[] TypedFiles() => [.. Files("parquet").Where(path => !path.Contains(".index"))];

    public static string Id(int number) => $"00000000-0000-4000-8000-{number:x12}";

    public static string Invoice(int number, decimal total = 1, string type = "ACCREC", string more = "") =>
        $$"""{"Type":"{{type}}","InvoiceID":"{{Id(number)}}","InvoiceNumber":"INV-{{number}}","Total":{{
            total.ToString(CultureInfo.InvariantCulture)}}{{more}}}""";

    /// <summary>
    /// Pages of three records, or a hundred pages: as an answer gives them, all records are slices of one buffer.
    /// </summary>
    public static async IAsyncEnumerable<SourcePage> Pages(
        IReadOnlyCollection<string> records, string resource = "Invoices", [EnumeratorCancellation] CancellationToken ct = default)
    {
        var (number, key) = (0, DatasetCatalogue.ResourceOf(resource).Key);
        var pages = records.Chunk(Math.Max(3, records.Count / 100)).ToList();
        foreach (var page in pages)
        {
            await Task.Yield();
            ct.ThrowIfCancellationRequested();
            var answer = Encoding.UTF8.GetBytes($$"""{"{{resource}}":[{{string.Join(",\n ", page)}}]}""");
            var envelope = Envelope.Read(answer, resource, key);
            yield return new(++number, pages.Count, records.Count, SourceTime, envelope.Records);
        }
    }

    public void Dispose()
    {
        services.Dispose();
        own?.Dispose();
    }
}
