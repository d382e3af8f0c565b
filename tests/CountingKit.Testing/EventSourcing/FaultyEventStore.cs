using System.Collections.Concurrent;
using CountingKit.EventSourcing;

namespace CountingKit.Testing.EventSourcing;

/// <summary>A store over which a test has power: chosen appends lose their answer, fail, or meet a rival.</summary>
public sealed class FaultyEventStore(IEventStore inner) : IEventStore
{
    private readonly ConcurrentDictionary<int, Func<Attempt, Task<Appended>>> faults = new();
    private readonly ConcurrentDictionary<(string Stream, Guid FirstId, ExpectedRevision At), bool> answered = new();
    private bool losesEachAnswerOnce;
    private int appends;

    /// <summary>How many appends were tried, those that failed included.</summary>
    public int Appends => Volatile.Read(ref appends);

    /// <summary>The nth append from the beginning (1 is the first) is written, and its answer lost.</summary>
    public FaultyEventStore LoseAnswerOf(int nth) => On(nth, async attempt =>
    {
        await attempt.Write();
        throw new OutcomeUnknownException(attempt.Stream);
    });

    /// <summary>Every append is written, and its answer lost the first time; its repeat is answered.</summary>
    public FaultyEventStore LoseEachAnswerOnce()
    {
        losesEachAnswerOnce = true;
        return this;
    }

    /// <summary>The nth append loses its way: nothing is written, and the caller can't know.</summary>
    public FaultyEventStore LoseRequestOf(int nth) =>
        On(nth, attempt => throw new OutcomeUnknownException(attempt.Stream));

    /// <summary>The store can't be reached for the nth append; nothing is written.</summary>
    public FaultyEventStore FailBefore(int nth) =>
        On(nth, _ => throw new EventStoreUnavailableException("The test took the store away."));

    /// <summary>Somebody else acts just before the nth append is written, typically on the same stream.</summary>
    public FaultyEventStore RivalBefore(int nth, Func<IEventStore, Task> act) => On(nth, async attempt =>
    {
        await act(inner);
        return await attempt.Write();
    });

    /// <summary>The nth append is told that the stream is elsewhere, whether it is or not.</summary>
    public FaultyEventStore ConflictOn(int nth, ulong? actual = null) => On(
        nth, attempt => throw new WrongExpectedRevisionException(attempt.Stream, attempt.Expected, actual));

    public async Task<Appended> Append(
        string stream, ExpectedRevision expected, IReadOnlyList<EventData> events, CancellationToken ct)
    {
        var attempt = new Attempt(stream, expected, () => inner.Append(stream, expected, events, ct));
        if (faults.TryRemove(Interlocked.Increment(ref appends), out var fault)) return await fault(attempt);

        var appended = await attempt.Write();
        return losesEachAnswerOnce && answered.TryAdd((stream, events[0].Id, expected), true)
            ? throw new OutcomeUnknownException(stream)
            : appended;
    }

    public IAsyncEnumerable<StoredEvent> ReadStream(
        string stream, ReadDirection direction, ulong? from, long? maxCount, CancellationToken ct) =>
        inner.ReadStream(stream, direction, from, maxCount, ct);

    public IAsyncEnumerable<StoredEvent> ReadAll(
        ReadDirection direction, Position? from, long? maxCount, CancellationToken ct) =>
        inner.ReadAll(direction, from, maxCount, ct);

    public IAsyncEnumerable<SubscriptionMessage> SubscribeToAll(Position? after, CancellationToken ct) =>
        inner.SubscribeToAll(after, ct);

    private FaultyEventStore On(int nth, Func<Attempt, Task<Appended>> fault)
    {
        faults[nth] = fault;
        return this;
    }

    private sealed record Attempt(string Stream, ExpectedRevision Expected, Func<Task<Appended>> Write);
}
