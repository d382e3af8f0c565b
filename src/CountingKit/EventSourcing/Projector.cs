using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CountingKit.EventSourcing;

/// <summary>
/// Applies events to one database of read models: a batch, its rows and the checkpoint commit together or not at all. The
/// checkpoint moves only from where this projector left it: if another one moved it, nothing of the batch is written.
/// </summary>
/// <param name="open">Opens the database as it is now; another one behind it is noticed by its build.</param>
internal sealed class Projector(IReadOnlyList<IProjection> projections, Func<ReadDb> open)
{
    private RowCache rows = new(isEmpty: false);
    private Guid build;

    /// <summary>The last event that the rows tell; null = none yet.</summary>
    public Position? At { get; private set; }

    /// <summary>The log's end was reached once.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Begins anew from what the database says.</summary>
    public async Task Load(CancellationToken ct)
    {
        await using var db = open();
        var found = await db.Checkpoint.AsNoTracking().SingleOrDefaultAsync(ct);
        rows = new RowCache(isEmpty: found is null);
        (At, IsComplete, build) = (found?.At(), found?.IsComplete ?? false, found?.Build ?? Guid.Empty);
    }

    /// <summary>Events that come next in the log; ones that are told already are left out.</summary>
    /// <param name="complete">The log's end is reached with them.</param>
    /// <exception cref="OvertakenProjectorException">Nothing was written: load again.</exception>
    public async Task Apply(IReadOnlyList<RecordedEvent> events, bool complete, CancellationToken ct)
    {
        var next = At is { } known ? events.SkipWhile(e => e.Position <= known).ToList() : events;
        complete |= IsComplete;
        if (next.Count == 0 && complete == IsComplete) return;

        await using var db = open();
        db.Project(rows);
        foreach (var recorded in next)
            foreach (var projection in projections)
                await projection.Apply(recorded, db, ct);

        var end = next.Count > 0 ? next[^1].Position : At;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = build == Guid.Empty ? Guid.CreateVersion7() : build;
        await using var writer = new RowWriter(db.Database.GetDbConnection(), transaction.GetDbTransaction());
        await Move(db, writer, new() { Id = 1, Build = now, Position = end?.ToString(), IsComplete = complete }, ct);
        await rows.Flush(db.Tables, writer, ct);
        await transaction.CommitAsync(ct);
        rows.Settle();
        (At, IsComplete, build) = (end, complete, now);
    }

    /// <summary>Whether nobody else has written the database meanwhile, nor put another one in its place.</summary>
    public async Task<bool> IsCurrent(CancellationToken ct)
    {
        await using var db = open();
        return await Mine(db).AnyAsync(ct);
    }

    /// <summary>The same database, by its name of now on.</summary>
    public Projector Under(Func<ReadDb> name) =>
        new(projections, name) { rows = rows, build = build, At = At, IsComplete = IsComplete };

    /// <summary>First in the transaction: who comes second waits here, and finds that it is too late.</summary>
    private async Task Move(ReadDb db, RowWriter writer, ReadCheckpointRow next, CancellationToken ct)
    {
        var table = db.Tables[typeof(ReadCheckpointRow)];
        var moved = build == Guid.Empty
            ? await writer.Execute(table.InsertUnlessThere, table.Columns, table.Values(next), ct)
            : await Mine(db).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.Position, next.Position).SetProperty(c => c.IsComplete, next.IsComplete), ct);
        if (moved != 1) throw new OvertakenProjectorException();
    }

    private IQueryable<ReadCheckpointRow> Mine(ReadDb db)
    {
        var (filling, at) = (build, At?.ToString());
        return db.Checkpoint.Where(c => c.Id == 1 && c.Build == filling && c.Position == at);
    }
}

/// <summary>Another process has projected meanwhile, or other tables took the place of these. Nothing was written.</summary>
public sealed class OvertakenProjectorException() : Exception("The read models were moved on by another process.");
