using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CountingKit.Mirror;
using ZstdSharp;

namespace CountingKit.Adapters.Mirror;

/// <summary>Reads segments that were first found to be what their names say.</summary>
internal static class SegmentReader
{
    /// <exception cref="MirrorDamagedException">
    /// The file is missing, or its bytes are not those of its name.
    /// </exception>
    public static void Verify(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (Convert.ToHexStringLower(SHA256.HashData(file)) == Path.GetFileNameWithoutExtension(path)) return;
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MirrorDamagedException($"The segment {Path.GetFileName(path)} is missing.", e);
        }

        throw new MirrorDamagedException(
            $"The segment {Path.GetFileName(path)} was changed: it is not what its name says.");
    }

    /// <summary>The versions in order. Each one's memory is only valid until the next.</summary>
    /// <exception cref="MirrorDamagedException">The file is no segment.</exception>
    public static IEnumerable<RecordVersion> Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, NewFile.BufferBytes);
        using var zstd = new DecompressionStream(file);
        using var buffered = new BufferedStream(zstd, NewFile.BufferBytes);
        var buffer = new byte[16 * 1024];
        if (!TryTake(buffered, ref buffer, SegmentWriter.Magic.Length + 1)) throw Damaged(path);
        if (!buffer.AsSpan().StartsWith(SegmentWriter.Magic)) throw Damaged(path);
        while (TryTake(buffered, ref buffer, sizeof(ushort)))
        {
            Take(buffered, ref buffer, BinaryPrimitives.ReadUInt16BigEndian(buffer), path, out var key);
            var name = Encoding.UTF8.GetString(key.Span);
            Take(buffered, ref buffer, SegmentWriter.FixedPart, path, out var part);
            var ticks = BinaryPrimitives.ReadInt64BigEndian(part.Span);
            var sequence = BinaryPrimitives.ReadInt64BigEndian(part.Span[8..]);
            var deleted = part.Span[16] != 0;
            var hash = part.Slice(17, RecordHash.Length).ToArray();
            var length = BinaryPrimitives.ReadInt32BigEndian(part.Span[(17 + RecordHash.Length)..]);
            Take(buffered, ref buffer, length, path, out var json);
            DateTimeOffset? updated = ticks == long.MinValue ? null : new(ticks, TimeSpan.Zero);
            yield return new(name, updated, sequence, deleted, hash, json);
        }
    }

    private static void Take(Stream from, ref byte[] buffer, int length, string path, out ReadOnlyMemory<byte> part)
    {
        if (length > 0 && !TryTake(from, ref buffer, length)) throw Damaged(path);
        part = buffer.AsMemory(0, length);
    }

    /// <returns>False = the file ends exactly here.</returns>
    private static bool TryTake(Stream from, ref byte[] buffer, int length)
    {
        if (length > buffer.Length) buffer = new byte[Math.Max(length, 2 * buffer.Length)];
        var read = from.ReadAtLeast(buffer.AsSpan(0, length), length, throwOnEndOfStream: false);
        return read == 0 ? false : read == length ? true : throw new MirrorDamagedException("A segment ends early.");
    }

    private static MirrorDamagedException Damaged(string path) => new($"{Path.GetFileName(path)} is not a segment.");
}
