using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.EventSourcing;

/// <summary>Named locks in the vault, across processes. A holder that dies loses its lease when the time is up.</summary>
public sealed class Leases(IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    /// <summary>Takes a lease that is free, has run out, or is the owner's own already (which prolongs it).</summary>
    public async Task<bool> Take(string name, string owner, TimeSpan length, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
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

    /// <summary>Takes a lease and keeps it until the answer is disposed.</summary>
    /// <returns>Null = another owner has it.</returns>
    public async Task<HeldLease?> Hold(string name, string owner, TimeSpan length, CancellationToken ct) =>
        await Take(name, owner, length, ct) ? new HeldLease(this, name, owner, length, time, ct) : null;

    public async Task Release(string name, string owner, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.Leases.Where(l => l.Name == name && l.Owner == owner).ExecuteDeleteAsync(ct);
    }
}
