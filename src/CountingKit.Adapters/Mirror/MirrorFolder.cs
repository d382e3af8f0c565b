using CountingKit.Runs;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// Where the mirror's files lie: <c>{connection}/segments/{hash}.segment</c>, beside each segment its
/// <c>{hash}.*.parquet</c> (a cache, made again when it is missing), and <c>{connection}/snapshots/{hash}.rows</c>.
/// </summary>
internal sealed class MirrorFolder(MirrorOptions options, TimeProvider time)
{
    private const string Unfinished = ".unfinished";

    /// <summary>No write takes as long: what is older was left by a process that died.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromDays(1);

    private readonly Lock sweeping = new();
    private bool swept;

    public string Root => options.Path;

    public string Segments(Guid connectionId) => Folder(connectionId, "segments");

    public string Snapshots(Guid connectionId) => Folder(connectionId, "snapshots");

    public string SegmentPath(Source source, string hash) =>
        Path.Combine(Segments(source.ConnectionId), $"{Checked(hash)}.segment");

    public string SnapshotPath(Guid connectionId, string hash) =>
        Path.Combine(Snapshots(connectionId), $"{Checked(hash)}.rows");

    /// <summary>A name in that folder that nobody else uses, for a file on its way.</summary>
    public static string UnfinishedPath(string folder) =>
        Path.Combine(folder, $"{Guid.CreateVersion7():N}{Unfinished}");

    private string Folder(Guid connectionId, string kind)
    {
        Sweep();
        return Directory.CreateDirectory(Path.Combine(Root, connectionId.ToString("N"), kind)).FullName;
    }

    /// <summary>
    /// Once per process: removes what crashed writes left behind. Nothing ever reads an unfinished file.
    /// </summary>
    private void Sweep()
    {
        lock (sweeping)
        {
            if (swept) return;
            Directory.CreateDirectory(Root);
            var before = (time.GetUtcNow() - LongestWrite).UtcDateTime;
            foreach (var path in Directory.EnumerateFiles(Root, $"*{Unfinished}", SearchOption.AllDirectories))
                if (File.GetLastWriteTimeUtc(path) < before) File.Delete(path);
            swept = true;
        }
    }

    private static string Checked(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)
        ? hash
        : throw new MirrorDamagedException("A file of the mirror is called by something that is not a hash.");
}
