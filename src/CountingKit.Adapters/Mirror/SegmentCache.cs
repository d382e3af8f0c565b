using System.Diagnostics;
using System.Security.Cryptography;
using CountingKit.Mirror;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// An index of each segment, and typed columns for each dataset that is made from it, as Parquet:
/// <c>{segment}.{table's version}.{hash of the file}.parquet</c>. Made again when it is missing or damaged, never the truth.
/// A file's time is that of its last use: what was not used for some days (of an older catalogue, of a segment that is in a
/// base by now, or is gone) is removed.
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

    private readonly SegmentIndex index = new();
    private readonly Lock building = new();

    /// <summary>When each connection's caches were swept last by this process.</summary>
    private readonly Dictionary<Guid, DateTimeOffset> swept = [];

    /// <summary>A part at most, unless it is one record: few texts can be long, or all.</summary>
    private readonly long partBytes = options.MemoryBytes / PartsInMemory;

    /// <summary>Which versions there are.</summary>
    /// <inheritdoc cref="FilesOf(Source, IEnumerable{Segment}, SegmentTable[], CancellationToken)" path="/exception"/>
    public SegmentFiles IndexOf(Source source, IEnumerable<Segment> segments, CancellationToken ct) =>
        FilesOf(source, segments, [index], ct)[0];

    /// <summary>Which versions there are, and their rows of a dataset.</summary>
    /// <inheritdoc cref="FilesOf(Source, IEnumerable{Segment}, SegmentTable[], CancellationToken)" path="/exception"/>
    public DatasetFiles FilesOf(Source source, IEnumerable<Segment> segments, CacheLayout rows, CancellationToken ct) =>
        FilesOf(source, segments, [index, rows], ct) is [var versions, var typed] ? new(versions, typed) : throw new UnreachableException();

    /// <summary>For each table its files, in the order in which segments succeed each other.</summary>
    /// <exception cref="MirrorDamagedException">A segment is missing or not what its name says.</exception>
    private SegmentFiles[] FilesOf(
        Source source, IEnumerable<Segment> segments, SegmentTable[] tables, CancellationToken ct)
    {
        var ordered = InOrder(segments);
        var paths = Array.ConvertAll(tables, _ => new List<string>());
        foreach (var segment in ordered)
        {
            ct.ThrowIfCancellationRequested();
            SegmentReader.Verify(folder.SegmentPath(source, segment.Hash));
            lock (building)
                for (var i = 0; i < tables.Length; i++)
                    paths[i].Add(Used(Find(source, segment, tables[i]) ?? Build(source, segment, tables[i], ct)));
        }

        lock (building) Sweep(source.ConnectionId);

        return Array.ConvertAll(paths, files => new SegmentFiles(files, ordered.Sum(segment => segment.Versions)));
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

    private string? Find(Source source, Segment segment, SegmentTable table)
    {
        var pattern = $"{segment.Hash}.{table.Version}.*.parquet";
        foreach (var path in Directory.EnumerateFiles(folder.Typed(source.ConnectionId, segment.Hash), pattern))
        {
            if (HashOf(path) == path.Split('.')[^2]) return path;
            File.Delete(path);
        }

        return null;
    }

    private string Build(Source source, Segment segment, SegmentTable table, CancellationToken ct)
    {
        var typed = folder.Typed(source.ConnectionId, segment.Hash);
        var unfinished = MirrorFolder.UnfinishedPath(typed);
        var parts = new List<string>();
        try
        {
            using var connection = duckDb.Open();
            DuckDBAppender? appender = null;
            using var rows = table.Append(SegmentReader.Read(folder.SegmentPath(source, segment.Hash)), () => appender!.CreateRow())
                .GetEnumerator();
            var groupRows = PartRows;
            for (var isLast = false; !isLast;)
            {
                connection.Execute(table.CreateTable("typed"));
                int appended;
                using (appender = connection.CreateAppender("typed")) (appended, isLast) = AppendPart(rows, ct);
                parts.Add(MirrorFolder.UnfinishedPath(typed));
                Copy(connection, "typed", parts[^1], PartRows);
                if (!isLast) groupRows = Math.Min(groupRows, appended);
            }

            // Groups of as few rows as the part with the longest texts: whoever reads the cache holds one of them.
            Copy(connection, $"(SELECT * FROM {LatestVersions.Scan(parts)})", unfinished, groupRows);
            var path = Path.Combine(typed, $"{segment.Hash}.{table.Version}.{HashOf(unfinished)}.parquet");
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

    private (int Appended, bool IsLast) AppendPart(IEnumerator<long> rows, CancellationToken ct)
    {
        long bytes = 0;
        for (var appended = 0; ; appended++)
        {
            ct.ThrowIfCancellationRequested();
            if (appended == PartRows || bytes >= partBytes) return (appended, false);
            if (!rows.MoveNext()) return (appended, true);
            bytes += rows.Current;
        }
    }

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file))[..HashInName];
    }
}
