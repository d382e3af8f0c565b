using System.Runtime.CompilerServices;
using CountingKit.EventSourcing;

namespace CountingKit.Testing.EventSourcing;

/// <summary>A store whose subscriptions and whole reads a test can count, cut in the middle, and hold up.</summary>
public sealed class CutEventStore(IEventStore inner) : IEventStore
{
    private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? gate;
    private Random? random;
    private int mostMessages;
    private int cutsLeft;
    private int subscriptions;

    /// <summary>How many subscriptions were begun.</summary>
    public int Subscriptions => Volatile.Read(ref subscriptions);

    public int CutsLeft => Volatile.Read(ref cutsLeft);

    /// <summary>Completes when a read of the whole log is held up.</summary>
    public Task Held => held.Task;

    /// <summary>The next subscriptions break off after a random number of messages each.</summary>
    public CutEventStore Cut(int times, int mostMessages, int seed)
    {
        (cutsLeft, this.mostMessages, random) = (times, mostMessages, new Random(seed));
        return this;
    }

    /// <summary>Reads of the whole log stop before their first event until <see cref="LetGo"/>.</summary>
    public void HoldReads() => gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo() => gate?.TrySetResult();

    public Task<Appended> Append(
        string stream, ExpectedRevision expected, IReadOnlyList<EventData> events, CancellationToken ct) =>
        inner.Append(stream, expected, events, ct);

    public IAsyncEnumerable<StoredEvent> ReadStream(
        string stream, ReadDirection direction, ulong? from, long? maxCount, CancellationToken ct) =>
        inner.ReadStream(stream, direction, from, maxCount, ct);

    public async IAsyncEnumerable<StoredEvent> ReadAll(
        ReadDirection direction, Position? from, long? maxCount, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var stored in inner.ReadAll(direction, from, maxCount, ct))
        {
            if (gate is { } closed)
            {
                held.TrySetResult();
                await closed.Task.WaitAsync(ct);
            }

            yield return stored;
        }
    }

    public async IAsyncEnumerable<SubscriptionMessage> SubscribeToAll(
        Position? after, [EnumeratorCancellation] CancellationToken ct)
    {
        Interlocked.Increment(ref subscriptions);
        var left = cutsLeft > 0 ? random!.Next(mostMessages + 1) : int.MaxValue;
        await foreach (var message in inner.SubscribeToAll(after, ct))
        {
            if (left-- == 0)
            {
                Interlocked.Decrement(ref cutsLeft);
                throw new EventStoreUnavailableException("The test cut the subscription.");
            }

            yield return message;
        }
    }
}
