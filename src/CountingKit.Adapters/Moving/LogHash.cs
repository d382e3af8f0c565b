using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CountingKit.EventSourcing;

namespace CountingKit.Adapters.Moving;

/// <summary>How many events a log has, and the SHA-256 of all that is stored of them, in the log's order.</summary>
/// <param name="Sha256">Lower-case hex.</param>
internal sealed record LogHash(long Events, string Sha256)
{
    /// <summary>
    /// Per event: id (16 bytes, in the order of its text), stream, revision, type, time of creation (UTC ticks), data,
    /// metadata. Numbers are 8 bytes, big-endian; what varies in length stands behind its length. Positions are each
    /// store's own and not part of it.
    /// </summary>
    public static async Task<LogHash> Of(IEventStore store, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var number = new byte[8];
        var events = 0L;
        await foreach (var stored in store.ReadAll(ReadDirection.Forwards, null, null, ct))
        {
            hash.AppendData(stored.Id.ToByteArray(bigEndian: true));
            Add(Encoding.UTF8.GetBytes(stored.Stream));
            AddNumber((long)stored.Revision);
            Add(Encoding.UTF8.GetBytes(stored.Type));
            AddNumber(stored.Created.UtcTicks);
            Add(stored.Data.Span);
            Add(stored.Metadata.Span);
            events++;
        }

        return new(events, Convert.ToHexStringLower(hash.GetHashAndReset()));

        void Add(ReadOnlySpan<byte> bytes)
        {
            AddNumber(bytes.Length);
            hash.AppendData(bytes);
        }

        void AddNumber(long value)
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            hash.AppendData(number);
        }
    }
}
