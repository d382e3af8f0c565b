using System.Runtime.CompilerServices;
using CountingKit.Datasets;
using CountingKit.Mirror;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>The mirror in a folder; DuckDB computes over it.</summary>
internal sealed class FileMirror(
    MirrorFolder folder, DuckDbInstance duckDb, SegmentCache cache, MirrorOptions options) : IMirror
{
    /// <summary>Rows after which a reader lets others have their turn.</summary>
    private const int Breath = 1000;

    private readonly SnapshotFiles snapshots = new(folder);

    public void Require() => folder.Require();

    public async Task<StagedSync> Stage(
        Source source, IReadOnlyList<Segment> current, long sequence, bool full, IAsyncEnumerable<SourcePage> pages,
        CancellationToken ct)
    {
        try
        {
            return await StagePages(source, current, sequence, full, pages, ct);
        }
        catch (DuckDBException limit) when (limit.IsOutOfMemory())
        {
            throw new MirrorMemoryException(limit);
        }
    }

    private async Task<StagedSync> StagePages(
        Source source, IReadOnlyList<Segment> current, long sequence, bool full, IAsyncEnumerable<SourcePage> pages,
        CancellationToken ct)
    {
        var known = cache.IndexOf(source, current, ct);
        var isBase = full && current.Count == 0;
        using var writer = new SegmentWriter(folder.Segments(source.ConnectionId), isBase);
        using var connection = duckDb.Open();
        var passing = DatasetCatalogue.FindResource(source.Resource)?.Passing ?? [];
        var staging = new Staging(connection, known, writer, sequence, passing, ct);
        DateTimeOffset? time = null;
        long? itemCount = null;
        await foreach (var page in pages.WithCancellation(ct))
        {
            time ??= page.SourceTime;
            itemCount = page.ItemCount ?? itemCount;
            staging.Take(page);
        }

        var deleted = full ? staging.MarkMissing() : 0;
        // An empty base stands for those before it, whose files may be lost.
        var segment = writer.Versions > 0 || (isBase && sequence > 1) ? writer.Keep(folder, source, sequence) : null;
        return new(segment, staging.Read, itemCount, staging.Added, staging.Different, deleted, time);
    }

    public Task<Segment> Compact(Source source, IReadOnlyList<Segment> current, CancellationToken ct) => Compute(() =>
    {
        var made = Compaction.Run(folder, duckDb, cache, source, current, ct);
        // Every few dozens of syncs: what those and this left is collected here rather than when it has become much.
        GC.Collect();
        NativeMemory.GiveBack();
        return made;
    }, ct);

    public Task<MadeRows> Project(Projection projection, CancellationToken ct) => Compute(() =>
    {
        var sql = SqlOf(projection, ct);
        using var connection = duckDb.Open();
        var rows = new RankedRows(connection, sql, options.MemoryBytes, ct);
        var snapshot = snapshots.Write(
            projection.Organizations[0].Source.ConnectionId, projection.Dataset, sql.Columns,
            rows.Read(long.MaxValue, ct));
        return new MadeRows(snapshot, rows.Unreadable(ct), rows.LeftOut, rows.Unrated(ct));
    }, ct);

    public Task<IReadOnlyList<CellValue[]>> Preview(Projection projection, int rows, CancellationToken ct) =>
        Compute(() =>
    {
        var sql = SqlOf(projection, ct);
        using var connection = duckDb.Open();
        return (IReadOnlyList<CellValue[]>)[.. new RankedRows(connection, sql, options.MemoryBytes, ct).Read(rows, ct)];
    }, ct);

    public async IAsyncEnumerable<CellValue[]> ReadRows(
        Snapshot snapshot, long from, [EnumeratorCancellation] CancellationToken ct)
    {
        var rows = 0;
        foreach (var row in snapshots.Read(snapshot, from))
        {
            ct.ThrowIfCancellationRequested();
            yield return row;
            if (++rows % Breath == 0) await Task.Yield();
        }
    }

    public bool Has(Snapshot snapshot) => snapshots.Has(snapshot);

    public Task<Difference> Compare(Snapshot before, Snapshot after, string keyColumn, CancellationToken ct) =>
        Compute(() =>
    {
        using var connection = duckDb.Open();
        return new SnapshotComparison(connection, snapshots, before, after, keyColumn, ct).Count();
    }, ct);

    public Task<IReadOnlyList<RowRun>?> KeptRows(
        Snapshot before, Snapshot after, string keyColumn, int most, CancellationToken ct) => Compute(() =>
    {
        using var connection = duckDb.Open();
        var runs = new SnapshotComparison(connection, snapshots, before, after, keyColumn, ct).Kept(most + 1);
        return runs.Count > most ? null : runs;
    }, ct);

    public async IAsyncEnumerable<RowDifference> ReadChanges(
        Snapshot before, Snapshot after, string keyColumn, RowChanges wanted, [EnumeratorCancellation] CancellationToken ct)
    {
        using var connection = duckDb.Open();
        var changes = await Compute(() =>
        {
            new SnapshotComparison(connection, snapshots, before, after, keyColumn, ct).Keep();
            return new ChangedRows(connection, snapshots, before, after, wanted, options.MemoryBytes, ct);
        }, ct);
        using var rows = changes.Read(ct).GetEnumerator();
        for (var read = 1; Limited(rows.MoveNext); read++)
        {
            yield return rows.Current;
            if (read % Breath == 0) await Task.Yield();
        }
    }

    private static Task<T> Compute<T>(Func<T> compute, CancellationToken ct) => Task.Run(() => Limited(compute), ct);

    private static T Limited<T>(Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (DuckDBException limit) when (limit.IsOutOfMemory())
        {
            throw new MirrorMemoryException(limit);
        }
    }

    private ProjectionSql SqlOf(Projection projection, CancellationToken ct) =>
        new(projection, (source, segments, rows) => cache.FilesOf(source, segments, rows, ct));
}
