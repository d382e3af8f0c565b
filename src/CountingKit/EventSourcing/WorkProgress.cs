using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.EventSourcing;

/// <summary>
/// How far pieces of work are, for whoever watches, in whichever portal: a note on the piece that the next one takes the place of.
/// It is gone with the work, and nobody reads that of an attempt that is over or has died.
/// </summary>
internal sealed class WorkProgress(IDbContextFactory<VaultDb> vault)
{
    /// <summary>An attempt that has lost the piece notes nothing.</summary>
    /// <param name="note">JSON; no secrets, and nothing of anybody's data but how much of it there is.</param>
    public async Task Tell(WorkItem item, string note, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.Work.Where(w => w.Id == item.Id && w.LeasedBy == item.Attempt)
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.Progress, note), ct);
    }

    /// <summary>Of those that an attempt has at this moment and that it noted something of.</summary>
    /// <param name="keys">Few: of what goes on.</param>
    public async Task<IReadOnlyDictionary<string, string>> Of(string kind, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        if (keys.Count == 0) return new Dictionary<string, string>();
        await using var db = await vault.CreateDbContextAsync(ct);
        var noted = await db.Work.AsNoTracking()
            .Where(w => w.Kind == kind && keys.Contains(w.Key) && w.Progress != null && w.LeasedUntil != null)
            .Select(w => new { w.Key, Note = w.Progress!, Until = w.LeasedUntil!.Value }).ToListAsync(ct);
        if (noted.Count == 0) return new Dictionary<string, string>();
        var now = await db.Now(ct);
        return noted.Where(w => w.Until > now).ToDictionary(w => w.Key, w => w.Note);
    }
}
