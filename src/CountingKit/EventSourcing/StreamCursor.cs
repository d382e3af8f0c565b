namespace CountingKit.EventSourcing;

/// <summary>
/// A worker's place in a stream. Each append must follow exactly what the worker has seen: whoever else moved the stream
/// on wins, and this worker stops before its next effect.
/// </summary>
public sealed class StreamCursor<TState>(
    Streams streams, string stream, Decider<TState> decider, TState state, ulong? revision)
{
    public TState State { get; private set; } = state;

    internal ulong? Revision { get; private set; } = revision;

    /// <exception cref="OvertakenException">Somebody else appended since this worker looked.</exception>
    public async Task<Appended> Append(IEvent @event, CancellationToken ct)
    {
        try
        {
            var appended = await streams.AppendAt(stream, Revision, [@event], ct);
            (State, Revision) = (decider.Evolve(State, @event), appended.Revision);
            return appended;
        }
        catch (WrongExpectedRevisionException overtaken)
        {
            throw new OvertakenException(overtaken);
        }
    }
}

/// <summary>Another process, or a person's wish, moved the stream on: look again before doing anything.</summary>
public sealed class OvertakenException(Exception? inner = null) : Exception("The stream moved on meanwhile.", inner);
