namespace CountingKit.EventSourcing;

/// <summary>What every store refuses before it sends or writes anything.</summary>
public static class AppendRules
{
    /// <summary>The characters that a stream's name may have.</summary>
    public const int StreamNameLimit = 1024;

    /// <exception cref="ArgumentException">Empty, too long, or of the store's own (<c>$</c>).</exception>
    public static void CheckStream(string stream)
    {
        ArgumentException.ThrowIfNullOrEmpty(stream);
        if (stream.Length > StreamNameLimit)
            throw new ArgumentException($"A stream's name has at most {StreamNameLimit} characters.", nameof(stream));
        if (stream[0] == '$')
            throw new ArgumentException("Names that begin with $ are the store's own.", nameof(stream));
    }

    /// <exception cref="ArgumentException">
    /// A bad stream name; no events; an empty id; a type that is empty or begins with <c>$</c>; more than
    /// <see cref="IEventStore.AppendLimit"/> bytes.
    /// </exception>
    public static void Check(string stream, IReadOnlyList<EventData> events)
    {
        CheckStream(stream);
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0) throw new ArgumentException("An append has at least one event.", nameof(events));

        long size = 0;
        foreach (var @event in events)
        {
            if (@event.Id == Guid.Empty) throw new ArgumentException("An event's id is not empty.", nameof(events));
            if (string.IsNullOrEmpty(@event.Type) || @event.Type[0] == '$')
                throw new ArgumentException("An event's type is not empty and does not begin with $.", nameof(events));
            size += @event.Data.Length + @event.Metadata.Length;
        }

        if (size > IEventStore.AppendLimit)
            throw new ArgumentException(
                $"An append holds at most {IEventStore.AppendLimit} bytes; this one has {size}.", nameof(events));
    }
}
