using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Vault;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Runs;

/// <summary>The runs of the last days that have not ended and that the requester may see: asked for again and again.</summary>
[Asks(Permission.View), Touches(Organizations.Visible), AskedAllTheTime]
public sealed record WatchRuns : IQuery<IReadOnlyList<WatchedRun>>;

/// <summary>What of a run changes while it goes on; equal as long as its page shows the same.</summary>
/// <param name="Progress">Another text = it got on within its step; null = nothing is known of that.</param>
public sealed record WatchedRun(
    Guid RunId, RunStatus Status, string? Step, bool CancelRequested, DateTime? WaitsUntil, string? Progress = null);

public sealed class WatchRunsHandler(
    ReadModels readModels, IDbContextFactory<VaultDb> vault, CurrentRequester current, TimeProvider time)
    : IRequestHandler<WatchRuns, IReadOnlyList<WatchedRun>>
{
    // One that waits longer is looked up by its page from time to time. The look itself must not grow with the history.
    private static readonly TimeSpan Recent = TimeSpan.FromDays(3);

    public async Task<IReadOnlyList<WatchedRun>> Handle(WatchRuns query, CancellationToken ct)
    {
        var since = time.GetUtcNow().UtcDateTime - Recent;
        await using var db = readModels.Open();
        var runs = await db.Visible<RunRow>(current.Requester)
            .Where(r => r.QueuedAt > since
                && (r.Status == RunStatus.Queued || r.Status == RunStatus.Running || r.Status == RunStatus.Waiting))
            .Select(r => new WatchedRun(r.RunId, r.Status, r.Step, r.CancelRequested, r.WaitsUntil, null))
            .ToListAsync(ct);
        var notes = await RunProgressNotes.Notes(vault, [.. runs.Where(r => r.Status == RunStatus.Running).Select(r => r.RunId)], ct);
        return notes.Count == 0 ? runs : [.. runs.Select(run => run with { Progress = notes.GetValueOrDefault(run.RunId) })];
    }
}
