using System.Runtime.CompilerServices;
using CountingKit.Datasets;
using CountingKit.Runs;

namespace CountingKit.Adapters.Mirror;

/// <summary>The mirror in a folder; DuckDB computes over it.</summary>
internal sealed class FileMirror(MirrorFolder folder, DuckDbInstance duckDb, SegmentCache cache) : IMirror
{
    private readonly SnapshotFiles snapshots = new(folder);

    public async Task<StagedSync> Stage(
        Source source, IReadOnlyList<Segment> current, long sequence, bool full, IAsyncEnumerable<SourcePage> pages,
        CancellationToken ct)
    {
        using var writer = new SegmentWriter(
            folder.Segments(source.ConnectionId), isBase: full && current.Count == 0);
        using var staging = new Staging(duckDb.Open(), cache.PathsOf(source, current, ct), writer, sequence);
        DateTimeOffset? time = null;
        long? itemCount = null;
        await foreach (var page in pages.WithCancellation(ct))
        {
            time ??= page.SourceTime;
            itemCount = page.ItemCount ?? itemCount;
            staging.Take(page);
        }

        var deleted = full ? staging.MarkMissing() : 0;
        var segment = writer.Versions > 0 ? writer.Keep(folder, source, sequence) : null;
        return new(segment, staging.Read, itemCount, staging.Added, staging.Different, deleted, time);
    }

    public Task<Segment> Compact(Source source, IReadOnlyList<Segment> current, CancellationToken ct) =>
        Task.Run(() => Compaction.Run(folder, duckDb, cache, source, current, ct), ct);

    public Task<Snapshot> Project(Projection projection, CancellationToken ct) => Task.Run(() =>
    {
        var sql = SqlOf(projection, ct);
        using var rows = new RankedRows(duckDb.Open(), sql);
        return snapshots.Write(
            projection.Organizations[0].Source.ConnectionId, projection.Dataset, sql.Columns,
            rows.Read(long.MaxValue, ct));
    }, ct);

    public Task<IReadOnlyList<CellValue[]>> Preview(Projection projection, int rows, CancellationToken ct) =>
        Task.Run(() =>
    {
        using var ranked = new RankedRows(duckDb.Open(), SqlOf(projection, ct));
        return (IReadOnlyList<CellValue[]>)[.. ranked.Read(rows, ct)];
    }, ct);

    public async IAsyncEnumerable<CellValue[]> ReadRows(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken ct)
    {
        const int breath = 1000;
        var rows = 0;
        foreach (var row in snapshots.Read(snapshot))
        {
            ct.ThrowIfCancellationRequested();
            yield return row;
            if (++rows % breath == 0) await Task.Yield();
        }
    }

    public bool Has(Snapshot snapshot) => snapshots.Has(snapshot);

    public Task<Difference> Compare(Snapshot before, Snapshot after, string keyColumn, CancellationToken ct) =>
        Task.Run(() =>
    {
        using var comparison = new SnapshotComparison(duckDb.Open(), snapshots);
        return comparison.Compare(before, after, keyColumn, ct);
    }, ct);

    private ProjectionSql SqlOf(Projection projection, CancellationToken ct) =>
        new(projection, organization => cache.PathsOf(organization.Source, organization.Segments, ct));
}
