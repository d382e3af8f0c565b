using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace CountingKit.Adapters.Database;

/// <summary>Which file it is, whatever its name: the number on its disk, which none has that is made while it is open.</summary>
internal readonly record struct FileIdentity(ulong Disk, ulong Number)
{
    private const int FromHere = -100; // AT_FDCWD
    private const uint WantNumber = 0x100; // STATX_INO

    /// <returns>
    /// Null = there is none, or the system does not tell: only Linux is asked (statx(2), whose answer is the same on all of its
    /// processors), and on Windows nobody moves or deletes what SQLite has open.
    /// </returns>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var told = new byte[256];
        try
        {
            return Ask(FromHere, Encoding.UTF8.GetBytes($"{path}\0"), 0, WantNumber, told) == 0
                ? new(BinaryPrimitives.ReadUInt64LittleEndian(told.AsSpan(136)), BinaryPrimitives.ReadUInt64LittleEndian(told.AsSpan(32)))
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null; // A C library from before 2018.
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Ask(int folder, byte[] path, int flags, uint wanted, byte[] told);
}
