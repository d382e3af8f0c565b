namespace CountingKit.Testing;

/// <summary>A folder of a test's own, among the system's temporary ones; gone with what is in it when disposed.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("countingkit-").FullName;

    public string Path { get; }

    /// <summary>The path of a file or folder in it, which need not be there.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
