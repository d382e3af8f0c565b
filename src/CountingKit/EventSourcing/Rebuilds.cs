using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.EventSourcing;

/// <summary>The wish to fill the read models anew, in the vault: any process notes it, the one that projects carries it out.</summary>
public sealed class Rebuilds(IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    /// <summary>Notes a wish. While one is open, and when it is repeated, nothing changes.</summary>
    public async Task Request(Guid requestId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var renewed = await db.Rebuilds.Where(r => r.EndedAt != null && r.RequestId != requestId).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.RequestId, requestId).SetProperty(r => r.RequestedAt, now)
                .SetProperty(r => r.Events, 0).SetProperty(r => r.StartedAt, (DateTime?)null)
                .SetProperty(r => r.EndedAt, (DateTime?)null).SetProperty(r => r.Trouble, (string?)null), ct);
        if (renewed == 1 || await db.Rebuilds.AnyAsync(ct)) return;

        db.Rebuilds.Add(new RebuildRow { Id = 1, RequestId = requestId, RequestedAt = now });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (db.Rebuilds.AsNoTracking().Any())
        {
            // Another wish was noted at the same moment: it is this one's too.
        }
    }

    /// <returns>The last wish; null = there never was one.</returns>
    public async Task<RebuildRow?> Last(CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.Rebuilds.AsNoTracking().SingleOrDefaultAsync(ct);
    }

    internal async Task<bool> IsWanted(CancellationToken ct) => await Last(ct) is { EndedAt: null };

    internal async Task Started(CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        await db.Rebuilds.ExecuteUpdateAsync(
            set => set.SetProperty(r => r.StartedAt, now).SetProperty(r => r.Events, 0), ct);
    }

    internal async Task Reached(long events, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.Rebuilds.ExecuteUpdateAsync(set => set.SetProperty(r => r.Events, events), ct);
    }

    /// <param name="trouble">Null = pages read the new rows.</param>
    internal async Task Ended(long events, string? trouble, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        await db.Rebuilds.ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Events, events).SetProperty(r => r.EndedAt, now).SetProperty(r => r.Trouble, trouble),
            ct);
    }
}
