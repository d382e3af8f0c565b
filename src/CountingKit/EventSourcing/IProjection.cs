namespace CountingKit.EventSourcing;

/// <summary>Folds events into rows. Sees neither positions nor checkpoints and never saves: the runner does.</summary>
public interface IProjection
{
    /// <summary>Changes rows for one event. Called in the log's order, once for each event of a database.</summary>
    Task Apply(RecordedEvent recorded, ReadDb db, CancellationToken ct);
}

/// <summary>
/// Turns events into work. Does only short, keyed work: what it queues is stored in the transaction of its checkpoint, what
/// it appends has ids derived from the event, so that a repeat changes nothing.
/// </summary>
public interface IReactor
{
    /// <summary>Names its checkpoint for good.</summary>
    string Name { get; }

    Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct);
}
