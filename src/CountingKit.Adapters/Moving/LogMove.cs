using CountingKit.Adapters.EventStoreDb;
using CountingKit.EventSourcing;

namespace CountingKit.Adapters.Moving;

/// <summary>
/// Copies a whole log into an empty one: ids, order, revisions, data, metadata and times. What stands in the target is
/// always a beginning of the source, so that a copy that was killed goes on where it stopped.
/// </summary>
/// <remarks>
/// The order of the whole log is kept by appending one after the other; neighbors of one stream go together. Every append
/// names the exact revision, so that one whose answer was lost is repeated without harm.
/// </remarks>
internal sealed class LogMove(IEventStore source, IEventStore target, TimeProvider time)
{
    private const int MostEvents = 500;
    private const int Repeats = 30;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Whether the target can be read and holds nothing else, asked before anything is changed anywhere.</summary>
    /// <exception cref="MoveException">It holds something else.</exception>
    /// <exception cref="EventStoreUnavailableException">It can't be reached, or refuses.</exception>
    public Task Check(CancellationToken ct) => WhereItStopped(ct);

    /// <param name="progress">Called now and then with how many events the target holds for sure.</param>
    /// <exception cref="MoveException">The target holds something else, or an event is too large for it.</exception>
    /// <exception cref="EventStoreUnavailableException">One of the two can't be reached; start it again later.</exception>
    public async Task Copy(IProgress<long> progress, CancellationToken ct)
    {
        var (from, done) = await WhereItStopped(ct);
        var group = new List<StoredEvent>();
        var size = 0;
        await foreach (var stored in source.ReadAll(ReadDirection.Forwards, from, null, ct))
        {
            if (stored.Position == from) continue;
            var length = Size(stored);
            if (group.Count > 0
                && (group[0].Stream != stored.Stream || group.Count == MostEvents || size + length > IEventStore.AppendLimit))
                await Flush();
            group.Add(stored);
            size += length;
        }

        if (group.Count > 0) await Flush();

        async Task Flush()
        {
            await Append(group, ct);
            progress.Report(done += group.Count);
            group.Clear();
            size = 0;
        }
    }

    /// <summary>The source's position of the target's last event, and how many events that are; null = the target is empty.</summary>
    private async Task<(Position? From, long Done)> WhereItStopped(CancellationToken ct)
    {
        if (await target.ReadAll(ReadDirection.Backwards, null, 1, ct).FirstOrDefaultAsync(ct) is not { } last) return (null, 0);
        var original = await source.ReadStream(last.Stream, ReadDirection.Forwards, last.Revision, 1, ct)
            .FirstOrDefaultAsync(ct);
        if (original?.Id != last.Id)
            throw new MoveException("The new event store already holds events that are not of this log. Name an empty one.");
        var done = 0L;
        await foreach (var stored in source.ReadAll(ReadDirection.Backwards, original.Position, null, ct)) done++;
        return (original.Position, done);
    }

    private async Task Append(List<StoredEvent> group, CancellationToken ct)
    {
        var first = group[0];
        var expected = ExpectedRevision.After(first.Revision == 0 ? null : first.Revision - 1);
        var events = group.Select(Carry).ToList();
        var backOff = new BackOff(FirstPause, LongestPause, time);
        for (var repeat = 1; ; repeat++)
        {
            try
            {
                await target.Append(first.Stream, expected, events, ct);
                return;
            }
            catch (WrongExpectedRevisionException other)
            {
                throw new MoveException($"The new event store holds other events in the stream {other.Stream}. Name an empty one.");
            }
            catch (Exception lost) when (lost is OutcomeUnknownException or EventStoreUnavailableException && repeat < Repeats)
            {
                await backOff.Wait(ct);
            }
        }
    }

    private static EventData Carry(StoredEvent stored) =>
        new(stored.Id, stored.Type, stored.Data, MovedMetadata.Add(stored.Metadata.Span, stored.Created));

    /// <exception cref="MoveException">Larger than the target takes.</exception>
    private static int Size(StoredEvent stored)
    {
        var size = stored.Data.Length + Carry(stored).Metadata.Length;
        return size <= IEventStore.AppendLimit
            ? size
            : throw new MoveException($"Event {stored.Revision} of {stored.Stream} is too large for the new event store.");
    }
}

/// <summary>The move can't go on, and why, in words for whoever started it.</summary>
public sealed class MoveException(string message, Exception? inner = null) : Exception(message, inner);
