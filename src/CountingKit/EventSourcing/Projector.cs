using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CountingKit.EventSourcing;

/// <summary>
/// Applies events to one database of read models: a batch, its rows and the checkpoint commit together or not at all. The
/// checkpoint moves only from where this projector left it: if another one moved it, nothing of the batch is written.
/// </summary>
/// <remarks>
/// An event that a projection cannot take in is set aside for that projection, whether it throws or its rows cannot be
/// written; what is over by itself, such as a database that is away, is not such a failure and is thrown.
/// </remarks>
/// <param name="open">Opens the database as it is now; another one behind it is noticed by its build.</param>
internal sealed class Projector(
    IReadOnlyList<IProjection> projections, IReadDatabases databases, Func<ReadDb> open, Outages outages, ILogger log)
{
    private RowCache rows = new(isEmpty: false);
    private Mark made = new(null, null, false, Guid.Empty);
    private Mark written = new(null, null, false, Guid.Empty);
    private Batch? last;
    private Task writing = Task.CompletedTask;

    /// <summary>The last event that the rows tell; null = none yet.</summary>
    public Position? At => written.At;

    /// <summary>Its id; null = none yet.</summary>
    public Guid? EventId => written.EventId;

    /// <summary>The log's end was reached once.</summary>
    public bool IsComplete => written.IsComplete;

    /// <summary>Which filling of the tables it is.</summary>
    public Guid Build => written.Build;

    /// <summary>Begins anew from what the database says.</summary>
    public async Task Load(CancellationToken ct)
    {
        await Leave();
        await using var db = open();
        var found = await db.Checkpoint.AsNoTracking().SingleOrDefaultAsync(ct);
        (rows, writing) = (new RowCache(isEmpty: found is null), Task.CompletedTask);
        made = written = new(found?.At(), found?.EventId, found?.IsComplete ?? false, found?.Build ?? Guid.Empty);
    }

    /// <summary>Events that come next in the log; ones that are told already are left out. Returns when their rows are written.</summary>
    /// <param name="complete">The log's end is reached with them.</param>
    /// <exception cref="OvertakenProjectorException">Nothing was written: load again.</exception>
    public async Task Apply(IReadOnlyList<FedEvent> events, bool complete, CancellationToken ct)
    {
        await Begin(events, complete, ct);
        await Settle(ct);
    }

    /// <summary>
    /// As <see cref="Apply"/>, but returns as soon as the rows are made: they are written while those of the next events are
    /// made, and whatever is called next waits for that and tells its failure.
    /// </summary>
    public async Task Begin(IReadOnlyList<FedEvent> events, bool complete, CancellationToken ct)
    {
        var next = made.At is { } known ? events.SkipWhile(e => e.Position <= known).ToList() : events;
        complete |= made.IsComplete;
        if (next.Count == 0 && complete == made.IsComplete)
        {
            await Settle(ct);
            return;
        }

        var batch = await MakeIfWritten(next, complete, ct);
        if (!await Settle(ct) || batch is null) batch = await Make(next, complete, [], ct);
        (made, last) = (batch.To, batch);
        writing = Task.Run(() => Write(batch, keep: true, ct), CancellationToken.None);
    }

    /// <summary>Waits until nothing is written any more, however that ends.</summary>
    public Task Leave() =>
        writing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>Whether nobody else has written the database meanwhile, nor put another one in its place.</summary>
    public async Task<bool> IsCurrent(CancellationToken ct)
    {
        await Settle(ct);
        await using var db = open();
        return await Mine(db, written).AnyAsync(ct);
    }

    /// <summary>The same database, by its name of now on. Nothing may be written just then.</summary>
    public Projector Under(Func<ReadDb> name) =>
        new(projections, databases, name, outages, log) { rows = rows, made = made, written = written };

    /// <returns>Null = what comes before could not be written, so that no rows can be made on top of it.</returns>
    private async Task<Batch?> MakeIfWritten(IReadOnlyList<FedEvent> events, bool complete, CancellationToken ct)
    {
        try
        {
            return await Make(events, complete, [], ct);
        }
        catch (Exception) when (writing.IsFaulted)
        {
            return null;
        }
    }

    /// <param name="without">Those that are not to be told these events.</param>
    private async Task<Batch> Make(
        IReadOnlyList<FedEvent> events, bool complete, IReadOnlyList<IProjection> without, CancellationToken ct)
    {
        await using var db = open();
        var batch = new CachedRows(db, rows, whenWritten: () => writing);
        var aside = new List<SetAsideRow>();
        foreach (var fed in events)
        {
            if (fed.Unreadable is { } unreadable) aside.Add(SetAsideRow.Of(fed.Stored, SetAsideRow.AllProjections, unreadable.Code));
            if (fed.Recorded is not { } recorded) continue;
            foreach (var projection in projections)
                if (without.Contains(projection) || !await Take(projection, recorded, batch, ct))
                    aside.Add(SetAsideRow.Of(fed.Stored, projection.Name, StorageCodes.NotShown.Code));
        }

        var to = new Mark(
            events.Count > 0 ? events[^1].Position : made.At, events.Count > 0 ? events[^1].Stored.Id : made.EventId, complete, made.Build == Guid.Empty ? Guid.CreateVersion7() : made.Build);
        var table = batch.Tables[typeof(SetAsideRow)];
        return new(events, made, to, [
            .. rows.Take(batch.Tables), .. aside.Select(row => new RowChange(table.Put, table.Columns, table.Values(row)))]);
    }

    /// <returns>False = it cannot take the event in; all rows are as before.</returns>
    private async Task<bool> Take(IProjection projection, RecordedEvent recorded, CachedRows batch, CancellationToken ct)
    {
        rows.BeginStep();
        try
        {
            await projection.Apply(recorded, batch, ct);
            return true;
        }
        catch (Exception failed) when (IsOfAnEvent(failed) && !writing.IsFaulted)
        {
            rows.UndoStep();
            log.LogError(
                failed, "The {Projection} cannot take in event {Revision} of {Stream}; it is set aside", projection.Name,
                recorded.Stored.Revision, recorded.Stored.Stream);
            return false;
        }
    }

    /// <summary>Waits for what is being written.</summary>
    /// <returns>False = some of it had to be set aside: rows made meanwhile on top of it must be made again.</returns>
    private async Task<bool> Settle(CancellationToken ct)
    {
        try
        {
            await writing;
            return true;
        }
        catch (Exception failed) when (last is not null && IsOfAnEvent(failed))
        {
            log.LogWarning(failed, "Rows of {Events} events cannot be written together", last.Events.Count);
            writing = Task.CompletedTask;
            await WriteApart(last.Events, last.To.IsComplete, ct);
            return false;
        }
    }

    /// <summary>
    /// Halves what could not be written together until the events are found that are to blame, and of those the projections:
    /// what a database refuses is often found only when rows are written, such as a second one of the same key.
    /// </summary>
    private async Task WriteApart(IReadOnlyList<FedEvent> events, bool complete, CancellationToken ct)
    {
        if (await Fails(events, complete, [], keep: true, ct) is not { } failure) return;
        if (events.Count > 1)
        {
            await WriteApart([.. events.Take(events.Count / 2)], written.IsComplete, ct);
            await WriteApart([.. events.Skip(events.Count / 2)], complete, ct);
            return;
        }

        var guilty = new List<IProjection>();
        foreach (var projection in projections)
            if (await Fails(events, complete, [.. projections.Except([projection])], keep: false, ct) is { } reason)
            {
                log.LogError(
                    reason, "The rows of the {Projection} for event {Revision} of {Stream} cannot be written; it is set aside",
                    projection.Name, events[0].Stored.Revision, events[0].Stored.Stream);
                guilty.Add(projection);
            }

        // Where none is guilty on its own they are together. If even the checkpoint alone fails, it is the database.
        if (guilty.Count > 0 && await Fails(events, complete, guilty, keep: true, ct) is null) return;
        if (await Fails(events, complete, projections, keep: true, ct) is not null) throw failure;
    }

    /// <param name="keep">False = only to see whether it can be done.</param>
    /// <returns>Why they could not be written for an event's sake; null = they could.</returns>
    private async Task<Exception?> Fails(
        IReadOnlyList<FedEvent> events, bool complete, IReadOnlyList<IProjection> without, bool keep, CancellationToken ct)
    {
        rows.Forget();
        made = written;
        try
        {
            await Write(await Make(events, complete, without, ct), keep, ct);
            made = written;
            return null;
        }
        catch (Exception failed) when (IsOfAnEvent(failed))
        {
            return failed;
        }
    }

    private bool IsOfAnEvent(Exception failure) => failure is not OvertakenProjectorException && !outages.IsPassing(failure);

    private async Task Write(Batch batch, bool keep, CancellationToken ct)
    {
        await using var db = open();
        var table = RowTable.Of(db)[typeof(ReadCheckpointRow)];
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await using var writer = databases.Writer(db);
        await Move(db, table, writer, batch.From, batch.To, ct);
        foreach (var change in batch.Changes) await writer.Write(change, ct);
        await writer.Complete(ct);
        if (!keep) return;
        await transaction.CommitAsync(ct);
        written = batch.To;
    }

    /// <summary>First in the transaction: who comes second waits here, and finds that it is too late.</summary>
    private static async Task Move(ReadDb db, RowTable table, IRowWriter writer, Mark from, Mark to, CancellationToken ct)
    {
        var row = new ReadCheckpointRow
        {
            Id = 1, Build = to.Build, Position = to.At?.ToString(), EventId = to.EventId, IsComplete = to.IsComplete,
        };
        var moved = from.Build == Guid.Empty
            ? await writer.Execute(new(table.InsertUnlessThere, table.Columns, table.Values(row)), ct)
            : await Mine(db, from).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.Position, row.Position).SetProperty(c => c.EventId, row.EventId)
                    .SetProperty(c => c.IsComplete, row.IsComplete), ct);
        if (moved != 1) throw new OvertakenProjectorException();
    }

    private static IQueryable<ReadCheckpointRow> Mine(ReadDb db, Mark mark)
    {
        var (build, at) = (mark.Build, mark.At?.ToString());
        return db.Checkpoint.Where(c => c.Id == 1 && c.Build == build && c.Position == at);
    }

    /// <summary>What the checkpoint says.</summary>
    private sealed record Mark(Position? At, Guid? EventId, bool IsComplete, Guid Build);

    /// <summary>Rows that events made, on top of what the checkpoint says before them.</summary>
    private sealed record Batch(IReadOnlyList<FedEvent> Events, Mark From, Mark To, IReadOnlyList<RowChange> Changes);
}

/// <summary>Another process has projected meanwhile, or other tables took the place of these. Nothing was written.</summary>
public sealed class OvertakenProjectorException() : Exception("The read models were moved on by another process.");
