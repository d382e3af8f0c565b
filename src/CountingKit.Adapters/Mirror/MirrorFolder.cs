using CountingKit.EventSourcing;
using CountingKit.Mirror;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// Where the mirror's files lie: <c>{connection}/segments/{hash}.segment</c>,
/// <c>{connection}/typed/{two digits}/{hash}.*.parquet</c> (a cache of segments, made again when it is missing; looked
/// for by a part of its name, so in folders that stay small), and <c>{connection}/snapshots/{hash}.rows</c>.
/// </summary>
/// <param name="flush">Makes a folder's names durable; null = <see cref="FolderFlush"/>.</param>
/// <param name="binding">Null = whatever is there is the mirror.</param>
internal sealed class MirrorFolder(
    MirrorOptions options, TimeProvider time, Action<string>? flush = null, MirrorBinding? binding = null)
{
    private const string Unfinished = ".unfinished";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>No write takes as long: what is older was left by a process that died.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromDays(1);

    private readonly DiskPatience disk = new(Timeout);

    /// <summary>Taken only by whom nobody waits for without end.</summary>
    private readonly Lock opening = new();
    private readonly HashSet<string> opened = [];
    private bool begun;
    private Guid? installation;
    private readonly Action<string> flush = flush ?? FolderFlush.Flush;

    public string Root { get; } = Path.TrimEndingDirectorySeparator(options.Path);

    /// <summary>
    /// Makes the root, or knows it again. A root that was there was moved away, or its disk is not mounted: it may come
    /// back, so nothing is made in its place, and it is looked for each time.
    /// </summary>
    /// <exception cref="FolderGoneException">
    /// It was there and is not any more, is another one, cannot be read, or does not answer.
    /// </exception>
    public void Begin() => Answered(IsBegun);

    /// <summary>It is there, and known: until then nothing is made in a place that may be another's.</summary>
    /// <exception cref="FolderGoneException"><see cref="Begin"/>; or the log has not named the installation yet.</exception>
    public void Require() => Answered(Required);

    /// <inheritdoc cref="MirrorBinding.Renew"/>
    public bool Renew() => Answered(() =>
        binding?.Renew(Root, Make) ?? throw new InvalidOperationException("No vault knows this mirror."));

    public string Segments(Guid connectionId) => Folder(connectionId, "segments");

    public string Snapshots(Guid connectionId) => Folder(connectionId, "snapshots");

    /// <summary>Where the caches of the segment lie, with those of some others.</summary>
    public string Typed(Guid connectionId, string segmentHash) =>
        Folder(connectionId, Path.Combine("typed", Checked(segmentHash)[..2]));

    /// <summary>The caches of all segments of the connection, of whatever catalogue, and what crashed writes left of such.</summary>
    public IEnumerable<string> EveryTyped(Guid connectionId) =>
        Directory.EnumerateFiles(Folder(connectionId, "typed"), "*", SearchOption.AllDirectories);

    public string SegmentPath(Source source, string hash) =>
        Path.Combine(Segments(source.ConnectionId), $"{Checked(hash)}.segment");

    public string SnapshotPath(Guid connectionId, string hash) =>
        Path.Combine(Snapshots(connectionId), $"{Checked(hash)}.rows");

    /// <summary>A name in that folder that nobody else uses, for a file on its way.</summary>
    public static string UnfinishedPath(string folder) =>
        Path.Combine(folder, $"{Guid.CreateVersion7():N}{Unfinished}");

    /// <summary>A folder whose way from the root is durable, so that what is kept in it is.</summary>
    private string Folder(Guid connectionId, string kind)
    {
        var path = Path.Combine(Root, connectionId.ToString("N"), kind);
        return Answered(() =>
        {
            _ = Required();
            Open(path);
            return path;
        });
    }

    /// <exception cref="FolderGoneException">As said, or the disk does not answer.</exception>
    private T Answered<T>(Func<T> look)
    {
        try
        {
            return disk.Look(() =>
            {
                lock (opening) return look();
            });
        }
        catch (TimeoutException)
        {
            throw new FolderGoneException(Root, "does not answer, or the database does not");
        }
    }

    /// <returns>False = the log has not named the installation yet.</returns>
    private bool IsBegun()
    {
        if (begun && (binding is null ? Directory.Exists(Root) : MirrorBinding.Marked(Root) == installation)) return true;
        if (begun && binding is null) throw new FolderGoneException(Root);
        begun = false;
        opened.Clear(); // They need not be in the one that comes back.
        installation = binding?.Claim(Root, Make);
        Make(Root);
        RemoveUnfinished(Root);
        return begun = binding is null || installation is not null;
    }

    private bool Required() =>
        IsBegun() ? true : throw new FolderGoneException(Root, "is not used before the log has named the installation");

    /// <summary>
    /// Once per process and folder, though it be there: another process may have died between making and flushing it. Again
    /// where it is not: a copy that was put back may lack empty ones.
    /// </summary>
    private void Open(string path)
    {
        if (path == Root || (opened.Contains(path) && Directory.Exists(path))) return;
        var parent = Path.GetDirectoryName(path)!;
        Open(parent);
        Directory.CreateDirectory(path);
        flush(parent);
        RemoveUnfinished(path);
        opened.Add(path);
    }

    /// <summary>What crashed writes left in the folder; nothing ever reads it. Folder by folder, since the whole grows.</summary>
    private void RemoveUnfinished(string folder)
    {
        var before = (time.GetUtcNow() - LongestWrite).UtcDateTime;
        foreach (var path in Directory.EnumerateFiles(folder, $"*{Unfinished}"))
            if (File.GetLastWriteTimeUtc(path) < before) File.Delete(path);
    }

    private void Make(string path)
    {
        if (Directory.Exists(path)) return;
        var parent = Path.GetDirectoryName(path)!;
        Make(parent);
        Directory.CreateDirectory(path);
        flush(parent);
    }

    private static string Checked(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)
        ? hash
        : throw new MirrorDamagedException("A file of the mirror is called by something that is not a hash.");
}
