using CountingKit.Datasets;
using CountingKit.Mirror;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// What differs between two snapshots, in the order of the later one, from the table <c>changes</c> of their places. Narrow
/// first: only places are sorted. What a changed row was stands in another order in the earlier snapshot: it is kept as bytes,
/// and read back in buckets.
/// </summary>
internal sealed class ChangedRows
{
    private const int BucketRows = 20_000;

    /// <summary>Places that are looked up at once: no other question may be open on the connection while rows are added.</summary>
    private const int PlacesAtOnce = 50_000;

    private readonly DuckDBConnection connection;
    private readonly SnapshotFiles snapshots;
    private readonly Snapshot before, after;
    private readonly RowChanges wanted;
    private readonly long bucketBytes;

    /// <param name="memory">DuckDB's limit in bytes: a bucket takes a part of it.</param>
    public ChangedRows(
        DuckDBConnection connection, SnapshotFiles snapshots, Snapshot before, Snapshot after, RowChanges wanted, long memory,
        CancellationToken ct)
    {
        (this.connection, this.snapshots, this.before, this.after) = (connection, snapshots, before, after);
        (this.wanted, bucketBytes) = (wanted, memory / 8);
        connection.Execute("CREATE TEMP TABLE earlier (after_place BIGINT, width BIGINT, cells BLOB)");
        if (wanted.HasFlag(RowChanges.Changed)) KeepEarlier(ct);
    }

    public IEnumerable<RowDifference> Read(CancellationToken ct)
    {
        foreach (var change in OfAfter(ct)) yield return change;
        if (!wanted.HasFlag(RowChanges.Removed)) yield break;
        var places = connection.Rows("SELECT before_place FROM changes WHERE after_place IS NULL ORDER BY before_place");
        foreach (var (row, _) in Chosen(before, places.Select(r => (r.GetInt64(0), false)), ct)) yield return new(row, null);
    }

    /// <summary>Added and changed rows.</summary>
    private IEnumerable<RowDifference> OfAfter(CancellationToken ct)
    {
        if ((wanted & (RowChanges.Added | RowChanges.Changed)) == 0) yield break;
        foreach (var (row, earlier) in Chosen(after, Earlier(), ct)) yield return new(earlier, row);
    }

    /// <summary>The places of added and changed rows in the later snapshot, rising, and what the changed ones were.</summary>
    private IEnumerable<(long Place, CellValue[]? Earlier)> Earlier()
    {
        long start = 0;
        foreach (var end in Ends())
        {
            foreach (var row in connection.Rows($"""
                SELECT c.after_place, e.cells FROM changes c LEFT JOIN earlier e ON e.after_place = c.after_place
                WHERE {Wanted("c.before_place")} AND c.after_place >= ? AND c.after_place < ? ORDER BY c.after_place
                """, start, end))
                yield return (row.GetInt64(0), row.IsDBNull(1) ? null : Cells(row));
            start = end;
        }
    }

    /// <summary>Places at which buckets end; the last bucket ends with the snapshot.</summary>
    private List<long> Ends()
    {
        var ends = new List<long>();
        long rows = 0, bytes = 0;
        foreach (var row in connection.Rows("SELECT after_place, width FROM earlier ORDER BY after_place"))
        {
            if (rows == BucketRows || (rows > 0 && bytes + row.GetInt64(1) > bucketBytes))
            {
                ends.Add(row.GetInt64(0));
                (rows, bytes) = (0, 0);
            }

            (rows, bytes) = (rows + 1, bytes + row.GetInt64(1));
        }

        ends.Add(after.Rows);
        return ends;
    }

    /// <summary>What each changed row was, under the place that it has now.</summary>
    private void KeepEarlier(CancellationToken ct)
    {
        var bytes = new byte[1024];
        using var appender = connection.CreateAppender("earlier");
        foreach (var (row, place) in Chosen(before, PlacesOfChanged(), ct))
        {
            var width = RowBytes.Write(row, ref bytes);
            appender.CreateRow().AppendValue((long?)place).AppendValue((long?)width).AppendValue(bytes.AsSpan(0, width)).EndRow();
        }
    }

    private IEnumerable<(long Place, long AfterPlace)> PlacesOfChanged()
    {
        for (long last = -1; ;)
        {
            List<(long Place, long AfterPlace)> some =
            [
                .. connection.Rows($"""
                    SELECT before_place, after_place FROM changes WHERE after_place IS NOT NULL AND before_place > ?
                    ORDER BY before_place LIMIT {PlacesAtOnce}
                    """, last).Select(row => (row.GetInt64(0), row.GetInt64(1))),
            ];
            foreach (var each in some) yield return each;
            if (some.Count < PlacesAtOnce) yield break;
            last = some[^1].Place;
        }
    }

    private string Wanted(string beforePlace) => (wanted & (RowChanges.Added | RowChanges.Changed)) switch
    {
        RowChanges.Added => $"{beforePlace} IS NULL",
        RowChanges.Changed => $"{beforePlace} IS NOT NULL",
        _ => "true",
    };

    private CellValue[] Cells(DuckDBDataReader row)
    {
        using var stream = row.GetStream(1);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return RowBytes.Read(bytes, before.Columns.Count);
    }

    /// <summary>The rows at these places, which rise, each with what was told of its place.</summary>
    private IEnumerable<(CellValue[] Row, T Told)> Chosen<T>(
        Snapshot snapshot, IEnumerable<(long Place, T Told)> places, CancellationToken ct)
    {
        using var next = places.GetEnumerator();
        if (!next.MoveNext()) yield break;
        long place = 0;
        foreach (var row in snapshots.Read(snapshot))
        {
            ct.ThrowIfCancellationRequested();
            if (place++ < next.Current.Place) continue;
            yield return (row, next.Current.Told);
            if (!next.MoveNext()) yield break;
        }
    }
}
