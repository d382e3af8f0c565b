using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.EventSourcing;

/// <summary>How reactors fail, and the events that they set aside, in the vault: any process tells it, one tries again.</summary>
public sealed class ReactorTroubles(IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    /// <summary>How each reactor failed last; those that never did are missing.</summary>
    public async Task<IReadOnlyDictionary<string, ReactorFailureRow>> Failures(CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.ReactorFailures.AsNoTracking().ToDictionaryAsync(f => f.Reactor, ct);
    }

    /// <returns>How many events are set aside, and the first of them, oldest first.</returns>
    public async Task<(int Count, IReadOnlyList<ReactorSetAsideRow> First)> SetAside(int most, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var rows = db.ReactorSetAsides.AsNoTracking();
        return (await rows.CountAsync(ct), await Ordered(rows).Take(most).ToListAsync(ct));
    }

    internal async Task<bool> IsSetAside(string reactor, Guid eventId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.ReactorSetAsides.AnyAsync(row => row.Reactor == reactor && row.EventId == eventId, ct);
    }

    /// <summary>Has everything that is set aside tried once more, by whichever process reacts.</summary>
    public async Task TryAgain(CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.ReactorSetAsides.ExecuteUpdateAsync(set => set.SetProperty(r => r.TryAgain, true), ct);
    }

    /// <summary>What is to be tried again, in the order in which it happened.</summary>
    internal async Task<IReadOnlyList<ReactorSetAsideRow>> ToTry(int most, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await Ordered(db.ReactorSetAsides.AsNoTracking().Where(r => r.TryAgain)).Take(most).ToListAsync(ct);
    }

    /// <summary>The further try failed too.</summary>
    internal async Task StillFails(ReactorSetAsideRow aside, string code, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.ReactorSetAsides.Where(r => r.Reactor == aside.Reactor && r.EventId == aside.EventId).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.TryAgain, false).SetProperty(r => r.Code, code), ct);
    }

    internal async Task Failed(string reactor, ErrorCode code, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var known = await db.ReactorFailures.Where(f => f.Reactor == reactor).ExecuteUpdateAsync(
            set => set.SetProperty(f => f.Code, code.Code).SetProperty(f => f.At, now)
                .SetProperty(f => f.Failures, f => f.Failures + 1), ct);
        if (known == 1) return;
        db.ReactorFailures.Add(new() { Reactor = reactor, Code = code.Code, At = now, Failures = 1 });
        await db.SaveChangesAsync(ct);
    }

    internal async Task GoesOn(string reactor, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.ReactorFailures.Where(f => f.Reactor == reactor && f.Failures > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.Failures, 0), ct);
    }

    private static IOrderedQueryable<ReactorSetAsideRow> Ordered(IQueryable<ReactorSetAsideRow> rows) =>
        rows.OrderBy(r => r.At).ThenBy(r => r.Stream).ThenBy(r => r.Revision).ThenBy(r => r.Reactor);
}
