using CountingKit.EventSourcing;
using CountingKit.Runs;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CountingKit.Schedules;

/// <param name="Paused">Setting Schedules__Paused: no schedule starts a run while this process has it.</param>
public sealed record ScheduleOptions(bool Paused = false);

/// <summary>
/// Starts what is due. A portal claims a row first, moves it on last: one that dies between leaves a repeat to another, which
/// finds the run that was started. What was missed meanwhile, all of it, is that one run.
/// </summary>
public sealed class ScheduleFiring(
    IDbContextFactory<VaultDb> vault, IServiceScopeFactory scopes, ScheduleOptions options, OlderLogs olderLogs, Outages outages,
    TimeProvider time, ILogger<ScheduleFiring> log)
{
    private const int Batch = 50;
    private const int AtOnce = 4;

    /// <summary>Far longer than the start of a run takes: then its portal has died.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    /// <summary>A replay that writes is waited for.</summary>
    private static readonly TimeSpan WhileBusy = TimeSpan.FromMinutes(1);

    /// <summary>A setting says so, or the log lacks what happened since: then what it would start may have been done.</summary>
    public async Task<bool> IsHeld(CancellationToken ct) => options.Paused || await olderLogs.Find(ct) is not null;

    /// <summary>As much as one look may find.</summary>
    /// <returns>When to look again, UTC; null = nothing is known that will be due.</returns>
    public async Task<DateTimeOffset?> FireDue(CancellationToken ct)
    {
        if (await IsHeld(ct)) return null;
        List<OccurrenceRow> due;
        await using (var db = await vault.CreateDbContextAsync(ct))
        {
            var now = time.GetUtcNow().UtcDateTime;
            due = await db.Occurrences.AsNoTracking()
                .Where(o => o.DueAt <= now && (o.ClaimedUntil == null || o.ClaimedUntil <= now))
                .OrderBy(o => o.DueAt).Take(Batch).ToListAsync(ct);
            if (due.Count == 0)
                return await db.Occurrences.Where(o => o.DueAt > now).OrderBy(o => o.DueAt).Select(o => o.DueAt)
                    .FirstOrDefaultAsync(ct) is { } next ? new DateTimeOffset(next) : null;
        }

        await Parallel.ForEachAsync(
            due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (row, stop) => await Fire(row, stop));
        return time.GetUtcNow();
    }

    private async Task Fire(OccurrenceRow row, CancellationToken ct)
    {
        try
        {
            if (!await Claimed(row, ct)) return;
            await using var scope = scopes.CreateAsyncScope();
            var due = new DueOccurrence(row.ScheduleId, row.ExporterId, row.WorkspaceId, row.Occurrence);
            var runId = await scope.ServiceProvider.GetRequiredService<IScheduledRuns>().Start(due, ct);
            await MoveOn(row, runId, null, ct);
        }
        catch (RefusedException busy) when (busy.Code == RunCodes.Busy.Code)
        {
            await PutOff(row, ct);
        }
        catch (RefusedException refused)
        {
            await MoveOn(row, null, refused.Code, ct);
        }
        catch (Exception passing) when (ct.IsCancellationRequested || outages.IsPassing(passing))
        {
            // Its claim runs out, and then it is tried again.
            if (!ct.IsCancellationRequested) outages.Log(log, passing, "A scheduled run could not be started yet");
        }
        catch (Exception trouble)
        {
            log.LogError(trouble, "The schedule {Schedule} could not start its run; its next one is tried", row.ScheduleId);
            await MoveOn(row, null, ScheduleCodes.NotStarted.Code, ct);
        }
    }

    private async Task<bool> Claimed(OccurrenceRow row, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        DateTime? until = now + Claim;
        return await Same(db, row).Where(o => o.ClaimedUntil == null || o.ClaimedUntil <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.ClaimedUntil, until), ct) == 1;
    }

    /// <param name="runId">Null = no run was started.</param>
    /// <param name="code">Why not; null = there is a run, or the schedule is gone or paused.</param>
    private async Task MoveOn(OccurrenceRow row, Guid? runId, string? code, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var streams = scope.ServiceProvider.GetRequiredService<Streams>();
        var state = await streams.Read(ExporterSchedules.StreamOf(row.ExporterId), ExporterSchedules.Decider, ct);
        await using var db = await vault.CreateDbContextAsync(ct);
        if (state.All.GetValueOrDefault(row.ScheduleId) is not { } kept)
        {
            await Same(db, row).ExecuteDeleteAsync(ct);
            return;
        }

        var (occurrence, dueAt, aside) = Occurrences.After(time.GetUtcNow(), kept, row.ExporterId);
        DateTime? skipped = code is null ? null : row.Occurrence;
        await Same(db, row).ExecuteUpdateAsync(
            set => set.SetProperty(o => o.Occurrence, occurrence).SetProperty(o => o.DueAt, dueAt)
                .SetProperty(o => o.ClaimedUntil, (DateTime?)null)
                .SetProperty(o => o.LastRunId, o => runId ?? o.LastRunId)
                .SetProperty(o => o.SkippedAt, skipped).SetProperty(o => o.Code, code ?? aside), ct);
    }

    private async Task PutOff(OccurrenceRow row, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        DateTime? later = time.GetUtcNow().UtcDateTime + WhileBusy;
        await Same(db, row).ExecuteUpdateAsync(
            set => set.SetProperty(o => o.DueAt, later).SetProperty(o => o.ClaimedUntil, (DateTime?)null), ct);
    }

    /// <summary>Unless it was moved on, or changed by a person, since it was read.</summary>
    private static IQueryable<OccurrenceRow> Same(VaultDb db, OccurrenceRow row) => db.Occurrences.Where(
        o => o.ScheduleId == row.ScheduleId && o.Revision == row.Revision && o.Occurrence == row.Occurrence);
}
