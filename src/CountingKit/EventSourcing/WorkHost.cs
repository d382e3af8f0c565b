using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CountingKit.EventSourcing;

/// <param name="Concurrency">Pieces of work at once in this process (setting <c>Worker__Concurrency</c>).</param>
public sealed record WorkerOptions(int Concurrency = 2);

/// <summary>
/// Leases queued work and has it done. A piece whose process dies is free again when its lease runs out; one that fails
/// unexpectedly is tried again, later each time, and shown on the health page.
/// </summary>
public sealed class WorkHost(
    IDbContextFactory<VaultDb> vault,
    IServiceScopeFactory scopes,
    WorkerOptions options,
    WorkSignal signal,
    NodeName node,
    TimeProvider time,
    ILogger<WorkHost> log) : BackgroundService
{
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(1, options.Concurrency).Select(lane => Lane($"{node.Name}/{lane}", stoppingToken)));

    private async Task Lane(string owner, CancellationToken stopping)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await Lease(owner, stopping) is { } item) await Work(item, owner, stopping);
                else await signal.Wait(Look, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                log.LogError(trouble, "Work could not be leased or put back");
                await Task.Delay(Look, time, stopping);
            }
        }
    }

    private async Task<WorkItem?> Lease(string owner, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var due = db.Work.Where(w => w.NotBefore <= now && (w.LeasedUntil == null || w.LeasedUntil < now));
        foreach (var candidate in await due.OrderBy(w => w.NotBefore).ThenBy(w => w.QueuedAt).Take(8).AsNoTracking().ToListAsync(ct))
        {
            var until = now + LeaseLength;
            var won = await due.Where(w => w.Id == candidate.Id).ExecuteUpdateAsync(
                set => set.SetProperty(w => w.LeasedBy, owner).SetProperty(w => w.LeasedUntil, until), ct);
            if (won == 1)
                return new(candidate.Id, candidate.Kind, candidate.Key, candidate.Payload, candidate.WorkspaceId,
                    candidate.CorrelationId, candidate.CausationId, candidate.Failures);
        }

        return null;
    }

    private async Task Work(WorkItem item, string owner, CancellationToken stopping)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var keeping = Keep(item, owner, lost);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var worker = scope.ServiceProvider.GetServices<IWorker>().SingleOrDefault(w => w.Kind == item.Kind)
                ?? throw new InvalidOperationException($"Nothing does work of the kind {item.Kind}.");
            var result = await worker.Do(item, lost.Token);
            await PutBack(item, owner, result, CancellationToken.None);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            await PutBack(item, owner, new WorkResult.Again(time.GetUtcNow()), CancellationToken.None);
        }
        catch (Exception away) when (StorageCodes.IsAway(away))
        {
            // What we stand on ourselves is away: the work has not failed, however long that lasts.
            log.LogWarning(away, "Work {Kind} {Key} waits for the event store or the database", item.Kind, item.Key);
            await Wait(item, owner, CancellationToken.None);
        }
        catch (Exception trouble)
        {
            // Outcomes that are expected end inside the worker; this one is not, so the piece stays and is tried again.
            log.LogError(trouble, "Work {Kind} {Key} failed; it is tried again", item.Kind, item.Key);
            await Fail(item, owner, CancellationToken.None);
        }
        finally
        {
            await lost.CancelAsync();
            await keeping;
        }
    }

    private async Task PutBack(WorkItem item, string owner, WorkResult result, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var mine = db.Work.Where(w => w.Id == item.Id && w.LeasedBy == owner);
        if (result is WorkResult.Again again)
            await mine.ExecuteUpdateAsync(set => set
                .SetProperty(w => w.NotBefore, again.At.UtcDateTime)
                .SetProperty(w => w.Payload, w => again.Payload ?? w.Payload)
                .SetProperty(w => w.Failures, 0)
                .SetProperty(w => w.LeasedBy, (string?)null).SetProperty(w => w.LeasedUntil, (DateTime?)null), ct);
        else
            await mine.ExecuteDeleteAsync(ct);
    }

    private async Task Fail(WorkItem item, string owner, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var next = time.GetUtcNow().UtcDateTime + TimeSpan.FromSeconds(Math.Min(300, 1 << Math.Min(item.Failures, 9)));
        await db.Work.Where(w => w.Id == item.Id && w.LeasedBy == owner).ExecuteUpdateAsync(set => set
            .SetProperty(w => w.NotBefore, next).SetProperty(w => w.Failures, w => w.Failures + 1)
            .SetProperty(w => w.LeasedBy, (string?)null).SetProperty(w => w.LeasedUntil, (DateTime?)null), ct);
    }

    private async Task Wait(WorkItem item, string owner, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var next = (time.GetUtcNow() + OutagePause).UtcDateTime;
        await db.Work.Where(w => w.Id == item.Id && w.LeasedBy == owner).ExecuteUpdateAsync(set => set
            .SetProperty(w => w.NotBefore, next)
            .SetProperty(w => w.LeasedBy, (string?)null).SetProperty(w => w.LeasedUntil, (DateTime?)null), ct);
    }

    private async Task Keep(WorkItem item, string owner, CancellationTokenSource lost)
    {
        var kept = time.GetTimestamp();
        while (!lost.IsCancellationRequested && time.GetElapsedTime(kept) < LeaseLength)
        {
            try
            {
                await Task.Delay(LeaseLength / 4, time, lost.Token);
                var asked = time.GetTimestamp();
                using var end = new CancellationTokenSource(HeldLease.Left(kept, LeaseLength, time), time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, lost.Token);
                await using var db = await vault.CreateDbContextAsync(either.Token);
                var until = time.GetUtcNow().UtcDateTime + LeaseLength;
                var rows = await db.Work.Where(w => w.Id == item.Id && w.LeasedBy == owner)
                    .ExecuteUpdateAsync(set => set.SetProperty(w => w.LeasedUntil, until), either.Token);
                if (rows == 0) break;
                kept = asked;
            }
            catch (Exception trouble) when (!lost.IsCancellationRequested)
            {
                // Asked again until the lease has run out: by then another may have it.
                log.LogWarning(trouble, "The lease of {Kind} {Key} could not be prolonged yet", item.Kind, item.Key);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        await lost.CancelAsync();
    }
}
