using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace CountingKit.EventSourcing;

/// <summary>
/// The time in which this process projects. New events go to the rows that pages read, also while a rebuild fills others
/// from the start of the log; between two batches the one takes the place of the other.
/// </summary>
internal sealed class Projecting(
    IEventStore store, EventCatalog catalog, IReadOnlyList<IProjection> projections, IReadDatabases databases,
    ReadModels readModels, Rebuilds rebuilds, OlderLogs olderLogs, Outages outages, TimeProvider time, ILogger log) : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BehindPause = TimeSpan.FromMilliseconds(100);
    private const int MostPasses = 100;

    /// <summary>Held for a batch, or for the switch.</summary>
    private readonly SemaphoreSlim turn = new(1);

    private Projector live = new(projections, databases, databases.Open, outages, log);

    /// <summary>Until cancelled, or until something is wrong.</summary>
    public async Task Run(CancellationToken ct)
    {
        await live.Load(ct);
        if (await TellsAnotherLog(ct)) await BeginAnew(ct);
        readModels.Projected(live.At, live.IsComplete, live.Build);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task[] both = [Follow(stop.Token), Serve(stop.Token)];
        try
        {
            await await Task.WhenAny(both);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(both).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await live.Leave();
        }
    }

    /// <returns>True = they were damaged: an empty database has taken their place.</returns>
    public static async Task<bool> SetAsideDamaged(IReadDatabases databases, ILogger log, CancellationToken ct)
    {
        if (await databases.SetAsideDamaged(ct) is not { } kept) return false;
        log.LogError(
            "{Code}: what pages show was damaged on the disk; what is left of its file is kept as {File}, and it is filled anew from the log",
            StorageCodes.Damaged.Code, kept);
        return true;
    }

    /// <summary>Fills a fresh database from the start of the log while pages go on reading the old one, then switches.</summary>
    /// <param name="reached">Told how many events are applied.</param>
    public async Task Rebuild(Func<long, Task> reached, CancellationToken ct)
    {
        await databases.OpenFresh().DisposeAsync();
        var filling = new Projector(projections, databases, databases.OpenFilling, outages, log);
        await filling.Load(ct);
        var events = 0L;
        try
        {
            await foreach (var batch in EventFeed.Batches(From(null, ct), catalog, ct))
            {
                await filling.Begin(batch.Events, complete: false, ct);
                await reached(events += batch.Events.Count);
            }

            await filling.Apply([], complete: false, ct);
        }
        finally
        {
            await filling.Leave();
        }

        databases.Index();
        await turn.WaitAsync(ct);
        try
        {
            // What pages have seen already is told by the new rows too before they are shown.
            await foreach (var batch in EventFeed.Batches(From(filling.At, ct), catalog, ct))
                await filling.Apply(batch.Events, complete: false, ct);
            // A cluster's node that answered may be behind the one that the subscription reads.
            for (var pass = 1; live.At is { } told && !(filling.At >= told); pass++)
            {
                if (pass > MostPasses) throw new EventStoreUnavailableException("The event store gives fewer events than before.");
                await Task.Delay(BehindPause, time, ct);
                await foreach (var batch in EventFeed.Batches(From(filling.At, ct), catalog, ct))
                    await filling.Apply(batch.Events, complete: false, ct);
            }

            await filling.Apply([], complete: true, ct);
            if (!await live.IsCurrent(ct)) throw new OvertakenProjectorException();
            databases.Switch();
            live = filling.Under(databases.Open);
            readModels.Projected(live.At, live.IsComplete, live.Build);
        }
        finally
        {
            turn.Release();
        }

        log.LogInformation("Read models rebuilt from {Events} events", events);
    }

    public void Dispose() => turn.Dispose();

    private async Task Follow(CancellationToken ct)
    {
        await foreach (var batch in EventFeed.Batches(store.SubscribeToAll(live.At, ct), catalog, ct))
        {
            await turn.WaitAsync(ct);
            try
            {
                // Until the end of the log is reached for the first time nobody reads the rows.
                if (live.IsComplete || batch.CaughtUp) await live.Apply(batch.Events, batch.CaughtUp, ct);
                else await live.Begin(batch.Events, complete: false, ct);
                readModels.Projected(live.At, live.IsComplete, live.Build);
                readModels.Trouble = null;
            }
            finally
            {
                turn.Release();
            }
        }
    }

    /// <summary>
    /// The rows go beyond the end of the log, or another event stands where theirs stood: the log is an older backup, or
    /// goes on from one.
    /// </summary>
    private async Task<bool> TellsAnotherLog(CancellationToken ct)
    {
        if (live is not { At: { } at, EventId: { } told }) return false;
        for (var pass = 1; ; pass++)
        {
            var there = await store.ReadAll(ReadDirection.Forwards, at, 1, ct).FirstOrDefaultAsync(ct);
            if (there is not null) return there.Position != at || there.Id != told;
            // A cluster's node that answered may be behind the one that was read before.
            if (pass == MostPasses) return true;
            await Task.Delay(BehindPause, time, ct);
        }
    }

    private async Task BeginAnew(CancellationToken ct)
    {
        log.LogWarning(
            "{Code}: pages told events that the log does not hold; they are filled anew from it", StorageCodes.OlderLog.Code);
        await olderLogs.Note(await store.ReadAll(ReadDirection.Backwards, null, 1, ct).FirstOrDefaultAsync(ct), ct);
        await databases.OpenFresh().DisposeAsync();
        databases.Index();
        databases.Switch();
        await live.Load(ct);
    }

    private async Task Serve(CancellationToken ct)
    {
        // What a disk has damaged meanwhile is found once in a process's life, before somebody meets it.
        var look = true;
        for (; ; await Task.Delay(PollInterval, time, ct))
        {
            if ((look || databases.MayBeDamaged) && await SetAsideDamaged(databases, log, ct)) throw new OvertakenProjectorException();
            look = false;
            // Another process that met the damage first has put an empty database there, which waits for no event.
            if (live.IsComplete && !await IsCurrent(ct)) throw new OvertakenProjectorException();
            if (live.IsComplete && await rebuilds.IsWanted(ct)) await CarryOut(ct);
        }
    }

    private async Task<bool> IsCurrent(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            return await live.IsCurrent(ct);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task CarryOut(CancellationToken ct)
    {
        var (events, told) = (0L, time.GetTimestamp());
        await rebuilds.Started(ct);
        try
        {
            await Rebuild(Tell, ct);
            await rebuilds.Ended(events, null, ct);
        }
        catch (Exception trouble) when (trouble is not (OperationCanceledException or OvertakenProjectorException))
        {
            // Pages go on with the rows they have, so this is told where the rebuild was asked for.
            outages.Log(log, trouble, "The rebuild of the read models failed");
            await rebuilds.Ended(events, (outages.Of(trouble) ?? StorageCodes.Unexpected).Title, ct);
        }

        async Task Tell(long now)
        {
            events = now;
            if (time.GetElapsedTime(told) < PollInterval) return;
            told = time.GetTimestamp();
            await rebuilds.Reached(events, ct);
        }
    }

    /// <summary>The log's events behind a position, to its end of now.</summary>
    private async IAsyncEnumerable<SubscriptionMessage> From(Position? after, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var stored in store.ReadAll(ReadDirection.Forwards, after, null, ct))
            if (!(stored.Position <= after)) yield return new SubscriptionMessage.Event(stored);
    }
}
