using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>
/// A record's bytes: length of the body and its CRC-32C (4 bytes each, little-endian), then the body: flags, created,
/// revision, id, and stream, type, data and metadata with 4 bytes of length before each.
/// </summary>
internal static class RecordCodec
{
    public const int HeaderSize = 8;
    public const int MaxBody = 20 * 1024 * 1024;
    private const int FixedSize = 1 + 8 + 8 + 16 + (4 * 4);
    private const byte Json = 1;
    private const byte Last = 2;

    public static void Write(ArrayBufferWriter<byte> buffer, NewRecord record, long created, bool isLast)
    {
        var (stream, type) = (Encoding.UTF8.GetBytes(record.Stream), Encoding.UTF8.GetBytes(record.Event.Type));
        var (data, metadata) = (record.Event.Data, record.Event.Metadata);
        var size = FixedSize + stream.Length + type.Length + data.Length + metadata.Length;
        var all = buffer.GetSpan(HeaderSize + size)[..(HeaderSize + size)];
        var body = all[HeaderSize..];

        body[0] = (byte)((record.Event.IsJson ? Json : 0) | (isLast ? Last : 0));
        BinaryPrimitives.WriteInt64LittleEndian(body[1..], created);
        BinaryPrimitives.WriteInt64LittleEndian(body[9..], record.Revision);
        record.Event.Id.TryWriteBytes(body[17..]);
        var rest = body[33..];
        foreach (var part in (ReadOnlySpan<ReadOnlyMemory<byte>>)[stream, type, data, metadata]) rest = Put(rest, part.Span);

        BinaryPrimitives.WriteInt32LittleEndian(all, size);
        BinaryPrimitives.WriteUInt32LittleEndian(all[4..], Checksum(body));
        buffer.Advance(all.Length);
    }

    public static LogRecord Read(long position, ReadOnlyMemory<byte> body)
    {
        var bytes = body.Span;
        var rest = body[33..];
        var stream = Encoding.UTF8.GetString(Take(ref rest).Span);
        var type = Encoding.UTF8.GetString(Take(ref rest).Span);
        var data = Take(ref rest);
        var metadata = Take(ref rest);
        return new(
            position,
            stream,
            BinaryPrimitives.ReadInt64LittleEndian(bytes[9..]),
            new(new Guid(bytes.Slice(17, 16)), type, (bytes[0] & Json) != 0, data, metadata),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]),
            (bytes[0] & Last) != 0);
    }

    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) checksum = BitOperations.Crc32C(checksum, one);
        return ~checksum;
    }

    private static Span<byte> Put(Span<byte> target, ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, part.Length);
        part.CopyTo(target[4..]);
        return target[(4 + part.Length)..];
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
        var part = rest.Slice(4, length);
        rest = rest[(4 + length)..];
        return part;
    }
}
