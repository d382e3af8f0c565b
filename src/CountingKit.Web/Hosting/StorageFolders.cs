namespace CountingKit.Web.Hosting;

/// <summary>The folders that settings name on this machine, each with its setting.</summary>
internal sealed record StorageFolders(IReadOnlyList<(string Setting, string Folder)> All)
{
    private const string Sqlite = "sqlite:";

    public static StorageFolders Of(StorageOptions storage, string root)
    {
        var folders = new List<(string, string)>();
        if (storage.EventStore.StartsWith(Sqlite, StringComparison.Ordinal))
            folders.Add(("EventStore__ConnectionString", Path.GetDirectoryName(Whole(storage.EventStore[Sqlite.Length..]))!));
        if (storage.Database.StartsWith(Sqlite, StringComparison.Ordinal))
            folders.Add(("Database__ConnectionString", Whole(storage.Database[Sqlite.Length..])));
        folders.Add(("Mirror__Path", Whole(storage.Mirror.Path)));
        return new([.. folders.Select(place => (place.Item1, Existing(place.Item2)))]);

        string Whole(string path) => Path.GetFullPath(path, root);
    }

    /// <summary>What is not made yet will be on the disk of what is above it.</summary>
    private static string Existing(string folder)
    {
        while (!Directory.Exists(folder)) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
