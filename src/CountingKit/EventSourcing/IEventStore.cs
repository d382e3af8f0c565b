namespace CountingKit.EventSourcing;

/// <summary>
/// The log. An event once acknowledged is there for ever, at one place in its stream and one place in the whole log.
/// One contract suite describes the adapters (embedded, EventStoreDB); the semantics are EventStoreDB's.
/// </summary>
/// <remarks>
/// Stream names: <c>category-id</c>, at most 1,024 characters, not empty, not starting with <c>$</c>.
/// One append is atomic and at most 1 MiB (<see cref="AppendLimit"/>) of data and metadata.
/// </remarks>
public interface IEventStore
{
    /// <summary>The bytes of data and metadata that one append may hold: 1 MiB.</summary>
    public const int AppendLimit = 1024 * 1024;

    /// <summary>
    /// Appends all events or none. Repeating an append (same ids, same order, same expected revision) is harmless: it
    /// answers what the first one answered, also after later events. Content is not compared.
    /// </summary>
    /// <exception cref="WrongExpectedRevisionException">The stream is not where the caller expected; nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">It may or may not have been written: repeat the identical append.</exception>
    /// <exception cref="EventStoreUnavailableException">Nothing was sent, or nothing was written for sure.</exception>
    /// <exception cref="ArgumentException">An empty id or type, a bad stream name, no events, or more than 1 MiB.</exception>
    Task<Appended> Append(
        string stream, ExpectedRevision expected, IReadOnlyList<EventData> events, CancellationToken ct);

    /// <summary>Reads one stream. A stream that does not exist gives no events.</summary>
    /// <param name="from">The first revision to give, inclusive; null = the stream's start (forwards) or end (backwards).</param>
    /// <param name="maxCount">At most so many; null = all.</param>
    IAsyncEnumerable<StoredEvent> ReadStream(
        string stream, ReadDirection direction, ulong? from, long? maxCount, CancellationToken ct);

    /// <summary>Reads the whole log in the order of its positions, without the store's own system events.</summary>
    /// <param name="from">Inclusive; null = the log's start (forwards) or end (backwards).</param>
    IAsyncEnumerable<StoredEvent> ReadAll(
        ReadDirection direction, Position? from, long? maxCount, CancellationToken ct);

    /// <summary>
    /// Gives every event after <paramref name="after"/> (exclusive; null = from the start), in order, and goes on live
    /// until <paramref name="ct"/> is cancelled. An adapter that loses its connection takes it up again by itself,
    /// from the last event given. The reader pulls: a slow one loses nothing.
    /// </summary>
    IAsyncEnumerable<SubscriptionMessage> SubscribeToAll(Position? after, CancellationToken ct);
}

public enum ReadDirection { Forwards, Backwards }

/// <summary>An event to append.</summary>
/// <param name="Id">Unique; repeats of an append carry the same one.</param>
/// <param name="Type">The stored name, e.g. <c>organization-connected.v1</c>.</param>
/// <param name="Data">JSON, UTF-8.</param>
/// <param name="Metadata">JSON, UTF-8.</param>
public sealed record EventData(Guid Id, string Type, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Metadata);

/// <summary>An event as it stands in the log.</summary>
/// <param name="Revision">Its number in its stream, from 0, without gaps.</param>
/// <param name="Created">UTC, by the store's clock.</param>
public sealed record StoredEvent(
    Guid Id,
    string Stream,
    ulong Revision,
    Position Position,
    string Type,
    DateTimeOffset Created,
    ReadOnlyMemory<byte> Data,
    ReadOnlyMemory<byte> Metadata);

/// <summary>Where an append ended: the revision and position of its last event.</summary>
public sealed record Appended(ulong Revision, Position Position);

/// <summary>What a subscription gives.</summary>
public abstract record SubscriptionMessage
{
    private SubscriptionMessage() { }

    public sealed record Event(StoredEvent Stored) : SubscriptionMessage;

    /// <summary>Everything up to here has been given or was not for us: safe to keep as a checkpoint.</summary>
    public sealed record Checkpoint(Position Position) : SubscriptionMessage;

    /// <summary>All history has been given; what follows is live.</summary>
    public sealed record CaughtUp : SubscriptionMessage;

    /// <summary>The reader is behind the log's end again.</summary>
    public sealed record FellBehind : SubscriptionMessage;
}
