namespace CountingKit.Adapters.Mirror;

/// <summary>
/// Where DuckDB puts what does not fit into its memory. A lock file says that its process lives; folders of processes
/// that died are removed by the next one.
/// </summary>
internal sealed class SpillFolder : IDisposable
{
    private const string LockName = "in-use";

    private readonly FileStream inUse;

    public SpillFolder(string parent)
    {
        Directory.CreateDirectory(parent);
        foreach (var folder in Directory.EnumerateDirectories(parent)) RemoveIfDead(folder);
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, Guid.CreateVersion7().ToString("N"))).FullName;
        inUse = new(System.IO.Path.Combine(Path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    }

    public string Path { get; }

    /// <summary>False = it went with the mirror's folder.</summary>
    public bool IsThere => Directory.Exists(Path);

    public void Dispose()
    {
        inUse.Dispose();
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }

    private static void RemoveIfDead(string folder)
    {
        try
        {
            var path = System.IO.Path.Combine(folder, LockName);
            using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // In use by a process that lives, or just being made or removed by another one: theirs to remove.
        }
    }
}
