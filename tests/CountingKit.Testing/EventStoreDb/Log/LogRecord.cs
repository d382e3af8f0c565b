namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>An event as a writer proposes it.</summary>
internal sealed record ProposedEvent(
    Guid Id, string Type, bool IsJson, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Metadata);

/// <summary>An event with its place in its stream, not yet in the log.</summary>
internal sealed record NewRecord(string Stream, long Revision, ProposedEvent Event);

/// <summary>An event in the log.</summary>
/// <param name="Position">Byte offset in the log's file: ordered, with gaps.</param>
/// <param name="Created">100 ns ticks since the Unix epoch.</param>
/// <param name="IsLast">Whether it closes its append, of which a restart keeps all or nothing.</param>
internal sealed record LogRecord(
    long Position, string Stream, long Revision, ProposedEvent Event, long Created, bool IsLast);
