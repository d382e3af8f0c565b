namespace CountingKit.Testing;

/// <summary>A folder of a test's own, among the system's temporary ones; gone with what is in it when disposed.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("countingkit-").FullName;

    public string Path { get; }

    /// <summary>The path of a file or folder in it, which need not be there.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <param name="to">Made where it is missing.</param>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, System.IO.Path.Combine(to, System.IO.Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, System.IO.Path.Combine(to, System.IO.Path.GetFileName(folder)));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
