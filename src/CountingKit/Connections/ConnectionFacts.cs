using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Connections;

/// <param name="SignIn">Null = the vault has none for this connection.</param>
/// <param name="LastReadAt">UTC; null = never.</param>
/// <param name="CallsToday">Calls to Xero since midnight UTC.</param>
internal sealed record KnownFacts(SignInFacts? SignIn, DateTime? LastReadAt, int CallsToday);

/// <summary>What the vault knows of connections, for all rows of a page at once.</summary>
internal sealed class ConnectionFacts(IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    public async Task<IReadOnlyDictionary<Guid, KnownFacts>> Of(IReadOnlyList<ConnectionRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(row => row.ConnectionId).ToList();
        var tenants = rows.Select(row => (Guid?)row.TenantId).Distinct().ToList();
        var midnight = time.GetUtcNow().UtcDateTime.Date;
        await using var db = await vault.CreateDbContextAsync(ct);
        var signIns = await db.XeroTenants.AsNoTracking().Where(t => ids.Contains(t.ConnectionId))
            .Join(
                db.XeroGrants.AsNoTracking(), t => t.XeroUserId, g => g.XeroUserId,
                (t, g) => new { t.ConnectionId, Grant = g })
            .ToDictionaryAsync(pair => pair.ConnectionId, pair => Facts(pair.Grant), ct);
        var reads = await db.SourceStates.AsNoTracking().Where(s => ids.Contains(s.ConnectionId))
            .GroupBy(s => s.ConnectionId).Select(g => new { g.Key, LastReadAt = g.Max(s => s.LastReadAt) })
            .ToDictionaryAsync(read => read.Key, read => read.LastReadAt, ct);
        var calls = await db.Calls.AsNoTracking()
            .Where(c => c.Vendor == "xero" && tenants.Contains(c.TenantId) && c.At >= midnight)
            .GroupBy(c => c.TenantId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var callsOf = calls.ToDictionary(c => c.Key!.Value, c => c.Count);
        return rows.ToDictionary(row => row.ConnectionId, row => new KnownFacts(
            signIns.GetValueOrDefault(row.ConnectionId), reads.GetValueOrDefault(row.ConnectionId),
            callsOf.GetValueOrDefault(row.TenantId)));
    }

    /// <summary>Whether other connections are read through the sign-in of this one.</summary>
    public async Task<bool> SharesSignIn(Guid connectionId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.XeroTenants.Where(t => t.ConnectionId == connectionId)
            .AnyAsync(t => db.XeroTenants.Any(o => o.XeroUserId == t.XeroUserId && o.ConnectionId != connectionId), ct);
    }

    /// <summary>The names behind actors of events; a person who was removed has none any more.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Names(IEnumerable<string?> actors, CancellationToken ct)
    {
        var distinct = actors.OfType<string>().Distinct().ToList();
        var members = distinct.Select(Actor.MemberOf).OfType<Guid>().Distinct().ToList();
        await using var db = await vault.CreateDbContextAsync(ct);
        var people = await db.People.AsNoTracking().Where(p => members.Contains(p.MemberId))
            .ToDictionaryAsync(p => p.MemberId, p => p.Name, ct);
        return distinct.ToDictionary(actor => actor, actor => Actor.MemberOf(actor) is { } member
            ? people.GetValueOrDefault(member, "A former member")
            : "CountingKit");
    }

    private static SignInFacts Facts(XeroGrantRow grant) => new(
        grant.PersonName, grant.PersonEmail, grant.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        grant.GrantedAt, grant.RefreshedAt, grant.DiedAt);
}
