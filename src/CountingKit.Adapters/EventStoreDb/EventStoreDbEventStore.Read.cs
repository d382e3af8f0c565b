using System.Runtime.CompilerServices;
using CountingKit.Adapters.EventStoreDb.Client;
using CountingKit.EventSourcing;

namespace CountingKit.Adapters.EventStoreDb;

public sealed partial class EventStoreDbEventStore
{
    private const ulong LargestPage = 4096;

    public IAsyncEnumerable<StoredEvent> ReadStream(
        string stream, ReadDirection direction, ulong? from, long? maxCount, CancellationToken ct)
    {
        AppendRules.CheckStream(stream);
        return Read(
            (last, left, atMost) => client.ReadStreamAsync(direction, stream, last?.Revision ?? from, left, atMost, ct),
            (read, last) => direction == ReadDirection.Forwards ? read.Revision > last.Revision : read.Revision < last.Revision,
            first: null,
            maxCount,
            ct);
    }

    public IAsyncEnumerable<StoredEvent> ReadAll(
        ReadDirection direction, Position? from, long? maxCount, CancellationToken ct) => Read(
        (last, left, atMost) => client.ReadAllAsync(
            direction, last?.Position ?? from, left, withSystemEvents: false, atMost, ct),
        (read, last) => direction == ReadDirection.Forwards ? read.Position > last.Position : read.Position < last.Position,
        direction == ReadDirection.Backwards && from is { } at ? atMost => At(at, atMost, ct) : null,
        maxCount,
        ct);

    /// <summary>
    /// Reads to the end, and takes a broken read up again at the last event given, which the server may give again.
    /// </summary>
    /// <param name="open">Reads at most so many events, from the last one given on, within a time.</param>
    /// <param name="isNext">Whether an event lies behind another one, in this read's direction.</param>
    /// <param name="first">Finds the event that the read begins with, where the server may leave it out.</param>
    private async IAsyncEnumerable<StoredEvent> Read(
        Func<StoredEvent?, ulong, TimeSpan, IAsyncEnumerable<StoredEvent>> open,
        Func<StoredEvent, StoredEvent, bool> isNext,
        Func<TimeSpan, IAsyncEnumerable<StoredEvent>>? first,
        long? maxCount,
        [EnumeratorCancellation] CancellationToken ct)
    {
        if (maxCount is { } count) ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(maxCount));
        ObjectDisposedException.ThrowIf(closing.IsCancellationRequested, this);
        var left = (ulong?)maxCount ?? ulong.MaxValue;
        StoredEvent? last = null;
        var opening = first;
        var retries = NewRetries();
        var asMany = 1UL;
        while (left > 0)
        {
            EventStoreClientException? broken = null;
            var isOpening = opening is not null;
            var skipped = false;
            var wanted = last is null || left == ulong.MaxValue ? left : Math.Max(left + 1, asMany);
            var atMost = retries.LeftToRead;
            await using var events = (opening is null ? open(last, wanted, atMost) : opening(atMost)).GetAsyncEnumerator(ct);
            while (left > 0)
            {
                ct.ThrowIfCancellationRequested();
                try
                {
                    if (!await events.MoveNextAsync()) break;
                }
                catch (EventStoreClientException failure)
                {
                    broken = failure;
                    break;
                }

                outage.Over();
                if (last is not null && !isNext(events.Current, last)) continue;
                last = events.Current;
                retries = NewRetries();
                if (IsOfTheServer(last))
                {
                    skipped = true;
                    continue;
                }

                left--;
                yield return last;
            }

            if (broken is null)
            {
                outage.Over();
                // What was left out stood among those that were asked for: as many more are there to be had. Where some of
                // the server's own stand there may be many: more are asked for each time.
                if (!isOpening && !(skipped && maxCount is not null)) yield break;
                if (skipped) asMany = Math.Min(asMany * 8, LargestPage);
                opening = null;
            }
            else if (!await retries.Again(broken, ct))
            {
                throw Told(broken);
            }
        }
    }

    /// <summary>The filter looks at types; the server's own streams may hold events of any type.</summary>
    private static bool IsOfTheServer(StoredEvent stored) => stored.Type[0] == '$' || stored.Stream[0] == '$';

    /// <summary>The event at exactly this position, unless it is one of the server's own.</summary>
    private async IAsyncEnumerable<StoredEvent> At(
        Position position, TimeSpan atMost, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var read in client.ReadAllAsync(
            ReadDirection.Forwards, position, 1, withSystemEvents: true, atMost, ct))
            if (read.Position == position && !IsOfTheServer(read))
                yield return read;
    }
}
