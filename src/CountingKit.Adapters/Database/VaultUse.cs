namespace CountingKit.Adapters.Database;

/// <summary>
/// Who uses a vault in files holds a lock beside it until it gives it up or its process dies. Both are called under
/// the lock of the migrations only, so nobody begins while somebody removes the vault.
/// </summary>
internal static class VaultUse
{
    // "Somebody holds it", as the systems number it and .NET hands it on.
    private const int HeldOnWindows = unchecked((int)0x8007_0020);
    private const int HeldOnLinux = 11;
    private const int HeldOnMac = 35;

    public static string FileIn(string folder) => Path.Combine(folder, "vault.inuse");

    /// <returns>To be disposed of at the end of the use.</returns>
    /// <exception cref="ArgumentException">It cannot be opened: one line that begins with the setting.</exception>
    public static FileStream Begin(string folder)
    {
        try
        {
            return new(FileIn(folder), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
        }
        catch (UnauthorizedAccessException) when (Path.Exists(FileIn(folder)))
        {
            throw new ArgumentException(
                "Database__ConnectionString names a folder whose file vault.inuse belongs to another user. Delete that file, "
                + "or give it to the portal's user.");
        }
    }

    /// <returns>Nobody uses it, until this is disposed of; null = somebody does.</returns>
    public static FileStream? Exclude(string folder)
    {
        try
        {
            return new(FileIn(folder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held.HResult is HeldOnWindows or HeldOnLinux or HeldOnMac)
        {
            return null;
        }
    }
}
