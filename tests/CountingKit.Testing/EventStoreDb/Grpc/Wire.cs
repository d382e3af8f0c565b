using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CountingKit.Testing.EventStoreDb.Log;
using CountingKit.Testing.EventStoreDb.Protocol;
using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Google.Protobuf;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>Between the log's shapes and the wire's.</summary>
internal static class Wire
{
    public static AllStreamPosition Position(long position) =>
        new() { CommitPosition = (ulong)position, PreparePosition = (ulong)position };

    /// <exception cref="global::Grpc.Core.RpcException">No name: the server did not foresee that.</exception>
    public static string Name(StreamIdentifier? identifier) =>
        identifier?.StreamName is { Length: > 0 } name ? name.ToString(Encoding.UTF8) : throw Refusals.Unforeseen();

    public static StreamIdentifier Name(string stream) => new() { StreamName = ByteString.CopyFromUtf8(stream) };

    /// <exception cref="global::Grpc.Core.RpcException">No id, no GUID, or the empty one.</exception>
    public static Guid Id(UUID? id)
    {
        var value = id?.ValueCase switch
        {
            UUID.ValueOneofCase.String => Guid.TryParse(id.String, out var parsed) ? parsed : Guid.Empty,
            UUID.ValueOneofCase.Structured => Id(id.Structured),
            _ => Guid.Empty,
        };
        return value == Guid.Empty ? throw Refusals.Unforeseen() : value;
    }

    /// <param name="structured">As two numbers, else as text.</param>
    public static UUID Id(Guid id, bool structured)
    {
        if (!structured) return new() { String = id.ToString() };
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return new()
        {
            Structured = new()
            {
                MostSignificantBits = BinaryPrimitives.ReadInt64BigEndian(bytes),
                LeastSignificantBits = BinaryPrimitives.ReadInt64BigEndian(bytes[8..]),
            },
        };
    }

    public static ReadResp.Types.ReadEvent.Types.RecordedEvent Event(LogRecord record, bool structured) => new()
    {
        Id = Id(record.Event.Id, structured),
        StreamIdentifier = Name(record.Stream),
        StreamRevision = (ulong)record.Revision,
        PreparePosition = (ulong)record.Position,
        CommitPosition = (ulong)record.Position,
        Data = UnsafeByteOperations.UnsafeWrap(record.Event.Data),
        CustomMetadata = UnsafeByteOperations.UnsafeWrap(record.Event.Metadata),
        Metadata =
        {
            ["type"] = record.Event.Type,
            ["content-type"] = record.Event.IsJson ? "application/json" : "application/octet-stream",
            ["created"] = record.Created.ToString(CultureInfo.InvariantCulture),
        },
    };

    private static Guid Id(UUID.Types.Structured id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id.MostSignificantBits);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], id.LeastSignificantBits);
        return new(bytes, bigEndian: true);
    }
}
