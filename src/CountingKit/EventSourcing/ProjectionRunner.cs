using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CountingKit.EventSourcing;

/// <summary>
/// Applies the log to the read models: a batch of events, their rows and the checkpoint commit together or not at all.
/// An event that cannot be applied stops it and is said on the health page; it is tried again, never skipped.
/// </summary>
public sealed class ProjectionRunner(
    IEventStore store,
    EventCatalog catalog,
    IEnumerable<IProjection> projections,
    IReadDatabases databases,
    ReadModels readModels,
    TimeProvider time,
    ILogger<ProjectionRunner> log) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IProjection[] projections = [.. projections];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Follow(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                // Nothing is skipped: the same batch is tried again, and meanwhile the health page tells.
                readModels.Trouble = trouble.GetType().Name;
                log.LogError(trouble, "The read models stand still");
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    /// <summary>
    /// Fills a fresh database from the start of the log while pages go on reading the old one, then switches.
    /// </summary>
    public async Task Rebuild(CancellationToken ct)
    {
        await using (databases.OpenFresh())
        {
            Position? done = null;
            var batch = new List<RecordedEvent>(BatchSize);
            await foreach (var stored in store.ReadAll(ReadDirection.Forwards, null, null, ct))
            {
                batch.Add(catalog.Deserialize(stored));
                done = stored.Position;
                if (batch.Count == BatchSize) await Apply(databases.OpenFilling, batch, complete: false, ct);
            }

            if (batch.Count > 0) await Apply(databases.OpenFilling, batch, complete: true, ct);
            log.LogInformation("Read models rebuilt up to {Position}", done);
        }

        rebuilt = true;
        databases.Switch();
    }

    private volatile bool rebuilt;

    private async Task Follow(CancellationToken ct)
    {
        var (from, complete) = await Checkpoint(ct);
        if (from is { } known) readModels.Projected(known, complete);

        var messages = Channel.CreateBounded<SubscriptionMessage>(BatchSize * 2);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var pump = Pump(from, messages.Writer, stop.Token);
        try
        {
            var batch = new List<RecordedEvent>(BatchSize);
            var caughtUp = complete;
            while (await messages.Reader.WaitToReadAsync(ct))
            {
                while (batch.Count < BatchSize && messages.Reader.TryRead(out var message))
                {
                    if (message is SubscriptionMessage.Event e) batch.Add(catalog.Deserialize(e.Stored));
                    if (message is SubscriptionMessage.CaughtUp) caughtUp = true;
                }

                if (batch.Count > 0) await Apply(databases.Open, batch, caughtUp, ct);
                else if (caughtUp && !complete) readModels.Projected(from ?? default, complete: true);
                complete |= caughtUp;
                readModels.Trouble = null;
                if (rebuilt)
                {
                    // The database behind us is another one now: take up at its own checkpoint.
                    rebuilt = false;
                    return;
                }
            }

            await pump;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private async Task Pump(Position? from, ChannelWriter<SubscriptionMessage> messages, CancellationToken ct)
    {
        try
        {
            await foreach (var message in store.SubscribeToAll(from, ct)) await messages.WriteAsync(message, ct);
            messages.Complete();
        }
        catch (Exception ended)
        {
            messages.Complete(ended);
        }
    }

    private async Task<(Position? From, bool Complete)> Checkpoint(CancellationToken ct)
    {
        await using var db = databases.Open();
        var row = await db.Set<ReadCheckpointRow>().AsNoTracking().SingleOrDefaultAsync(ct);
        return row is null ? (null, false) : (Position.Parse(row.Position), row.IsComplete);
    }

    private async Task Apply(Func<ReadDb> open, List<RecordedEvent> batch, bool complete, CancellationToken ct)
    {
        await using var db = open();
        foreach (var recorded in batch)
            foreach (var projection in projections)
                await projection.Apply(recorded, db, ct);

        var end = batch[^1].Position;
        var row = await db.FindAsync<ReadCheckpointRow>([1], ct);
        if (row is null) db.Add(new ReadCheckpointRow { Id = 1, Position = end.ToString(), IsComplete = complete });
        else (row.Position, row.IsComplete) = (end.ToString(), row.IsComplete || complete);
        await db.SaveChangesAsync(ct);
        batch.Clear();
        if (open == databases.Open) readModels.Projected(end, complete);
    }
}
