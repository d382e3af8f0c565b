using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// A version's number is the place of its file among the files at hand (later files win), then its place in the file:
/// the greatest number of a key is its latest version.
/// </summary>
internal static class LatestVersions
{
    /// <summary>The number of a version in a scan of <c>read_parquet</c> that is called so.</summary>
    public static string Number(string scan) => $"(({scan}.file_index::BIGINT << 40) | {scan}.ordinal)";

    public static string Scan(IEnumerable<string> caches) =>
        $"read_parquet([{string.Join(", ", caches.Select(Sql.Text))}])";

    /// <summary>Keys that are grouped at once: memory is theirs, however many files and records there are.</summary>
    private const long KeysAtOnce = 50_000;

    /// <summary>
    /// Makes a temporary table of the latest version of each key that is not deleted: its number, and what else is
    /// wanted. All files are one scan, read one after another, and keys are taken in parts by their hash. (A scan per
    /// file in one query holds every file's buffers and, per file and thread, a table of its own to group by.)
    /// </summary>
    /// <param name="columns">Of the table, after the number: <c>key</c>, <c>hash</c>, or nothing.</param>
    /// <param name="sources">Their indexes.</param>
    /// <param name="withDeleted">True = the latest version of deleted records too.</param>
    public static void Make(
        DuckDBConnection connection, string table, string[] columns, IReadOnlyList<SegmentFiles> sources,
        CancellationToken ct, bool withDeleted = false)
    {
        string[] types = [.. columns.Select(column => column == "hash" ? "hash BLOB" : "key VARCHAR")];
        connection.Execute($"CREATE TEMP TABLE {table} ({string.Join(", ", ["version BIGINT", .. types])})");
        long first = 0;
        foreach (var source in sources.Where(source => source.Caches.Count > 0))
        {
            var wanted = columns.Select(column => column == "hash" ? "max_by(v.hash, v.version)" : "v.key");
            var parts = (source.Versions + KeysAtOnce - 1) / KeysAtOnce;
            for (var part = 0; part < parts; part++)
            {
                ct.ThrowIfCancellationRequested();
                connection.Execute($"""
                    INSERT INTO {table}
                    SELECT {string.Join(", ", ["max(v.version)", .. wanted])}
                    FROM (SELECT p.key, p.hash, p.deleted, {Number("p")} + ({first}::BIGINT << 40) AS version
                        FROM {Scan(source.Caches)} p WHERE hash(p.key) % {parts} = {part}) v
                    GROUP BY v.key {(withDeleted ? "" : "HAVING NOT max_by(v.deleted, v.version)")}
                    """);
            }

            first += source.Caches.Count;
        }
    }
}

/// <summary>What DuckDB reads of one source: a table of each of its segments, later ones last.</summary>
/// <param name="Versions">Records in the segments, deleted ones too.</param>
internal sealed record SegmentFiles(IReadOnlyList<string> Caches, long Versions);

/// <param name="Index">Which versions there are.</param>
/// <param name="Rows">The rows that a dataset makes of them, file by file in the same order.</param>
internal sealed record DatasetFiles(SegmentFiles Index, SegmentFiles Rows);
