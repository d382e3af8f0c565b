using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace CountingKit.Web.Hosting;

/// <summary>What the portal keeps is for its own user alone: folders 0700, files 0600, SQLite's side files too.</summary>
internal static class PrivateFiles
{
    private const uint OthersNothing = 0b000_111_111;

    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The system's number for a file system that takes no change (EROFS), as .NET hands it on.</summary>
    private const int ReadOnly = 30;

    /// <summary>Whatever this process and its children make from now on, whoever makes it.</summary>
    public static void FromNowOn()
    {
        if (!OperatingSystem.IsWindows()) _ = Mask(OthersNothing);
    }

    /// <summary>What an earlier version left readable. What lies in a folder that is closed needs no mode of its own.</summary>
    /// <exception cref="SettingException">A file belongs to another user.</exception>
    public static void Of(StorageOptions storage, string root)
    {
        if (OperatingSystem.IsWindows()) return;
        if (PathOf(storage.EventStore) is { } log)
            CloseFiles("EventStore__ConnectionString", Path.GetDirectoryName(log)!, $"{Path.GetFileName(log)}*");
        if (PathOf(storage.Database) is { } tables)
        {
            CloseFolder("Database__ConnectionString", tables);
            CloseFiles("Database__ConnectionString", tables, "*.db*");
        }

        CloseFolder("Mirror__Path", Path.GetFullPath(storage.Mirror.Path, root));

        string? PathOf(string connection) => connection.StartsWith("sqlite:", StringComparison.Ordinal)
            ? Path.GetFullPath(connection["sqlite:".Length..], root)
            : null;
    }

    private static SettingException CannotBeWritten(string setting) =>
        new(setting, "names a read-only volume: the portal must be able to write there.");

    /// <summary>A folder of another user, such as a mounted volume, stays as it is: what is in it is closed all the same.</summary>
    [UnsupportedOSPlatform("windows")]
    private static void CloseFolder(string setting, string folder)
    {
        if (!Directory.Exists(folder)) return;
        try
        {
            File.SetUnixFileMode(folder, FolderMode);
        }
        catch (IOException failed) when (failed.HResult == ReadOnly)
        {
            throw CannotBeWritten(setting);
        }
        catch (UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{setting} names a folder of another user: it stays as open as it is.");
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void CloseFiles(string setting, string folder, string pattern)
    {
        if (!Directory.Exists(folder)) return;
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, pattern)) CloseFile(file);
        }
        catch (IOException failed) when (failed.HResult == ReadOnly)
        {
            throw CannotBeWritten(setting);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new SettingException(setting, "names files of another user: others could read what lies there.");
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void CloseFile(string file)
    {
        try
        {
            File.SetUnixFileMode(file, FileMode);
        }
        catch (FileNotFoundException)
        {
            // Another process has deleted it since it was listed, such as the side file of a database.
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Mask(uint mode);
}
