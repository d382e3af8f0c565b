namespace CountingKit.EventSourcing;

/// <summary>The database of read models that pages read now, and the one that a rebuild fills. Adapters: SQLite.</summary>
public interface IReadDatabases
{
    /// <summary>Opens what pages read; made empty when it is not there yet.</summary>
    ReadDb Open();

    /// <summary>Opens a fresh, empty database beside it, not yet read by pages; an unfinished one is dropped first.</summary>
    ReadDb OpenFresh();

    /// <summary>Another connection to the database that <see cref="OpenFresh"/> made.</summary>
    ReadDb OpenFilling();

    /// <summary>Pages read the filled database from now on; the old one is dropped.</summary>
    void Switch();
}

/// <summary>
/// Keeps the read models up to the log, and lets a page wait until they tell what it has just done.
/// </summary>
public sealed class ReadModels(IReadDatabases databases, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Position? projected;
    private Position? reacted;
    private Position? followUp;

    /// <summary>True once the log's end was reached for the first time since this database was made.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Why the read models stand still; null = they don't. Shown by the health page.</summary>
    public string? Trouble { get; internal set; }

    public ReadDb Open() => databases.Open();

    /// <summary>
    /// Waits until the rows tell everything up to <paramref name="position"/>, and what reactors appended because of it;
    /// 10 s at most: behind a busy machine a person rather waits than is told that what they made is not there.
    /// </summary>
    /// <returns>False = not yet: say that the list is still catching up.</returns>
    public async Task<bool> CaughtUpTo(Position position, CancellationToken ct)
    {
        var deadline = time.GetTimestamp();
        while (true)
        {
            Task wait;
            lock (gate)
            {
                var target = followUp is { } follow && follow > position ? follow : position;
                if (reacted >= position && projected >= target) return true;
                wait = moved.Task;
            }

            var left = Patience - time.GetElapsedTime(deadline);
            if (left <= TimeSpan.Zero) return false;
            await Task.WhenAny(wait, Task.Delay(left, time, ct));
            ct.ThrowIfCancellationRequested();
        }
    }

    internal void Projected(Position position, bool complete) => Move(() =>
    {
        projected = position;
        IsComplete |= complete;
    });

    internal void Reacted(Position position, Position? appended) => Move(() =>
    {
        reacted = position;
        if (appended is { } end && (followUp is not { } known || end > known)) followUp = end;
    });

    private void Move(Action change)
    {
        lock (gate)
        {
            change();
            var waiting = moved;
            moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.SetResult();
        }
    }
}
