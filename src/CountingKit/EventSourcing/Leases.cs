using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.EventSourcing;

/// <summary>
/// Named locks in the vault, across processes. A holder that dies loses its lease when the time is up: the database's time,
/// so that a portal whose clock is wrong neither takes what another holds nor waits for ever.
/// </summary>
/// <param name="time">Only tells a holder how long it may believe that it still holds.</param>
public sealed class Leases(IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    /// <summary>Takes a lease that is free, has run out, or is the owner's own already (which prolongs it).</summary>
    /// <param name="owner">
    /// One attempt at something, never what is attempted: two attempts at the same run are rivals.
    /// </param>
    public async Task<bool> Take(string name, string owner, TimeSpan length, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        // It has passed when it is used: who is slow takes less, never more.
        var now = await db.Now(ct);
        var until = now + length;
        var taken = await db.Leases
            .Where(l => l.Name == name && (l.Owner == owner || l.Until < now))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Owner, owner).SetProperty(l => l.Until, until), ct);
        if (taken == 1) return true;
        if (await db.Leases.AnyAsync(l => l.Name == name, ct)) return false;

        db.Leases.Add(new LeaseRow { Name = name, Owner = owner, Until = until });
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException)
        {
            return false; // Another owner's row came first.
        }
    }

    /// <summary>
    /// For a holder. One whose lease ran out has it back if nobody took it meanwhile; a lease that is gone was another's.
    /// </summary>
    /// <returns>False = another owner has it, or had it.</returns>
    internal async Task<bool> Prolong(string name, string owner, TimeSpan length, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var until = await db.Now(ct) + length;
        return await db.Leases.Where(l => l.Name == name && l.Owner == owner)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Until, until), ct) == 1;
    }

    /// <summary>Takes a lease and keeps it until the answer is disposed.</summary>
    /// <returns>Null = another owner has it.</returns>
    public async Task<HeldLease?> Hold(string name, string owner, TimeSpan length, CancellationToken ct)
    {
        var asked = time.GetTimestamp();
        return await Take(name, owner, length, ct) ? new HeldLease(this, name, owner, length, asked, time, ct) : null;
    }

    public async Task Release(string name, string owner, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.Leases.Where(l => l.Name == name && l.Owner == owner).ExecuteDeleteAsync(ct);
    }

    /// <summary>Of the work that waits for this lease, the piece that was queued first is due now.</summary>
    internal async Task WakeNext(string name, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var next = await db.Work.Where(w => w.WaitsFor == name).OrderBy(w => w.QueuedAt).Select(w => w.Id).Take(1).ToListAsync(ct);
        if (next.Count == 0) return;

        var now = await db.Now(ct);
        await db.Work.Where(w => w.Id == next[0] && w.WaitsFor == name).ExecuteUpdateAsync(
            set => set.SetProperty(w => w.NotBefore, now).SetProperty(w => w.WaitsFor, (string?)null), ct);
    }
}
