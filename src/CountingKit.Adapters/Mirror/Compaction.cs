using CountingKit.Mirror;

namespace CountingKit.Adapters.Mirror;

/// <summary>Copies the latest version of each record, byte for byte, into one base, file by file in one pass.</summary>
internal static class Compaction
{
    public static Segment Run(
        MirrorFolder folder, DuckDbInstance duckDb, SegmentCache cache, Source source, IReadOnlyList<Segment> current,
        CancellationToken ct)
    {
        if (current.Count == 0) throw new ArgumentException("There is nothing to make a base of.");
        var segments = SegmentCache.InOrder(current);
        var files = cache.IndexOf(source, segments, ct);
        using var connection = duckDb.Open();
        using var writer = new SegmentWriter(folder.Segments(source.ConnectionId), isBase: true);
        LatestVersions.Make(connection, "latest", [], [files], ct, withDeleted: true);
        for (var place = 0; place < segments.Count; place++)
        {
            using var wanted = connection.Rows(
                "SELECT version & ((1::BIGINT << 40) - 1) FROM latest WHERE version >> 40 = ? ORDER BY 1", place)
                .Select(row => row.GetInt64(0)).GetEnumerator();
            Copy(folder.SegmentPath(source, segments[place].Hash), wanted, writer, ct);
        }

        return writer.Keep(folder, source, current.Max(segment => segment.Sequence));
    }

    private static void Copy(string path, IEnumerator<long> wanted, SegmentWriter writer, CancellationToken ct)
    {
        long ordinal = 0;
        if (!wanted.MoveNext()) return;
        foreach (var version in SegmentReader.Read(path))
        {
            ct.ThrowIfCancellationRequested();
            if (ordinal++ != wanted.Current) continue;
            writer.Add(version);
            if (!wanted.MoveNext()) return;
        }
    }
}
