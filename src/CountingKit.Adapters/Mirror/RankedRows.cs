using CountingKit.Datasets;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// A projection's rows in their total order. Narrow first: which version of which file has which rank; then wide rows
/// are read in buckets joined on that rank, so that no sort ever holds wide rows beyond a bucket.
/// </summary>
internal sealed class RankedRows : IDisposable
{
    private const int Bucket = 50_000;

    private readonly DuckDBConnection connection;
    private readonly ProjectionSql sql;

    /// <exception cref="UnreadableRecordException">A record that belongs to the rows could not be read.</exception>
    public RankedRows(DuckDBConnection connection, ProjectionSql sql)
    {
        (this.connection, this.sql) = (connection, sql);
        if (sql.IsEmpty) return;
        connection.Execute(sql.CreateFiles, sql.FileValues);
        connection.Execute(sql.CreateRanked, sql.FilterValues);
        const string problems = "SELECT problem FROM ranked WHERE problem IS NOT NULL ORDER BY problem LIMIT 1";
        foreach (var row in connection.Rows(problems))
            throw new UnreadableRecordException("The record", row.GetString(0).TrimEnd('.'));
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

    public void Dispose() => connection.Dispose();
}
