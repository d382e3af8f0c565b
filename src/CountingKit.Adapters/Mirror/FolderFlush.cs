using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// Makes a folder's names durable. .NET opens no folders, so this asks the C library; Windows journals names by itself.
/// </summary>
internal static class FolderFlush
{
    private const int ReadOnly = 0;

    /// <exception cref="IOException">
    /// The folder could not be flushed: its names may not survive a power cut.
    /// </exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open([.. Encoding.UTF8.GetBytes(folder), 0], ReadOnly);
        if (descriptor < 0) throw Failed(folder);
        try
        {
            if (Sync(descriptor) != 0) throw Failed(folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string folder) =>
        new($"The folder {folder} could not be flushed.", new Win32Exception(Marshal.GetLastPInvokeError()));

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
