using CountingKit.Datasets;
using CountingKit.Mirror;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// A projection's rows in their total order. Narrow first: which version of which file has which rank; then wide rows
/// are read in buckets joined on that rank, so that no sort ever holds wide rows beyond a bucket. A bucket has a bound
/// of rows and of bytes: texts can be long.
/// </summary>
internal sealed class RankedRows
{
    private const int BucketRows = 50_000;

    /// <summary>Of a value that is no text, and of what a text has beside its bytes: a number is two of 16.</summary>
    public const int BytesOfCell = 24;

    private readonly DuckDBConnection connection;
    private readonly ProjectionSql sql;
    private readonly long bucketBytes;

    /// <param name="memory">DuckDB's limit in bytes: a bucket takes a part of it.</param>
    public RankedRows(DuckDBConnection connection, ProjectionSql sql, long memory, CancellationToken ct)
    {
        (this.connection, this.sql, bucketBytes) = (connection, sql, memory / 4);
        if (sql.IsEmpty) return;
        connection.Execute(sql.CreateFiles, sql.FileValues);
        if (sql.CreateWanted is { } wanted) connection.Execute(wanted, sql.WantedValues);
        sql.Lookups.Make(connection, ct);
        LatestVersions.Make(connection, "latest", [], sql.Sources, ct);
        var all = sql.IsFiltered ? connection.Number(sql.CountUnfiltered, sql.UnfilteredValues) : (long?)null;
        connection.Execute(sql.CreateRanked, sql.FilterValues);
        Count = connection.Number("SELECT count(*) FROM ranked");
        LeftOut = (all ?? Count) - Count;
    }

    public long Count { get; }

    public IEnumerable<CellValue[]> Read(long limit, CancellationToken ct)
    {
        long start = 0;
        foreach (var end in Ends(Math.Min(limit, Count)))
        {
            foreach (var row in connection.Rows(sql.SelectBucket, start, end))
            {
                ct.ThrowIfCancellationRequested();
                yield return sql.Cells(row);
            }

            start = end;
        }
    }

    /// <summary>The ranks at which buckets end.</summary>
    private List<long> Ends(long count)
    {
        var ends = new List<long>();
        long rows = 0, bytes = 0, rank = 0;
        if (count == 0) return ends;
        foreach (var row in connection.Rows("SELECT width FROM ranked LIMIT ?", count))
        {
            var width = row.GetInt64(0) + (sql.Columns.Count * BytesOfCell);
            if (rows == BucketRows || (rows > 0 && bytes + width > bucketBytes))
            {
                ends.Add(rank);
                (rows, bytes) = (0, 0);
            }

            (rows, bytes, rank) = (rows + 1, bytes + width, rank + 1);
        }

        ends.Add(rank);
        return ends;
    }

    /// <summary>Rows that the exporter's filters leave out.</summary>
    public long LeftOut { get; }

    /// <summary>What of the records could not be read into these rows; null = nothing.</summary>
    public UnreadableValues? Unreadable(CancellationToken ct)
    {
        if (sql.IsEmpty) return null;
        var first = new List<UnreadableValue>();
        long count = 0;
        var (last, told) = ("", new HashSet<string>());
        foreach (var row in connection.Rows(sql.SelectUnreadable, sql.UnreadableValues))
        {
            ct.ThrowIfCancellationRequested();
            var (key, name, place) = (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt32(4));
            var isRow = place > 0 && row.GetBoolean(3);
            if (key != last) told.Clear();
            last = key;
            foreach (var column in sql.Lacking(row.GetString(2), isRow, place))
            {
                if (sql.IsOfWholeRecord(column) && !told.Add(column)) continue;
                if (first.Count < UnreadableValues.MostNamed) first.Add(new(key, name, column, !isRow));
                count++;
            }
        }

        return count > 0 ? new(first, count) : null;
    }

    /// <summary>Records without a rate that these rows show an amount in base currency of; null = there are none.</summary>
    public UnratedRecords? Unrated(CancellationToken ct)
    {
        if (sql.IsEmpty || sql.SelectUnrated is not { } query) return null;
        var first = new List<string>();
        long count = 0;
        foreach (var row in connection.Rows(query, [.. sql.FilterValues]))
        {
            ct.ThrowIfCancellationRequested();
            if (first.Count < UnratedRecords.MostNamed) first.Add(row.GetString(0));
            count++;
        }

        return count > 0 ? new(first, count) : null;
    }
}
