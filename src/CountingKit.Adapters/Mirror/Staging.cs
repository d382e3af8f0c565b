using CountingKit.Mirror;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// One sync's comparison: what is known (key and hash of each record, narrow, in DuckDB) against page after page. Only
/// one page's records are in memory at a time.
/// </summary>
internal sealed class Staging
{
    private readonly RecordHash recordHash;
    private readonly DuckDBConnection connection;
    private readonly SegmentWriter writer;
    private readonly long sequence;

    /// <param name="passing">Members of the records that make no other version.</param>
    public Staging(
        DuckDBConnection connection, SegmentFiles known, SegmentWriter writer, long sequence, IReadOnlyList<string> passing,
        CancellationToken ct)
    {
        recordHash = new(passing);
        (this.connection, this.writer, this.sequence) = (connection, writer, sequence);
        LatestVersions.Make(connection, "known", ["key", "hash"], [known], ct);
        connection.Execute("CREATE TEMP TABLE seen (key VARCHAR, hash BLOB)");
    }

    public void Take(SourcePage page)
    {
        var records = LastOfEachKey(page.Records);
        var hashes = records.ConvertAll(record => recordHash.Compute(record.Json.Span));
        connection.Execute("CREATE OR REPLACE TEMP TABLE page (place INTEGER, key VARCHAR, hash BLOB)");
        using (var appender = connection.CreateAppender("page"))
        {
            for (var i = 0; i < records.Count; i++)
                appender.CreateRow()
                    .AppendValue((int?)i).AppendValue(records[i].Key).AppendValue(hashes[i].AsSpan()).EndRow();
        }

        foreach (var place in PlacesOfChanged())
        {
            var (key, updated, json) = records[place];
            writer.Add(new(key, updated, sequence, false, hashes[place], json));
        }

        connection.Execute(
            "UPDATE seen SET hash = page.hash FROM page WHERE seen.key = page.key AND seen.hash <> page.hash");
        connection.Execute("INSERT INTO seen SELECT key, hash FROM page ANTI JOIN seen USING (key)");
    }

    /// <summary>After the last page of a full pass: what was not among them is gone.</summary>
    /// <returns>How many.</returns>
    public long MarkMissing()
    {
        var missing = 0;
        foreach (var row in connection.Rows("SELECT key FROM known ANTI JOIN seen USING (key) ORDER BY key"))
        {
            writer.Add(new(row.GetString(0), null, sequence, true, default, default));
            missing++;
        }

        return missing;
    }

    public long Read => connection.Number("SELECT count(*) FROM seen");

    public long Added => connection.Number("SELECT count(*) FROM seen ANTI JOIN known USING (key)");

    public long Different =>
        connection.Number("SELECT count(*) FROM seen JOIN known USING (key) WHERE seen.hash <> known.hash");

    private List<int> PlacesOfChanged() =>
    [
        .. connection.Rows("""
            SELECT p.place FROM page p LEFT JOIN known k ON k.key = p.key LEFT JOIN seen s ON s.key = p.key
            WHERE coalesce(s.hash, k.hash) IS DISTINCT FROM p.hash ORDER BY p.place
            """).Select(row => row.GetInt32(0)),
    ];

    private static List<SourceRecord> LastOfEachKey(IReadOnlyList<SourceRecord> records)
    {
        var places = new Dictionary<string, int>(records.Count);
        for (var i = 0; i < records.Count; i++) places[records[i].Key] = i;
        return [.. records.Where((record, i) => places[record.Key] == i)];
    }
}
