using System.Security.Cryptography;
using CountingKit.Datasets;
using CountingKit.Mirror;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// Two snapshots' rows by key and by the hash of the columns that both have (a column that was added or left out is no
/// change of every row). Several rows of one key are told apart by their number; without the key column in both, a
/// row's own content is its key.
/// </summary>
internal sealed class SnapshotComparison
{
    /// <summary>Every pair of rows; a side that is missing is null.</summary>
    private const string Pairs = """
        WITH b AS (SELECT *, row_number() OVER (PARTITION BY key ORDER BY hash, place) AS n FROM before_rows),
        a AS (SELECT *, row_number() OVER (PARTITION BY key ORDER BY hash, place) AS n FROM after_rows)
        """;

    private const string Joined = "FROM b FULL JOIN a ON a.key = b.key AND a.n = b.n";

    private readonly DuckDBConnection connection;
    private readonly SnapshotFiles snapshots;

    /// <summary>Both are read whole, and so checked.</summary>
    public SnapshotComparison(
        DuckDBConnection connection, SnapshotFiles snapshots, Snapshot before, Snapshot after, string keyColumn,
        CancellationToken ct)
    {
        (this.connection, this.snapshots) = (connection, snapshots);
        SnapshotColumn[] shared = [.. after.Columns.Where(column => before.Columns.Any(
            other => other.Key == column.Key && ContentHash.KindOf(other.Type) == ContentHash.KindOf(column.Type)))];
        var key = shared.Any(column => column.Key == keyColumn) ? keyColumn : null;
        Load("before_rows", before, shared, key, ct);
        Load("after_rows", after, shared, key, ct);
    }

    public Difference Count() => connection.Rows($"""
        {Pairs} SELECT count(*) FILTER (b.hash IS NULL), count(*) FILTER (a.hash <> b.hash),
            count(*) FILTER (a.hash IS NULL), count(*) FILTER (a.hash = b.hash)
        {Joined}
        """).Select(r => new Difference(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3))).Single();

    /// <summary>The rows that are the same, as runs of neighbors in both, in the order of the later snapshot; the first of them.</summary>
    public IReadOnlyList<RowRun> Kept(int most) =>
    [
        .. connection.Rows($"""
            {Pairs},
            same AS (SELECT b.place AS earlier, a.place AS later FROM b JOIN a ON a.key = b.key AND a.n = b.n WHERE a.hash = b.hash),
            runs AS (SELECT *, later - row_number() OVER (PARTITION BY later - earlier ORDER BY later) AS run FROM same)
            SELECT min(earlier), min(later), count(*) FROM runs GROUP BY later - earlier, run ORDER BY min(later) LIMIT {most}
            """).Select(r => new RowRun(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2))),
    ];

    /// <summary>
    /// Makes the table <c>changes</c> of what is not the same: the places of its rows, from 0, in either snapshot; null = it is
    /// in the other alone.
    /// </summary>
    public void Keep()
    {
        connection.Execute($"""
            CREATE TEMP TABLE changes AS {Pairs} SELECT b.place AS before_place, a.place AS after_place
            {Joined} WHERE a.hash IS DISTINCT FROM b.hash
            """);
        connection.Execute("DROP TABLE before_rows");
        connection.Execute("DROP TABLE after_rows");
    }

    private void Load(string table, Snapshot snapshot, SnapshotColumn[] shared, string? key, CancellationToken ct)
    {
        connection.Execute($"CREATE TEMP TABLE {table} (key VARCHAR, hash BLOB, place BIGINT)");
        int[] places = [.. shared.Select(column => PlaceOf(snapshot, column.Key))];
        var keyPlace = key is null ? -1 : PlaceOf(snapshot, key);
        var cells = new byte[1024];
        long number = 0;
        using var appender = connection.CreateAppender(table);
        foreach (var row in snapshots.Read(snapshot))
        {
            ct.ThrowIfCancellationRequested();
            var hash = HashOf(row, places, ref cells);
            var name = keyPlace < 0 ? Convert.ToHexString(hash) : NameOf(row[keyPlace]);
            appender.CreateRow().AppendValue(name).AppendValue(hash.AsSpan()).AppendValue((long?)number++).EndRow();
        }
    }

    private static int PlaceOf(Snapshot snapshot, string column) =>
        snapshot.Columns.Select(c => c.Key).ToList().IndexOf(column);

    private static string NameOf(CellValue key) => key.IsNull ? "" : key.AsText;

    private static byte[] HashOf(CellValue[] row, int[] places, ref byte[] buffer) =>
        SHA256.HashData(buffer.AsSpan(0, RowBytes.Write(places.Select(place => row[place]), ref buffer)));
}
