using System.Runtime.CompilerServices;

namespace CountingKit.EventSourcing;

/// <summary>How a stream's state is read: from its start, or from its end where its events carry the whole state.</summary>
public sealed partial class Streams
{
    /// <summary>
    /// How far back what may be a repeat looks for itself where only the last events are read and nobody knows since when:
    /// 64 commands and their ends.
    /// </summary>
    public const int LookBack = 128;

    /// <summary>Clocks differ: a repeat looks this much further back than its number is old.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromDays(1);
    private const int FirstPage = 4;
    private const int LastPage = 64;

    /// <summary>The stream's last event of this kind; null = it holds none.</summary>
    public async Task<RecordedEvent?> Last<TEvent>(string stream, CancellationToken ct) where TEvent : IEvent
    {
        await foreach (var stored in Backwards(stream, ct))
            if (catalog.Deserialize(stored) is { Event: TEvent } found) return found;
        return null;
    }

    /// <param name="isToRepeat">Events of the command at hand are wanted, should there be any.</param>
    private async Task<Loaded<TState>> Load<TState>(
        string stream, Decider<TState> decider, bool isToRepeat, CancellationToken ct)
    {
        var own = new OwnEvents(isToRepeat && current.HasContext ? current.Context : null);
        if (decider.IsWhole is { } isWhole) return await LoadBack(stream, decider, isWhole, own, ct);

        var (state, last) = (decider.Initial, (Appended?)null);
        await foreach (var stored in store.ReadStream(stream, ReadDirection.Forwards, null, null, ct))
        {
            var @event = catalog.Deserialize(stored).Event;
            state = decider.Evolve(state, @event);
            last = new Appended(stored.Revision, stored.Position);
            if (own.Is(stored)) own.Add(@event, last);
        }

        return new Loaded<TState>(state, own.Events, own.End, last);
    }

    /// <summary>
    /// From the end to the last event that carries the whole state; for a repeat, to what it appended, as far back as it is
    /// old.
    /// </summary>
    private async Task<Loaded<TState>> LoadBack<TState>(
        string stream, Decider<TState> decider, Func<IEvent, bool> isWhole, OwnEvents own, CancellationToken ct)
    {
        var (since, mine, last) = (new Stack<IEvent>(), new Stack<(IEvent Event, Appended At)>(), (Appended?)null);
        var (isFound, read) = (false, 0);
        await foreach (var stored in Backwards(stream, ct))
        {
            var at = new Appended(stored.Revision, stored.Position);
            last ??= at;
            var isMine = own.Is(stored);
            if (isFound && (!own.MayBeBefore(stored, ++read) || (mine.Count > 0 && !isMine))) break;
            if (isFound && !isMine) continue;

            var @event = catalog.Deserialize(stored).Event;
            if (isMine) mine.Push((@event, at));
            if (isFound) continue;
            since.Push(@event);
            isFound = isWhole(@event);
        }

        foreach (var (@event, at) in mine) own.Add(@event, at);
        return new Loaded<TState>(since.Aggregate(decider.Initial, decider.Evolve), own.Events, own.End, last);
    }

    /// <summary>Few at first: mostly the last event is enough. Never many more than are asked for.</summary>
    private async IAsyncEnumerable<StoredEvent> Backwards(string stream, [EnumeratorCancellation] CancellationToken ct)
    {
        ulong? from = null;
        for (var page = FirstPage; ; page = Math.Min(2 * page, LastPage))
        {
            var count = 0;
            await foreach (var stored in store.ReadStream(stream, ReadDirection.Backwards, from, page, ct))
            {
                yield return stored;
                (count, from) = (count + 1, stored.Revision);
            }

            if (count < page || from is 0) yield break;
            from--;
        }
    }

    /// <summary>Events of the command at hand, oldest first.</summary>
    /// <param name="command">Null = none are wanted.</param>
    private sealed class OwnEvents(CommandContext? command)
    {
        public List<IEvent> Events { get; } = [];

        public Appended? End { get; private set; }

        /// <param name="read">How many events after the last whole one were looked at, with this one.</param>
        public bool MayBeBefore(StoredEvent stored, int read) => command switch
        {
            null or { IsFirst: true } => false,
            { After: { } cause } => stored.Position > cause && (stored.Position.IsKnown || read <= LookBack),
            { Since: { } since } => stored.Created >= since - ClocksDiffer,
            _ => read <= LookBack,
        };

        public bool Is(StoredEvent stored) => command is not null && EventCatalog.CommandOf(stored) == command.CommandId;

        public void Add(IEvent @event, Appended at)
        {
            Events.Add(@event);
            End = at;
        }
    }

    private sealed record Loaded<TState>(TState State, List<IEvent> Own, Appended? OwnEnd, Appended? Last)
    {
        public ulong? LastRevision => Last?.Revision;

        public Transacted<TState> ToTransacted() => new(OwnEnd ?? Last ?? new Appended(0, default), Own, State);
    }
}
