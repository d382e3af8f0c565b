using Microsoft.EntityFrameworkCore;

namespace CountingKit.EventSourcing;

/// <summary>
/// Applies events to one database of read models: a batch, its rows and the checkpoint commit together or not at all. The
/// checkpoint moves only from where this projector left it: if another one moved it, nothing of the batch is written.
/// </summary>
/// <param name="open">Opens the database as it is now; another one behind it is noticed by its build.</param>
internal sealed class Projector(IReadOnlyList<IProjection> projections, IReadDatabases databases, Func<ReadDb> open)
{
    private RowCache rows = new(isEmpty: false);
    private Mark made = new(null, false, Guid.Empty);
    private Mark written = new(null, false, Guid.Empty);
    private Task writing = Task.CompletedTask;

    /// <summary>The last event that the rows tell; null = none yet.</summary>
    public Position? At => written.At;

    /// <summary>The log's end was reached once.</summary>
    public bool IsComplete => written.IsComplete;

    /// <summary>Begins anew from what the database says.</summary>
    public async Task Load(CancellationToken ct)
    {
        await Leave();
        await using var db = open();
        var found = await db.Checkpoint.AsNoTracking().SingleOrDefaultAsync(ct);
        (rows, writing) = (new RowCache(isEmpty: found is null), Task.CompletedTask);
        made = written = new(found?.At(), found?.IsComplete ?? false, found?.Build ?? Guid.Empty);
    }

    /// <summary>Events that come next in the log; ones that are told already are left out. Returns when their rows are written.</summary>
    /// <param name="complete">The log's end is reached with them.</param>
    /// <exception cref="OvertakenProjectorException">Nothing was written: load again.</exception>
    public async Task Apply(IReadOnlyList<RecordedEvent> events, bool complete, CancellationToken ct)
    {
        await Begin(events, complete, ct);
        await writing;
    }

    /// <summary>
    /// As <see cref="Apply"/>, but returns as soon as the rows are made: they are written while those of the next events are
    /// made, and whatever is called next waits for that and tells its failure.
    /// </summary>
    public async Task Begin(IReadOnlyList<RecordedEvent> events, bool complete, CancellationToken ct)
    {
        var next = made.At is { } known ? events.SkipWhile(e => e.Position <= known).ToList() : events;
        complete |= made.IsComplete;
        if (next.Count == 0 && complete == made.IsComplete)
        {
            await writing;
            return;
        }

        await using var db = open();
        db.Project(rows, whenWritten: () => writing);
        foreach (var recorded in next)
            foreach (var projection in projections)
                await projection.Apply(recorded, db, ct);

        var (from, to) = (made, new Mark(
            next.Count > 0 ? next[^1].Position : made.At, complete, made.Build == Guid.Empty ? Guid.CreateVersion7() : made.Build));
        var changes = rows.Take(db.Tables);
        await writing;
        made = to;
        writing = Task.Run(() => Write(changes, from, to, ct), CancellationToken.None);
    }

    /// <summary>Waits until nothing is written any more, however that ends.</summary>
    public Task Leave() =>
        writing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>Whether nobody else has written the database meanwhile, nor put another one in its place.</summary>
    public async Task<bool> IsCurrent(CancellationToken ct)
    {
        await writing;
        await using var db = open();
        return await Mine(db, written).AnyAsync(ct);
    }

    /// <summary>The same database, by its name of now on. Nothing may be written just then.</summary>
    public Projector Under(Func<ReadDb> name) => new(projections, databases, name) { rows = rows, made = made, written = written };

    private async Task Write(IReadOnlyList<RowChange> changes, Mark from, Mark to, CancellationToken ct)
    {
        await using var db = open();
        var table = RowTable.Of(db)[typeof(ReadCheckpointRow)];
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await using var writer = databases.Writer(db);
        await Move(db, table, writer, from, to, ct);
        foreach (var change in changes) await writer.Write(change, ct);
        await writer.Complete(ct);
        await transaction.CommitAsync(ct);
        written = to;
    }

    /// <summary>First in the transaction: who comes second waits here, and finds that it is too late.</summary>
    private static async Task Move(ReadDb db, RowTable table, IRowWriter writer, Mark from, Mark to, CancellationToken ct)
    {
        var row = new ReadCheckpointRow { Id = 1, Build = to.Build, Position = to.At?.ToString(), IsComplete = to.IsComplete };
        var moved = from.Build == Guid.Empty
            ? await writer.Execute(new(table.InsertUnlessThere, table.Columns, table.Values(row)), ct)
            : await Mine(db, from).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.Position, row.Position).SetProperty(c => c.IsComplete, row.IsComplete), ct);
        if (moved != 1) throw new OvertakenProjectorException();
    }

    private static IQueryable<ReadCheckpointRow> Mine(ReadDb db, Mark mark)
    {
        var (build, at) = (mark.Build, mark.At?.ToString());
        return db.Checkpoint.Where(c => c.Id == 1 && c.Build == build && c.Position == at);
    }

    /// <summary>What the checkpoint says.</summary>
    private sealed record Mark(Position? At, bool IsComplete, Guid Build);
}

/// <summary>Another process has projected meanwhile, or other tables took the place of these. Nothing was written.</summary>
public sealed class OvertakenProjectorException() : Exception("The read models were moved on by another process.");
