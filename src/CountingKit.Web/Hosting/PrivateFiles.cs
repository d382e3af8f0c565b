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

    /// <summary>For the mirror, which may be large and on a disk that does not answer.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly EnumerationOptions Beneath = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Whatever this process and its children make from now on, whoever makes it.</summary>
    public static void FromNowOn()
    {
        if (!OperatingSystem.IsWindows()) _ = Mask(OthersNothing);
    }

    /// <summary>What an earlier version left readable, or somebody who put back a copy.</summary>
    /// <exception cref="SettingException">A file belongs to another user.</exception>
    public static void Of(StorageOptions storage, string root)
    {
        if (OperatingSystem.IsWindows()) return;
        if (PathOf(storage.EventStore) is { } log)
        {
            var folder = Path.GetDirectoryName(log)!;
            CloseFiles("EventStore__ConnectionString", folder, $"{Path.GetFileName(log)}*");
            if (HasNothingElse(folder, log)) CloseFolder("EventStore__ConnectionString", folder);
        }

        if (PathOf(storage.Database) is { } tables)
        {
            CloseFolder("Database__ConnectionString", tables);
            CloseFiles("Database__ConnectionString", tables, "*.db*");
        }

        var mirror = Path.GetFullPath(storage.Mirror.Path, root);
        Meanwhile(
            "Mirror__Path",
            () =>
            {
                if (!OperatingSystem.IsWindows()) CloseAll("Mirror__Path", mirror);
            },
            Timeout, Console.Error.WriteLine);

        string? PathOf(string connection) => connection.StartsWith("sqlite:", StringComparison.Ordinal)
            ? Path.GetFullPath(connection["sqlite:".Length..], root)
            : null;
    }

    /// <summary>The start waits for it for a while, and then goes on beside it: pages are served without the mirror.</summary>
    /// <param name="tell">Takes what only the operator can see to by then, in one line.</param>
    internal static void Meanwhile(string setting, Action close, TimeSpan patience, Action<string> tell)
    {
        var closing = Task.Factory.StartNew(close, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (Task.WaitAny([closing], patience) >= 0)
        {
            closing.GetAwaiter().GetResult();
            return;
        }

        tell($"{setting} names a folder that is large or slow: its files are still being closed to other users.");
        closing.ContinueWith(
            failed => tell(failed.Exception!.InnerException!.Message),
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>The log has the folder to itself; any other may be anybody's, such as <c>/tmp</c>.</summary>
    private static bool HasNothingElse(string folder, string log) =>
        File.Exists(log)
        && Directory.EnumerateFileSystemEntries(folder).All(entry => entry.StartsWith(log, StringComparison.Ordinal));

    private static SettingException CannotBeWritten(string setting) =>
        new(setting, "names a read-only volume: the portal must be able to write there.");

    /// <summary>A folder of another user, such as a mounted volume, stays as it is: what is in it is closed all the same.</summary>
    /// <returns>Whether nobody else gets into it.</returns>
    [UnsupportedOSPlatform("windows")]
    private static bool CloseFolder(string setting, string folder)
    {
        if (!Directory.Exists(folder)) return false;
        try
        {
            File.SetUnixFileMode(folder, FolderMode);
            return true;
        }
        catch (IOException failed) when (failed.HResult == ReadOnly)
        {
            throw CannotBeWritten(setting);
        }
        catch (UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{setting} names a folder of another user: it stays as open as it is.");
            return false;
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void CloseFiles(string setting, string folder, string pattern) =>
        Close(setting, folder, kept => kept.EnumerateFiles(pattern), isClosed: false);

    [UnsupportedOSPlatform("windows")]
    private static void CloseAll(string setting, string folder)
    {
        var isClosed = CloseFolder(setting, folder);
        Close(setting, folder, kept => kept.EnumerateFileSystemInfos("*", Beneath), isClosed);
    }

    /// <param name="isClosed">Nobody else gets into the folder: what another user owns in it may stay as it is.</param>
    [UnsupportedOSPlatform("windows")]
    private static void Close(
        string setting, string folder, Func<DirectoryInfo, IEnumerable<FileSystemInfo>> entries, bool isClosed)
    {
        if (!Directory.Exists(folder)) return;
        try
        {
            foreach (var entry in entries(new DirectoryInfo(folder))) Close(entry, isClosed);
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
    private static void Close(FileSystemInfo entry, bool isClosed)
    {
        try
        {
            File.SetUnixFileMode(entry.FullName, entry is DirectoryInfo ? FolderMode : FileMode);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another process has deleted it since it was listed, such as the side file of a database.
        }
        catch (UnauthorizedAccessException) when (isClosed)
        {
            // Only this user gets as far as there.
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Mask(uint mode);
}
