using System.Runtime.CompilerServices;
using CountingKit.EventSourcing;

namespace CountingKit.Adapters.Embedded;

/// <summary>
/// The log in one SQLite file (WAL, every commit on the disk before it is acknowledged). Several processes may use the
/// same file. Positions are 1, 2, 3 … without gaps.
/// </summary>
/// <remarks>A cancelled append throws <see cref="OperationCanceledException"/> only if nothing was written.</remarks>
public sealed class EmbeddedEventStore : IEventStore, IAsyncDisposable
{
    private readonly EmbeddedEventStoreOptions options;
    private readonly EventFile file;
    private readonly EventReader reader;
    private readonly GroupWriter writer;
    private readonly AppendSignal appended = new();
    private readonly CancellationTokenSource closing = new();

    public EmbeddedEventStore(EmbeddedEventStoreOptions options, TimeProvider time)
    {
        this.options = options;
        file = new EventFile(options);
        reader = new EventReader(file);
        writer = new GroupWriter(file, time, appended);
    }

    public async Task<Appended> Append(
        string stream, ExpectedRevision expected, IReadOnlyList<EventData> events, CancellationToken ct)
    {
        AppendRules.Check(stream, events);
        ct.ThrowIfCancellationRequested();
        return await writer.Append(new PendingAppend(stream, expected, events), ct);
    }

    public IAsyncEnumerable<StoredEvent> ReadStream(
        string stream, ReadDirection direction, ulong? from, long? maxCount, CancellationToken ct)
    {
        AppendRules.CheckStream(stream);
        return Read(
            (next, most) => reader.ReadStream(stream, direction, next, most),
            read => (long)read.Revision,
            direction,
            from,
            maxCount,
            ct);
    }

    public IAsyncEnumerable<StoredEvent> ReadAll(
        ReadDirection direction, Position? from, long? maxCount, CancellationToken ct) =>
        Read((next, most) => reader.ReadAll(direction, next, most), PlaceOf, direction, from?.Commit, maxCount, ct);

    public async IAsyncEnumerable<SubscriptionMessage> SubscribeToAll(
        Position? after, [EnumeratorCancellation] CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, closing.Token);
        var next = Number(after?.Commit ?? 0);
        var isLive = false;
        while (true)
        {
            var signal = appended.Next;
            var page = await Load(() => reader.ReadAll(ReadDirection.Forwards, next + 1, long.MaxValue), ct);
            if (isLive && !page.IsLast)
            {
                isLive = false;
                yield return new SubscriptionMessage.FellBehind();
            }

            foreach (var read in page.Events)
            {
                ct.ThrowIfCancellationRequested();
                yield return new SubscriptionMessage.Event(read);
                next = PlaceOf(read);
            }

            if (!page.IsLast) continue;
            if (!isLive)
            {
                isLive = true;
                yield return new SubscriptionMessage.CaughtUp();
            }

            await Task.WhenAny(signal, Task.Delay(options.PollInterval, ending.Token));
        }
    }

    /// <summary>Writes what was appended before, ends subscriptions, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await writer.DisposeAsync();
        file.Dispose();
    }

    private async IAsyncEnumerable<StoredEvent> Read(
        Func<long, long, Page> load,
        Func<StoredEvent, long> placeOf,
        ReadDirection direction,
        ulong? from,
        long? maxCount,
        [EnumeratorCancellation] CancellationToken ct)
    {
        if (maxCount is { } count) ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(maxCount));
        var left = maxCount ?? long.MaxValue;
        var step = direction == ReadDirection.Forwards ? 1 : -1;
        var next = from is { } start ? Number(start) : direction == ReadDirection.Forwards ? 0 : long.MaxValue;
        while (left > 0)
        {
            var page = await Load(() => load(next, left), ct);
            foreach (var read in page.Events)
            {
                ct.ThrowIfCancellationRequested();
                yield return read;
                next = placeOf(read) + step;
                left--;
            }

            if (page.IsLast) yield break;
        }
    }

    private Task<Page> Load(Func<Page> load, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(closing.IsCancellationRequested, this);
        return Task.Run(load, ct);
    }

    private static long PlaceOf(StoredEvent read) => (long)read.Position.Commit;

    /// <summary>SQLite's numbers are signed; no log reaches to their end.</summary>
    private static long Number(ulong place) => (long)Math.Min(place, long.MaxValue - 1);
}
