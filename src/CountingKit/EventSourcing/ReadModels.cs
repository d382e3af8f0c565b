using Microsoft.EntityFrameworkCore;

namespace CountingKit.EventSourcing;

/// <summary>
/// The database of read models that pages read now, and the one that a rebuild fills. Several processes may share them:
/// after one has switched, <see cref="Open"/> gives the new one in every process. Adapters: SQLite, PostgreSQL.
/// </summary>
public interface IReadDatabases
{
    /// <summary>Opens what pages read; made empty when it is not there yet.</summary>
    ReadDb Open();

    /// <summary>
    /// Opens a fresh, empty database beside it, not yet read by pages and without their indexes; an unfinished one is
    /// dropped first.
    /// </summary>
    ReadDb OpenFresh();

    /// <summary>Another connection to the database that <see cref="OpenFresh"/> made.</summary>
    ReadDb OpenFilling();

    /// <summary>Writes rows in the transaction that <paramref name="db"/> has begun, and is done with before it.</summary>
    IRowWriter Writer(ReadDb db);

    /// <summary>Makes the indexes of what was filled, which may take a while; the last thing before the switch.</summary>
    void Index();

    /// <summary>Pages read the filled database from now on, in all processes; the old one is dropped.</summary>
    void Switch();

    /// <summary>
    /// Who read met damage, or the file is gone: whoever projects is to call <see cref="SetAsideDamaged"/> soon.
    /// </summary>
    bool MayBeDamaged { get; }

    /// <summary>
    /// Its folder was moved away or replaced, or its disk is not there: nothing can be said of the file.
    /// </summary>
    bool IsGone { get; }

    /// <summary>
    /// Looks through what pages read. If its file is damaged, that is put aside and an empty database takes its place, in
    /// all processes.
    /// </summary>
    /// <returns>The name of the file that was put aside; null = it is whole.</returns>
    /// <exception cref="FolderGoneException"><see cref="IsGone"/>.</exception>
    Task<string?> SetAsideDamaged(CancellationToken ct);
}

/// <summary>
/// Lets a page wait until the read models tell what it has just done, whichever process projects: what this one does is
/// known at once, what another one does stands in the checkpoints, which are looked at while somebody waits.
/// </summary>
public sealed class ReadModels(IReadDatabases databases, ReactorCheckpoints reactors, TimeProvider time)
{
    /// <summary>After this, work that found them behind looks again.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    private readonly Lock gate = new();
    private TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Position? projected;
    private Guid build;
    private readonly Dictionary<string, ReactorPlace> reacted = [];
    private long lookedAt;
    private bool isLooking;

    /// <summary>True once the log's end was reached for the first time since the tables were made that pages read.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Why the read models stand still; null = they don't, or another process projects.</summary>
    public ErrorCode? Trouble { get; internal set; }

    /// <summary>Damage was met, and is looked into.</summary>
    public bool MayBeDamaged => databases.MayBeDamaged;

    /// <summary>The folder of the tables is away.</summary>
    public bool IsGone => databases.IsGone;

    public ReadDb Open() => databases.Open();

    /// <summary>
    /// Waits until the rows tell everything up to <paramref name="position"/>, and what reactors appended because of it;
    /// 10 s at most: behind a busy machine a person rather waits than is told that what they made is not there. A reactor
    /// that stands still is not waited for.
    /// </summary>
    /// <returns>False = not yet: say that the list is still catching up.</returns>
    public Task<bool> CaughtUpTo(Position position, CancellationToken ct) => CaughtUpTo(position, Timeout, ct);

    /// <summary>Without waiting, as work in a lane asks.</summary>
    public Task<bool> HaveCaughtUpTo(Position position, CancellationToken ct) => CaughtUpTo(position, TimeSpan.Zero, ct);

    private async Task<bool> CaughtUpTo(Position position, TimeSpan patience, CancellationToken ct)
    {
        if (patience == TimeSpan.Zero) await Look(ct);
        var started = time.GetTimestamp();
        Position? target = null;
        while (true)
        {
            Task next;
            lock (gate)
            {
                // What comes of later events is not waited for: the aim stands as soon as it is known.
                if (target is null && HaveReacted(position)) target = Later(position, reacted.Values.Max(p => p.FollowUp));
                if (target is { } all && projected >= all) return true;
                next = moved.Task;
            }

            if (time.GetElapsedTime(started) >= patience) return false;
            await Task.WhenAny(next, Task.Delay(Interval, time, ct));
            ct.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(Volatile.Read(ref lookedAt)) >= Interval) await Look(ct);
        }
    }

    /// <summary>Reads what the processes that project and react have done. Several who wait look once.</summary>
    public async Task Look(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref isLooking, true)) return;
        try
        {
            Guid known;
            lock (gate) known = build;
            var places = await reactors.Read(ct);
            await using var db = databases.Open();
            var row = await db.Checkpoint.AsNoTracking().SingleOrDefaultAsync(ct);
            foreach (var (reactor, place) in places) Reacted(reactor, place);
            // Tables that were begun since it was asked are newer than what it read.
            if (row is not null) Move(() => (build == known || build == row.Build) && Tell(row.At(), row.IsComplete, row.Build));
            Volatile.Write(ref lookedAt, time.GetTimestamp());
        }
        finally
        {
            Volatile.Write(ref isLooking, false);
        }
    }

    /// <param name="filling">Tables that were filled anew, or are, have a way of their own through the log.</param>
    internal void Projected(Position? position, bool complete, Guid filling) => Move(() => Tell(position, complete, filling));

    internal void Reacted(string reactor, ReactorPlace place) => Move(() =>
    {
        var known = reacted.GetValueOrDefault(reactor);
        reacted[reactor] = place with { Done = Later(known?.Done, place.Done), FollowUp = Later(known?.FollowUp, place.FollowUp) };
        return known != reacted[reactor];
    });

    internal void StandsStill(string reactor) => Move(() =>
    {
        reacted[reactor] = reacted.GetValueOrDefault(reactor, new(null, null)) with { StandsStill = true };
        return true;
    });

    /// <returns>Whether it is news.</returns>
    private bool Tell(Position? position, bool complete, Guid filling)
    {
        var before = (projected, IsComplete);
        (projected, IsComplete) = build == filling
            ? (Later(projected, position), IsComplete | complete)
            : (position, complete);
        build = filling;
        return before != (projected, IsComplete);
    }

    private bool HaveReacted(Position position) => reactors.Names.All(
        name => reacted.TryGetValue(name, out var place) && (place.StandsStill || place.Done >= position));

    private static Position? Later(Position? known, Position? told) => known > told || told is null ? known : told;

    /// <param name="change">True = who waits is to look again.</param>
    private void Move(Func<bool> change)
    {
        lock (gate)
        {
            if (!change()) return;
            var waiting = moved;
            moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.SetResult();
        }
    }
}
