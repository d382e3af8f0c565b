using System.Globalization;
using CountingKit.Messaging;

namespace CountingKit.EventSourcing;

/// <summary>
/// Loads a stream, decides, appends. A repeat of a command finds its own events and decides nothing; an append whose
/// answer was lost is repeated as it was; only a definite conflict leads to load and decide again.
/// </summary>
public sealed partial class Streams(IEventStore store, EventCatalog catalog, CurrentCommand current, TimeProvider time)
{
    private const int Decisions = 16;
    private const int Repeats = 6;
    private static readonly TimeSpan FirstRepeat = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastRepeat = TimeSpan.FromSeconds(5);

    /// <summary>What <paramref name="decide"/> says happens, at most once per command and stream.</summary>
    /// <returns>
    /// The command's events on this stream, now or from an earlier attempt, and the state after the stream's last event.
    /// When there is nothing to append, the place of the stream's last event.
    /// </returns>
    /// <exception cref="RefusedException">The decision said no.</exception>
    /// <exception cref="WrongExpectedRevisionException">Others were faster every time.</exception>
    public async Task<Transacted<TState>> Transact<TState>(
        string stream, Decider<TState> decider, Func<TState, IReadOnlyList<IEvent>> decide, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var loaded = await Load(stream, decider, isToRepeat: true, ct);
            if (loaded.Own.Count > 0) return loaded.ToTransacted();

            var events = decide(loaded.State);
            if (events.Count == 0) return loaded.ToTransacted();

            try
            {
                var appended = await AppendAt(stream, loaded.LastRevision, events, ct);
                return new(appended, events, events.Aggregate(loaded.State, decider.Evolve));
            }
            catch (WrongExpectedRevisionException) when (attempt < Decisions)
            {
                // A rival was faster: nothing of ours was written, so what it wrote may change the decision. Many rivals
                // get out of step by waiting for different times.
                if (attempt > 2)
                    await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(2, 10 * attempt)), time, ct);
            }
        }
    }

    /// <summary>The state that a stream's events add up to; for a worker that looks before it acts.</summary>
    public async Task<TState> Read<TState>(string stream, Decider<TState> decider, CancellationToken ct) =>
        (await Load(stream, decider, isToRepeat: false, ct)).State;

    /// <summary>Opens a stream for a worker that appends step by step, exactly after what it has seen.</summary>
    public async Task<StreamCursor<TState>> Open<TState>(string stream, Decider<TState> decider, CancellationToken ct)
    {
        var loaded = await Load(stream, decider, isToRepeat: false, ct);
        return new(this, stream, decider, loaded.State, loaded.LastRevision);
    }

    /// <summary>The state before the event with this revision.</summary>
    public async Task<TState> ReadBefore<TState>(
        string stream, Decider<TState> decider, ulong revision, CancellationToken ct)
    {
        var state = decider.Initial;
        if (revision == 0) return state;
        await foreach (var stored in store.ReadStream(stream, ReadDirection.Forwards, null, (long)revision, ct))
            state = decider.Evolve(state, catalog.Deserialize(stored).Event);
        return state;
    }

    internal async Task<Appended> AppendAt(
        string stream, ulong? lastRevision, IReadOnlyList<IEvent> events, CancellationToken ct)
    {
        var context = current.Context;
        var expected = ExpectedRevision.After(lastRevision);
        var data = events.Select((e, index) => catalog.Serialize(e, context.ToMetadata(), DerivedId.From(
            context.CommandId, stream, index.ToString(CultureInfo.InvariantCulture), expected.ToString()))).ToList();

        // Half, so that what reactors append because of it fits as well.
        if (context.IsCommand && data.Sum(d => (long)d.Data.Length + d.Metadata.Length) > IEventStore.AppendLimit / 2)
            throw FormCodes.TooMuch.Refuse();

        OutcomeUnknownException? doubt = null;
        for (var repeat = 1; ; repeat++)
        {
            try
            {
                if (doubt is not null) await Task.Delay(BackOff.Of(repeat, FirstRepeat, LastRepeat), time, ct);
                return await store.Append(stream, expected, data, ct);
            }
            catch (OutcomeUnknownException unknown) when (repeat < Repeats)
            {
                doubt = unknown;
            }
            catch (Exception later) when (doubt is not null && later is EventStoreUnavailableException or OperationCanceledException)
            {
                // It says of the repeat that nothing was written; the first one may have been.
                throw new OutcomeUnknownException(stream, later);
            }
        }
    }
}

/// <param name="Appended">Where the command's events end.</param>
/// <param name="Events">The command's own events on the stream; none = there was nothing to do.</param>
/// <param name="State">After the stream's last event.</param>
public sealed record Transacted<TState>(Appended Appended, IReadOnlyList<IEvent> Events, TState State)
{
    /// <summary>The command's event of this kind, when a rival may have decided which it is.</summary>
    public TEvent? Event<TEvent>() where TEvent : class, IEvent => Events.OfType<TEvent>().FirstOrDefault();
}
