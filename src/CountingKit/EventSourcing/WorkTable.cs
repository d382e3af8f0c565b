using CountingKit.Messaging;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.EventSourcing;

/// <summary>
/// Queued work in the vault, as an attempt takes it and puts it back. All its times are the database's: what a worker wants
/// at a moment of its own clock is stored as that far from now.
/// </summary>
internal sealed class WorkTable(IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    /// <summary>An attempt whose process dies holds its piece up this long.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private const int LongestName = 100;

    /// <summary>Leases a piece that is due to a new attempt.</summary>
    /// <param name="isScarce">See <see cref="WorkTurns.Order"/>.</param>
    /// <param name="lane">Names the attempt's lane and process.</param>
    /// <returns>Null = nothing is due, or others were faster.</returns>
    public async Task<WorkItem?> Lease(
        IReadOnlyCollection<string> kinds, WorkTurns turns, bool isScarce, string lane, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var now = await db.Now(ct);
        var due = db.Work.Where(
            w => kinds.Contains(w.Kind) && w.NotBefore <= now && (w.LeasedUntil == null || w.LeasedUntil < now));
        var waiting = await due.Select(w => new { w.WorkspaceId, w.Subject }).Distinct().ToListAsync(ct);
        foreach (var turn in turns.Order(waiting.Select(w => new WorkTurn(w.WorkspaceId, w.Subject)), isScarce))
        {
            var first = await due.Where(w => w.WorkspaceId == turn.WorkspaceId && w.Subject == turn.Subject)
                .OrderBy(w => w.NotBefore).ThenBy(w => w.QueuedAt).AsNoTracking().FirstOrDefaultAsync(ct);
            if (first is null) continue;

            var (attempt, until) = ($"{lane}/{Guid.CreateVersion7():N}", now + LeaseDuration);
            var won = await due.Where(w => w.Id == first.Id).ExecuteUpdateAsync(
                set => set.SetProperty(w => w.LeasedBy, attempt).SetProperty(w => w.LeasedUntil, until)
                    .SetProperty(w => w.WaitsFor, (string?)null).SetProperty(w => w.Progress, (string?)null), ct);
            if (won == 0) continue;
            turns.Begun(turn);
            return new(
                first.Id, first.Kind, first.Key, first.Payload, first.WorkspaceId, first.CorrelationId, first.CausationId,
                first.Failures)
            {
                Attempt = attempt,
                Wakes = first.Wakes,
                Turn = turn,
            };
        }

        return null;
    }

    /// <returns>False = another attempt may have it.</returns>
    public async Task<bool> Prolong(WorkItem item, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var until = await db.Now(ct) + LeaseDuration;
        return await Mine(db, item)
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.LeasedUntil, until), ct) == 1;
    }

    /// <summary>Since the attempt began.</summary>
    public async Task<bool> IsWoken(WorkItem item, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await Mine(db, item).AnyAsync(w => w.Wakes != item.Wakes, ct);
    }

    /// <summary>Gone, unless it was woken since the attempt began: then it is looked at once more.</summary>
    public async Task Done(WorkItem item, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        if (await Mine(db, item).Where(w => w.Wakes == item.Wakes).ExecuteDeleteAsync(ct) == 1) return;
        var now = await db.Now(ct);
        await Mine(db, item).ExecuteUpdateAsync(set => set
            .SetProperty(w => w.NotBefore, now)
            .SetProperty(w => w.Failures, 0)
            .SetProperty(w => w.LastFailure, (string?)null).SetProperty(w => w.LastFailedAt, (DateTime?)null)
            .SetProperty(w => w.LeasedBy, (string?)null).SetProperty(w => w.LeasedUntil, (DateTime?)null), ct);
    }

    /// <summary>For later; at once if it was woken since the attempt began, or what it waits for was released.</summary>
    public async Task PutBack(WorkItem item, WorkResult.Again again, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var now = await db.Now(ct);
        var at = now + (again.At - time.GetUtcNow());
        await Mine(db, item).ExecuteUpdateAsync(set => set
            .SetProperty(w => w.NotBefore, w => w.Wakes == item.Wakes ? at : now)
            .SetProperty(w => w.WaitsFor, again.WaitsFor)
            .SetProperty(w => w.Payload, w => again.Payload ?? w.Payload)
            .SetProperty(w => w.Failures, 0)
            .SetProperty(w => w.LastFailure, (string?)null).SetProperty(w => w.LastFailedAt, (DateTime?)null)
            .SetProperty(w => w.LeasedBy, (string?)null).SetProperty(w => w.LeasedUntil, (DateTime?)null), ct);
        if (again.WaitsFor is { } lease && !await db.Leases.AnyAsync(l => l.Name == lease, ct))
            await db.Work.Where(w => w.Id == item.Id && w.WaitsFor == lease)
                .ExecuteUpdateAsync(set => set.SetProperty(w => w.NotBefore, now), ct);
    }

    /// <summary>
    /// What we stand on ourselves is away: later, and no failure of the work, however long that lasts. At once if it was
    /// woken since the attempt began.
    /// </summary>
    public async Task Pause(WorkItem item, TimeSpan wait, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var now = await db.Now(ct);
        var at = now + wait;
        await Mine(db, item).ExecuteUpdateAsync(set => set
            .SetProperty(w => w.NotBefore, w => w.Wakes == item.Wakes ? at : now)
            .SetProperty(w => w.LeasedBy, (string?)null).SetProperty(w => w.LeasedUntil, (DateTime?)null), ct);
    }

    /// <summary>Failed unexpectedly: noted for the health page, and tried again, later each time.</summary>
    public async Task Fail(WorkItem item, Exception trouble, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var now = await db.Now(ct);
        var at = now + BackOff.Of(item.Failures, FirstPause, LongestPause);
        var name = PlainText.Cut(trouble.GetType().Name, LongestName);
        await Mine(db, item).ExecuteUpdateAsync(set => set
            .SetProperty(w => w.NotBefore, w => w.Wakes == item.Wakes ? at : now)
            .SetProperty(w => w.Failures, w => w.Failures + 1)
            .SetProperty(w => w.LastFailure, name).SetProperty(w => w.LastFailedAt, now)
            .SetProperty(w => w.LeasedBy, (string?)null).SetProperty(w => w.LeasedUntil, (DateTime?)null), ct);
    }

    private static IQueryable<WorkRow> Mine(VaultDb db, WorkItem item) =>
        db.Work.Where(w => w.Id == item.Id && w.LeasedBy == item.Attempt);
}
