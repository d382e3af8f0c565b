using System.Runtime.InteropServices;

namespace CountingKit.Adapters;

/// <summary>What DuckDB and SQLite take from the C library.</summary>
public static class NativeMemory
{
    /// <summary>M_ARENA_MAX of glibc's malloc.h.</summary>
    private const int MostArenas = -8;

    /// <summary>M_MMAP_THRESHOLD.</summary>
    private const int LeastOfItsOwn = -3;

    /// <summary>
    /// To be called before there are many threads: by default glibc keeps free memory apart for up to eight threads a
    /// processor, and each share grows to the most that any thread ever needed. Two shares stay small over months.
    /// What the runtime made before this is called stays; <c>MALLOC_ARENA_MAX</c>, where it is set, came before all.
    /// Blocks of 128 KB and more go back to the system as soon as they are free: left alone, glibc raises that limit to the
    /// largest block it ever saw.
    /// </summary>
    public static void KeepTogether() => Ask(() =>
    {
        if (Environment.GetEnvironmentVariable("MALLOC_ARENA_MAX") is null) _ = SetOption(MostArenas, 2);
        _ = SetOption(LeastOfItsOwn, 128 * 1024);
    });

    /// <summary>What is free in all shares goes back to the system, also from between what is in use.</summary>
    public static void GiveBack() => Ask(() => _ = Trim(0));

    private static void Ask(Action glibc)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            glibc();
        }
        catch (Exception other) when (other is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library, such as musl, which keeps no shares.
        }
    }

    [DllImport("libc.so.6", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);

    [DllImport("libc.so.6", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint kept);
}
