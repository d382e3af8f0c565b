using System.Buffers.Binary;
using System.Text;
using CountingKit.Mirror;
using ZstdSharp;

namespace CountingKit.Adapters.Mirror;

/// <summary>One version of a record.</summary>
/// <param name="Updated">UTC; null = the source gave none.</param>
/// <param name="Sequence">The sync that brought it.</param>
/// <param name="IsDeleted">True = from here on the record is gone; it has no JSON, its last version holds that.</param>
/// <param name="Hash">SHA-256 of the canonical record, see <see cref="RecordHash"/>; zeros when deleted.</param>
/// <param name="Json">As received.</param>
internal readonly record struct RecordVersion(
    string Key, DateTimeOffset? Updated, long Sequence, bool IsDeleted, ReadOnlyMemory<byte> Hash,
    ReadOnlyMemory<byte> Json);

/// <summary>
/// A segment's file: zstd over <c>CKS1</c>, one byte (1 = a base) and the versions in the order in which they came. Per
/// version, big-endian: length of the key (2), key, updated in UTC ticks (8, the least number = none), sequence (8),
/// deleted (1), hash (32), length of the JSON (4), the JSON as received. In one file the later version of a key is the
/// newer one.
/// </summary>
internal sealed class SegmentWriter : IDisposable
{
    internal const int CompressionLevel = 3;
    internal const int FixedPart = 8 + 8 + 1 + RecordHash.Length + 4;

    private readonly NewFile file;
    private readonly CompressionStream zstd;
    private readonly bool isBase;

    /// <param name="isBase">
    /// Written into the file: a base is never the same file as a segment of the same records.
    /// </param>
    public SegmentWriter(string folder, bool isBase)
    {
        this.isBase = isBase;
        file = new(folder);
        zstd = new(file.Stream, CompressionLevel, leaveOpen: true);
        zstd.Write(Magic);
        zstd.WriteByte(isBase ? (byte)1 : (byte)0);
    }

    internal static ReadOnlySpan<byte> Magic => "CKS1"u8;

    public long Versions { get; private set; }

    public void Add(RecordVersion version)
    {
        Span<byte> head = stackalloc byte[sizeof(ushort)];
        var key = Encoding.UTF8.GetBytes(version.Key);
        BinaryPrimitives.WriteUInt16BigEndian(head, checked((ushort)key.Length));
        zstd.Write(head);
        zstd.Write(key);

        Span<byte> rest = stackalloc byte[FixedPart];
        BinaryPrimitives.WriteInt64BigEndian(rest, version.Updated?.UtcTicks ?? long.MinValue);
        BinaryPrimitives.WriteInt64BigEndian(rest[8..], version.Sequence);
        rest[16] = version.IsDeleted ? (byte)1 : (byte)0;
        if (version.IsDeleted) rest[17..(17 + RecordHash.Length)].Clear();
        else version.Hash.Span.CopyTo(rest[17..]);
        BinaryPrimitives.WriteInt32BigEndian(rest[(17 + RecordHash.Length)..], version.Json.Length);
        zstd.Write(rest);
        zstd.Write(version.Json.Span);
        Versions++;
    }

    /// <summary>Ends the file and keeps it under its hash.</summary>
    public Segment Keep(MirrorFolder folder, Source source, long sequence)
    {
        zstd.Dispose();
        var (hash, bytes) = file.Finish();
        file.Keep(folder.SegmentPath(source, hash));
        return new(hash, isBase, sequence, Versions, bytes);
    }

    public void Dispose()
    {
        zstd.Dispose();
        file.Dispose();
    }
}
