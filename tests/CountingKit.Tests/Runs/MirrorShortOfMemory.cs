using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Tests.Runs;

/// <summary>A mirror whose memory some readings do not fit into.</summary>
internal sealed class MirrorShortOfMemory(IMirror inner) : IMirror
{
    public int StagingsThatFail { get; set; }

    public Task<IReadOnlyList<RowRun>?> KeptRows(
        Snapshot before, Snapshot after, string keyColumn, int most, CancellationToken ct) =>
        inner.KeptRows(before, after, keyColumn, most, ct);

    public void Require() => inner.Require();

    public Task<StagedSync> Stage(
        Source source, IReadOnlyList<Segment> current, long sequence, bool full, IAsyncEnumerable<SourcePage> pages,
        CancellationToken ct) => StagingsThatFail-- > 0
        ? Task.FromException<StagedSync>(new MirrorMemoryException(new InvalidOperationException("Out of Memory Error")))
        : inner.Stage(source, current, sequence, full, pages, ct);

    public Task<Segment> Compact(Source source, IReadOnlyList<Segment> current, CancellationToken ct) =>
        inner.Compact(source, current, ct);

    public Task<MadeRows> Project(Projection projection, CancellationToken ct) => inner.Project(projection, ct);

    public Task<IReadOnlyList<CellValue[]>> Preview(Projection projection, int rows, CancellationToken ct) =>
        inner.Preview(projection, rows, ct);

    public IAsyncEnumerable<CellValue[]> ReadRows(Snapshot snapshot, long from, CancellationToken ct) =>
        inner.ReadRows(snapshot, from, ct);

    public bool Has(Snapshot snapshot) => inner.Has(snapshot);

    public Task<Difference> Compare(Snapshot before, Snapshot after, string keyColumn, CancellationToken ct) =>
        inner.Compare(before, after, keyColumn, ct);

    public IAsyncEnumerable<RowDifference> ReadChanges(
        Snapshot before, Snapshot after, string keyColumn, RowChanges wanted, CancellationToken ct) =>
        inner.ReadChanges(before, after, keyColumn, wanted, ct);
}
