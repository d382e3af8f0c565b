using CountingKit.EventSourcing;

namespace CountingKit.Testing.EventSourcing;

/// <summary>A store that counts the events that are read from its streams.</summary>
public sealed class CountingEventStore(IEventStore inner) : IEventStore
{
    private long read;

    /// <summary>How many events <see cref="ReadStream"/> gave so far.</summary>
    public long Read => Interlocked.Read(ref read);

    public Task<Appended> Append(
        string stream, ExpectedRevision expected, IReadOnlyList<EventData> events, CancellationToken ct) =>
        inner.Append(stream, expected, events, ct);

    public IAsyncEnumerable<StoredEvent> ReadStream(
        string stream, ReadDirection direction, ulong? from, long? maxCount, CancellationToken ct) =>
        inner.ReadStream(stream, direction, from, maxCount, ct).Select(stored =>
        {
            Interlocked.Increment(ref read);
            return stored;
        });

    public IAsyncEnumerable<StoredEvent> ReadAll(
        ReadDirection direction, Position? from, long? maxCount, CancellationToken ct) =>
        inner.ReadAll(direction, from, maxCount, ct);

    public IAsyncEnumerable<SubscriptionMessage> SubscribeToAll(Position? after, CancellationToken ct) =>
        inner.SubscribeToAll(after, ct);
}
