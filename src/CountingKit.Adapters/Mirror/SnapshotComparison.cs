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
internal sealed class SnapshotComparison(DuckDBConnection connection, SnapshotFiles snapshots)
{
    public Difference Compare(Snapshot before, Snapshot after, string keyColumn, CancellationToken ct)
    {
        SnapshotColumn[] shared = [.. after.Columns.Where(column => before.Columns.Any(
            other => other.Key == column.Key && ContentHash.KindOf(other.Type) == ContentHash.KindOf(column.Type)))];
        var key = shared.Any(column => column.Key == keyColumn) ? keyColumn : null;
        Load("before_rows", before, shared, key, ct);
        Load("after_rows", after, shared, key, ct);
        return connection.Rows("""
            WITH b AS (SELECT key, hash, row_number() OVER (PARTITION BY key ORDER BY hash) AS n FROM before_rows),
            a AS (SELECT key, hash, row_number() OVER (PARTITION BY key ORDER BY hash) AS n FROM after_rows)
            SELECT count(*) FILTER (b.hash IS NULL), count(*) FILTER (a.hash <> b.hash),
                count(*) FILTER (a.hash IS NULL), count(*) FILTER (a.hash = b.hash)
            FROM b FULL JOIN a ON a.key = b.key AND a.n = b.n
            """).Select(r => new Difference(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3))).Single();
    }

    private void Load(string table, Snapshot snapshot, SnapshotColumn[] shared, string? key, CancellationToken ct)
    {
        connection.Execute($"CREATE TEMP TABLE {table} (key VARCHAR, hash BLOB)");
        int[] places = [.. shared.Select(column => PlaceOf(snapshot, column.Key))];
        var keyPlace = key is null ? -1 : PlaceOf(snapshot, key);
        var cells = new byte[1024];
        using var appender = connection.CreateAppender(table);
        foreach (var row in snapshots.Read(snapshot))
        {
            ct.ThrowIfCancellationRequested();
            var hash = HashOf(row, places, ref cells);
            var name = keyPlace < 0 ? Convert.ToHexString(hash) : NameOf(row[keyPlace]);
            appender.CreateRow().AppendValue(name).AppendValue(hash.AsSpan()).EndRow();
        }
    }

    private static int PlaceOf(Snapshot snapshot, string column) =>
        snapshot.Columns.Select(c => c.Key).ToList().IndexOf(column);

    private static string NameOf(CellValue key) => key.IsNull ? "" : key.AsText;

    private static byte[] HashOf(CellValue[] row, int[] places, ref byte[] buffer)
    {
        var used = 0;
        foreach (var place in places)
        {
            var longest = ContentHash.Longest(row[place]);
            if (used + longest > buffer.Length) Array.Resize(ref buffer, 2 * (used + longest));
            used += ContentHash.Write(row[place], buffer.AsSpan(used));
        }

        return SHA256.HashData(buffer.AsSpan(0, used));
    }
}
