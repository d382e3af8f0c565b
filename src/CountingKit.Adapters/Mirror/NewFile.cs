using System.Security.Cryptography;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// A file that is there whole or not at all: written under another name, flushed to the disk, renamed, and its folder
/// flushed. Disposed without <see cref="Keep"/> it leaves nothing.
/// </summary>
internal sealed class NewFile : IDisposable
{
    /// <summary>Of what is read and written here: larger arrays would pile up among .NET's large objects, seldom collected.</summary>
    internal const int BufferBytes = 64 * 1024;

    private readonly SHA256 sha = SHA256.Create();
    private readonly string folder;
    private readonly string unfinished;
    private readonly FileStream file;
    private readonly CryptoStream hashing;
    private bool kept;

    public NewFile(string folder)
    {
        this.folder = folder;
        unfinished = MirrorFolder.UnfinishedPath(folder);
        file = new(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
        hashing = new(file, sha, CryptoStreamMode.Write, leaveOpen: true);
    }

    public Stream Stream => hashing;

    /// <summary>Ends the file; nothing may be written after. Needed before <see cref="Keep"/>.</summary>
    /// <returns>SHA-256 of its bytes, 64 hex digits in lower case, and their number.</returns>
    public (string Hash, long Bytes) Finish()
    {
        hashing.FlushFinalBlock();
        return (Convert.ToHexStringLower(sha.Hash!), file.Length);
    }

    /// <summary>Gives it its name. A file that has it already is replaced.</summary>
    public void Keep(string path)
    {
        file.Flush(flushToDisk: true);
        file.Dispose();
        File.Move(unfinished, path, overwrite: true);
        kept = true;
        FolderFlush.Flush(folder);
    }

    public void Dispose()
    {
        hashing.Dispose();
        file.Dispose();
        sha.Dispose();
        if (!kept && Directory.Exists(folder)) File.Delete(unfinished);
    }
}
