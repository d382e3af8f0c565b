using System.Security.Cryptography;
using CountingKit.Datasets;
using CountingKit.Mirror;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// Typed columns of each segment, as Parquet: <c>{segment}.{layout}.{hash of the file}.parquet</c>. Made by the one
/// record reader, made again when it is missing or damaged, never the truth. A file's time is that of its last use: what
/// was not used for some days (of an older catalogue, of a segment that is in a base by now, or is gone) is removed.
/// </summary>
internal sealed class SegmentCache(MirrorFolder folder, DuckDbInstance duckDb, MirrorOptions options, TimeProvider time)
{
    private const int HashInName = 16;

    /// <summary>Typed rows that DuckDB holds at once while a cache is made: a segment can have millions.</summary>
    private const int PartRows = 4096;

    /// <summary>A part is held a few times over: as a table, as columns to be compressed, and by each thread.</summary>
    private const int PartsInMemory = 32;

    /// <summary>Longer than any run takes; what is wanted later all the same is made again in seconds.</summary>
    private static readonly TimeSpan UnusedFor = TimeSpan.FromDays(2);

    private static readonly TimeSpan SweepEvery = TimeSpan.FromDays(1);

    private readonly Lock building = new();

    /// <summary>When each connection's caches were swept last by this process.</summary>
    private readonly Dictionary<Guid, DateTimeOffset> swept = [];

    /// <summary>A part at most, unless it is one record: few texts can be long, or all.</summary>
    private readonly long partBytes = options.MemoryBytes / PartsInMemory;

    /// <summary>The cache's path for each segment, in the order in which segments succeed each other.</summary>
    /// <exception cref="MirrorDamagedException">A segment is missing or not what its name says.</exception>
    public SegmentFiles FilesOf(Source source, IEnumerable<Segment> segments, CancellationToken ct)
    {
        var ordered = InOrder(segments);
        var layout = new CacheLayout(source.Resource);
        var paths = new List<string>();
        foreach (var segment in ordered)
        {
            ct.ThrowIfCancellationRequested();
            SegmentReader.Verify(folder.SegmentPath(source, segment.Hash));
            lock (building) paths.Add(Used(Find(source, segment, layout) ?? Build(source, segment, layout, ct)));
        }

        lock (building) Sweep(source.ConnectionId);

        return new(paths, ordered.Sum(segment => segment.Versions));
    }

    /// <summary>Later ones win; what stands before a base is in it.</summary>
    public static IReadOnlyList<Segment> InOrder(IEnumerable<Segment> segments)
    {
        var ordered = segments.OrderBy(segment => segment.Sequence).ThenBy(segment => segment.IsBase).ToList();
        var start = ordered.FindLastIndex(segment => segment.IsBase);
        return start > 0 ? ordered[start..] : ordered;
    }

    private string Used(string path)
    {
        File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        return path;
    }

    private void Sweep(Guid connectionId)
    {
        var now = time.GetUtcNow();
        if (swept.TryGetValue(connectionId, out var last) && now < last + SweepEvery) return;
        swept[connectionId] = now;
        foreach (var path in folder.EveryTyped(connectionId))
            if (File.GetLastWriteTimeUtc(path) < (now - UnusedFor).UtcDateTime) File.Delete(path);
    }

    private string? Find(Source source, Segment segment, CacheLayout layout)
    {
        var pattern = $"{segment.Hash}.{layout.Version}.*.parquet";
        foreach (var path in Directory.EnumerateFiles(folder.Typed(source.ConnectionId, segment.Hash), pattern))
        {
            if (HashOf(path) == path.Split('.')[^2]) return path;
            File.Delete(path);
        }

        return null;
    }

    private string Build(Source source, Segment segment, CacheLayout layout, CancellationToken ct)
    {
        var typed = folder.Typed(source.ConnectionId, segment.Hash);
        var unfinished = MirrorFolder.UnfinishedPath(typed);
        var parts = new List<string>();
        try
        {
            using var connection = duckDb.Open();
            using var versions = SegmentReader.Read(folder.SegmentPath(source, segment.Hash)).GetEnumerator();
            var (ordinal, groupRows) = (0L, PartRows);
            for (var isLast = false; !isLast;)
            {
                connection.Execute(layout.CreateTable("typed"));
                int appended;
                using (var appender = connection.CreateAppender("typed"))
                    (appended, isLast) = AppendPart(appender, layout, versions, ordinal, ct);
                parts.Add(MirrorFolder.UnfinishedPath(typed));
                Copy(connection, "typed", parts[^1], PartRows);
                ordinal += appended;
                if (!isLast) groupRows = Math.Min(groupRows, appended);
            }

            // Groups of as few rows as the part with the longest texts: whoever reads the cache holds one of them.
            Copy(connection, $"(SELECT * FROM {LatestVersions.Scan(parts)})", unfinished, groupRows);
            var path = Path.Combine(typed, $"{segment.Hash}.{layout.Version}.{HashOf(unfinished)}.parquet");
            File.Move(unfinished, path, overwrite: true);
            return path;
        }
        finally
        {
            parts.ForEach(File.Delete);
            File.Delete(unfinished);
        }
    }

    private static void Copy(DuckDBConnection connection, string from, string to, int groupRows) => connection.Execute(
        $"COPY {from} TO {Sql.Text(to)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {groupRows})");

    private (int Appended, bool IsLast) AppendPart(
        DuckDBAppender appender, CacheLayout layout, IEnumerator<RecordVersion> versions, long ordinal, CancellationToken ct)
    {
        var reader = layout.Reader();
        var cells = new CellValue[layout.Count];
        var unreadable = new bool[layout.Count];
        long bytes = 0;
        for (var appended = 0; ; appended++)
        {
            ct.ThrowIfCancellationRequested();
            if (appended == PartRows || bytes >= partBytes) return (appended, false);
            if (!versions.MoveNext()) return (appended, true);
            var version = versions.Current;
            var isWhole = version.IsDeleted || reader.Read(version.Json.Span, cells, unreadable);
            if (version.IsDeleted) Array.Clear(cells);
            var row = appender.CreateRow()
                .AppendValue(version.Key).AppendValue((long?)(ordinal + appended)).AppendValue((bool?)version.IsDeleted)
                .AppendValue(version.Hash.ToArray());
            row = isWhole ? row.AppendNullValue() : row.AppendValue(layout.Names(unreadable));
            var width = CacheLayout.Width(cells);
            row = row.AppendValue((long?)width);
            layout.Append(row, cells);
            row.EndRow();
            bytes += width + (layout.Count * RankedRows.BytesOfCell);
        }
    }

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file))[..HashInName];
    }
}
