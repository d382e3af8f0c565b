using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CountingKit.EventSourcing;

/// <summary>Ids that follow from what they are for, so that a repeat finds what the first attempt made.</summary>
public static class DerivedId
{
    /// <summary>A version 8 UUID (RFC 9562) over the parts, in order.</summary>
    public static Guid From(Guid source, params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[16];
        source.TryWriteBytes(head, bigEndian: true, out _);
        hash.AppendData(head);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true);
    }
}
