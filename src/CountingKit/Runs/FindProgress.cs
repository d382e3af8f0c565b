using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Vault;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Runs;

/// <summary>What a run is doing at this moment; null = it does not run.</summary>
[Asks(Permission.View), AskedAllTheTime]
public sealed record FindProgress(Guid RunId) : IQuery<RunningRun?>, IConcernsRun;

/// <param name="Step">As its row has it; null = it has none.</param>
/// <param name="IsReplay">It reads nothing from Xero.</param>
/// <param name="Progress">Within the step; null = nothing is known of that.</param>
/// <param name="Calls">To Xero, so far.</param>
/// <param name="Left">Of the reading; null = it can't be told.</param>
public sealed record RunningRun(string? Step, bool IsReplay, RunProgress? Progress, int Calls, TimeSpan? Left);

public sealed class FindProgressHandler(
    ReadModels readModels, IDbContextFactory<VaultDb> vault, CurrentRequester current, IXeroConnections xero, TimeProvider time)
    : IRequestHandler<FindProgress, RunningRun?>
{
    public async Task<RunningRun?> Handle(FindProgress query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var run = await db.Set<RunRow>().AsNoTracking().FirstOrDefaultAsync(r => r.RunId == query.RunId, ct);
        if (run is not { Status: RunStatus.Running }) return null;
        var progress = run.Fitting((await RunProgressNotes.Of(vault, [run.RunId], ct)).GetValueOrDefault(run.RunId));
        await using var calls = await vault.CreateDbContextAsync(ct);
        return new(
            run.Step, run.ReplayOf is not null, progress,
            await calls.Calls.CountAsync(c => c.RunId == run.RunId && c.Vendor == "xero", ct),
            progress?.Reading is { Share: not null } reading
                ? reading.Left(time.GetUtcNow().UtcDateTime, xero.CallsPerMinute, await CallsLeft(ct))
                : null);
    }

    /// <summary>Of the day, for the organization that has fewest.</summary>
    private async Task<int?> CallsLeft(CancellationToken ct)
    {
        int? least = null;
        foreach (var connectionId in current.Connections)
        {
            var usage = await xero.Usage(connectionId, ct);
            var left = usage.Remaining ?? usage.DayLimit - usage.CallsToday;
            if (least is null || left < least) least = left;
        }

        return least;
    }
}

/// <summary>How far the runs that go on are, of those that the requester may see: for lists.</summary>
[Asks(Permission.View), Touches(Organizations.Visible)]
public sealed record FollowRuns : IQuery<IReadOnlyDictionary<Guid, RunProgress>>;

public sealed class FollowRunsHandler(ReadModels readModels, IDbContextFactory<VaultDb> vault, CurrentRequester current)
    : IRequestHandler<FollowRuns, IReadOnlyDictionary<Guid, RunProgress>>
{
    private const int Most = 100;

    public async Task<IReadOnlyDictionary<Guid, RunProgress>> Handle(FollowRuns query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var running = await db.Visible<RunRow>(current.Requester).Where(r => r.Status == RunStatus.Running)
            .OrderByDescending(r => r.QueuedAt).Take(Most).ToDictionaryAsync(r => r.RunId, ct);
        var notes = await RunProgressNotes.Of(vault, running.Keys, ct);
        return running.Values.Where(run => notes.ContainsKey(run.RunId)).Select(run => (run.RunId, Progress: run.Fitting(notes[run.RunId])))
            .Where(run => run.Progress is not null).ToDictionary(run => run.RunId, run => run.Progress!);
    }
}
