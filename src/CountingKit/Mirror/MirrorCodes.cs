namespace CountingKit.Mirror;

/// <summary>What can become of reading an organization's data and of computing over it, by stable code.</summary>
public static class MirrorCodes
{
    public static readonly ErrorCode FileDamaged = new(
        "CK-MIRROR-01", "A file of the stored data is missing or damaged",
        "Run the exporter again: it reads all its data from Xero. If it was a replay, ask whoever looks after this installation to restore the file from a backup.");

    public static readonly ErrorCode MemoryLow = new(
        "CK-MIRROR-02", "There is not enough memory to work through the stored data",
        "Nothing was written. Ask whoever looks after this installation to raise the setting Mirror__MemoryLimit and to start the portal again, then run the exporter again.");

    public static readonly ErrorCode CountsDiffer = new(
        "CK-XERO-DATA-01", "Xero gave fewer records than it said there are",
        "Run the exporter again later. Nothing was written.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } = [FileDamaged, MemoryLow, CountsDiffer];
}
