using System.Buffers.Binary;
using System.Globalization;
using CountingKit.Adapters.EventStoreDb.Protos;
using CountingKit.EventSourcing;
using WireEvent = CountingKit.Adapters.EventStoreDb.Protos.ReadResp.Types.RecordedEvent;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>An event of the wire as the port has it.</summary>
internal static class Recorded
{
    public static StoredEvent ToStored(WireEvent read)
    {
        var (metadata, moved) = MovedMetadata.Read(read.CustomMetadata.Memory);
        return new(
            IdOf(read.Id),
            read.StreamIdentifier.StreamName.ToStringUtf8(),
            read.StreamRevision,
            new Position(read.CommitPosition, read.PreparePosition),
            read.Metadata["type"],
            moved ?? Created(read.Metadata["created"]),
            read.Data.Memory,
            metadata);
    }

    /// <summary>100 ns since 1970, UTC.</summary>
    private static DateTimeOffset Created(string ticks) =>
        DateTimeOffset.UnixEpoch.AddTicks(long.Parse(ticks, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    private static Guid IdOf(UUID id)
    {
        if (id.ValueCase != UUID.ValueOneofCase.Structured) return Guid.Parse(id.String);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id.Structured.MostSignificantBits);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], id.Structured.LeastSignificantBits);
        return new Guid(bytes, bigEndian: true);
    }
}
