using CountingKit.Datasets;
using CountingKit.Runs;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// A projection's rows in their total order. Narrow first: which version of which file has which rank; then wide rows
/// are read in buckets joined on that rank, so that no sort ever holds wide rows beyond a bucket.
/// </summary>
internal sealed class RankedRows
{
    private const int Bucket = 50_000;

    private readonly DuckDBConnection connection;
    private readonly ProjectionSql sql;

    public RankedRows(DuckDBConnection connection, ProjectionSql sql, CancellationToken ct)
    {
        (this.connection, this.sql) = (connection, sql);
        if (sql.IsEmpty) return;
        connection.Execute(sql.CreateFiles, sql.FileValues);
        LatestVersions.Make(connection, "latest", [], sql.Sources, ct);
        connection.Execute(sql.CreateRanked, sql.FilterValues);
        Count = connection.Number("SELECT count(*) FROM ranked");
    }

    public long Count { get; }

    public IEnumerable<CellValue[]> Read(long limit, CancellationToken ct)
    {
        var end = Math.Min(limit, Count);
        for (long start = 0; start < end; start += Bucket)
        {
            foreach (var row in connection.Rows(sql.SelectBucket, start, Math.Min(start + Bucket, end)))
            {
                ct.ThrowIfCancellationRequested();
                yield return sql.Cells(row);
            }
        }
    }

    /// <summary>What of the records could not be read into these rows; null = nothing.</summary>
    public UnreadableValues? Unreadable(CancellationToken ct)
    {
        if (sql.IsEmpty) return null;
        var first = new List<UnreadableValue>();
        long count = 0;
        foreach (var row in connection.Rows(sql.SelectUnreadable, sql.UnreadableValues))
        {
            ct.ThrowIfCancellationRequested();
            var (key, name, isRow) = (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetBoolean(3));
            foreach (var column in sql.Lacking(row.GetString(2), isRow))
            {
                if (first.Count < UnreadableValues.MostNamed) first.Add(new(key, name, column, !isRow));
                count++;
            }
        }

        return count > 0 ? new(first, count) : null;
    }
}
