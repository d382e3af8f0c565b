using System.Collections.Concurrent;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CountingKit.EventSourcing;

/// <param name="Concurrency">Runs at once in this process (setting <c>Worker__Concurrency</c>).</param>
public sealed record WorkerOptions(int Concurrency = 2)
{
    /// <summary>Pieces of upkeep at once in this process: one that waits for a vendor's answer leaves room for the rest.</summary>
    public const int Upkeep = 2;
}

/// <summary>
/// Leases queued work and has it done, each kind in lanes of its own. A piece whose process dies is free again when its
/// lease runs out; one that fails unexpectedly is tried again, later each time, and shown on the health page.
/// </summary>
public sealed class WorkHost : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(2);

    /// <summary>It keeps all portals from the piece, and a person may wait for it once the outage is over.</summary>
    private static readonly TimeSpan LongestOutagePause = TimeSpan.FromSeconds(10);

    /// <summary>So many outages in a row are met at the least pause: most are over in a moment.</summary>
    private const int Moments = 3;

    /// <summary>Pieces may end in another process: at so many, all are forgotten and begin at the least pause again.</summary>
    private const int MostMet = 1000;

    /// <summary>For one attempt; the first reading of a large organization takes an hour or two.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(4);
    private static readonly TimeSpan LongestUpkeep = TimeSpan.FromMinutes(15);

    private readonly WorkTable table;
    private readonly IServiceScopeFactory scopes;
    private readonly WorkerOptions options;
    private readonly WorkSignal signal;
    private readonly WorkLanes lanes;
    private readonly NodeName node;
    private readonly Outages outages;
    private readonly TimeProvider time;
    private readonly ILogger<WorkHost> log;

    /// <summary>By a piece's id, how many outages in a row its attempts in this process have met.</summary>
    private readonly ConcurrentDictionary<Guid, int> met = new();

    public WorkHost(
        IDbContextFactory<VaultDb> vault, IServiceScopeFactory scopes, WorkerOptions options, WorkSignal signal,
        WorkLanes lanes, NodeName node, Outages outages, TimeProvider time, ILogger<WorkHost> log)
    {
        (table, this.scopes, this.options, this.signal) = (new(vault, time), scopes, options, signal);
        (this.lanes, this.node, this.outages, this.time, this.log) = (lanes, node, outages, time, log);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Lanes(WorkLane.Runs, options.Concurrency, LongestRun, stoppingToken),
        Lanes(WorkLane.Upkeep, WorkerOptions.Upkeep, LongestUpkeep, stoppingToken));

    /// <summary>Whenever a lane is free, the next piece is leased for it.</summary>
    private async Task Lanes(WorkLane lane, int count, TimeSpan longest, CancellationToken stopping)
    {
        await Task.Yield();
        IReadOnlyCollection<string> kinds;
        using (var scope = scopes.CreateScope())
            kinds = [.. scope.ServiceProvider.GetServices<IWorker>().Where(w => w.Lane == lane).Select(w => w.Kind)];
        var (name, turns) = ($"{node.Name}/{lane.ToString().ToLowerInvariant()}", new WorkTurns());
        using var places = new WorkPlaces(count);
        List<Task> working = [];
        while (kinds.Count > 0 && !stopping.IsCancellationRequested)
        {
            try
            {
                await places.Begin(stopping);
                working.RemoveAll(work => work.IsCompleted);
                if (await Next(kinds, turns, name, places, longest, stopping) is { } next) working.Add(next);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception trouble)
            {
                await Later(trouble, stopping);
            }
        }

        await Task.WhenAll(working);
    }

    /// <summary>In a lane that is free; it is free again when the work has ended, or there is none.</summary>
    /// <returns>Null = there is nothing to do.</returns>
    private async Task<Task?> Next(
        IReadOnlyCollection<string> kinds, WorkTurns turns, string name, WorkPlaces places, TimeSpan longest,
        CancellationToken stopping)
    {
        Task? work = null;
        var (asked, raised) = (time.GetTimestamp(), signal.Next);
        try
        {
            if (await table.Lease(kinds, turns, places.IsScarce, name, stopping) is { } item)
                work = Work(item, asked, turns, places, longest, stopping);
        }
        finally
        {
            if (work is null) places.End(hasLane: true);
        }

        if (work is null) await Task.WhenAny(raised, Task.Delay(PollInterval, time, stopping));
        return work;
    }

    private async Task Later(Exception trouble, CancellationToken stopping)
    {
        outages.Log(log, trouble, "Work could not be leased or put back");
        await Task.Delay(PollInterval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Work(
        WorkItem item, long asked, WorkTurns turns, WorkPlaces places, TimeSpan longest, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var place = new WorkPlace(places, ended.Token);
        lanes.Enter(place);
        try
        {
            await Work(item, asked, place, longest, stopping);
        }
        catch (Exception trouble)
        {
            await Later(trouble, stopping);
        }
        finally
        {
            await ended.CancelAsync();
            turns.Ended(item.Turn);
            place.Leave();
        }
    }

    private async Task Work(WorkItem item, long asked, WorkPlace place, TimeSpan longest, CancellationToken stopping)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var late = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lost.Token, late.Token);
        var keeping = Keep(item, asked, place, lost);
        met.TryRemove(item.Id, out var inARow);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var worker = scope.ServiceProvider.GetServices<IWorker>().Single(w => w.Kind == item.Kind);
            var result = await worker.Do(item, either.Token);
            await (result is WorkResult.Again again
                ? table.PutBack(item, again, CancellationToken.None)
                : table.Done(item, CancellationToken.None));
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            await table.PutBack(item, new WorkResult.Again(time.GetUtcNow()), CancellationToken.None);
        }
        catch (OperationCanceledException stuck) when (late.IsCancellationRequested)
        {
            log.LogError(stuck, "Work {Kind} {Key} was stopped after {Longest}; it is tried again", item.Kind, item.Key, longest);
            await table.Fail(item, new TimeoutException(), CancellationToken.None);
        }
        catch (Exception away) when (outages.Is(away))
        {
            outages.Log(log, away, $"Work {item.Kind} {item.Key} waits");
            if (met.Count >= MostMet) met.Clear();
            met[item.Id] = ++inARow;
            var pause = BackOff.Of(Math.Max(0, inARow - Moments), OutagePause, LongestOutagePause);
            await table.Pause(item, pause, CancellationToken.None);
        }
        catch (Exception trouble)
        {
            // Outcomes that are expected end inside the worker; this one is not, so the piece stays and is tried again.
            log.LogError(trouble, "Work {Kind} {Key} failed; it is tried again", item.Kind, item.Key);
            await table.Fail(item, trouble, CancellationToken.None);
        }
        finally
        {
            await lost.CancelAsync();
            await keeping;
        }
    }

    private async Task Keep(WorkItem item, long kept, WorkPlace place, CancellationTokenSource lost)
    {
        while (!lost.IsCancellationRequested && time.GetElapsedTime(kept) < WorkTable.LeaseDuration)
        {
            try
            {
                await Task.Delay(WorkTable.LeaseDuration / 4, time, lost.Token);
                var asked = time.GetTimestamp();
                using var end = new CancellationTokenSource(HeldLease.Left(kept, WorkTable.LeaseDuration, time), time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, lost.Token);
                if (!await table.Prolong(item, either.Token)) break;
                kept = asked;
                if (await table.IsWoken(item, either.Token)) place.Wake();
            }
            catch (Exception trouble) when (!lost.IsCancellationRequested)
            {
                // Asked again until the lease has run out: by then another may have it.
                outages.Log(log, trouble, $"The lease of {item.Kind} {item.Key} could not be prolonged yet");
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        await lost.CancelAsync();
    }
}
