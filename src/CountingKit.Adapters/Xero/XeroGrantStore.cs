using CountingKit.Connections;
using CountingKit.Mirror;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Xero;

/// <summary>The vault's grants: one sealed token pair per Xero user, replaced only by who saw its version.</summary>
internal sealed class XeroGrantStore(IDbContextFactory<VaultDb> vault, ISecretBox box, TimeProvider time)
{
    public async Task<XeroGrantRow?> Find(Guid xeroUserId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.XeroGrants.AsNoTracking().FirstOrDefaultAsync(g => g.XeroUserId == xeroUserId, ct);
    }

    /// <exception cref="SourceException"><see cref="SourceProblem.KeysMissing"/>.</exception>
    public TokenPair Open(XeroGrantRow grant)
    {
        try
        {
            return TokenPair.From(box.Open(TokenPair.Purpose, grant.Secret));
        }
        catch (KeysMissingException missing)
        {
            throw Refusals.Because(SourceProblem.KeysMissing, XeroCodes.KeysMissing, missing);
        }
    }

    /// <summary>Stores a renewed pair in place of the version that was renewed.</summary>
    /// <returns>False = another version stands there now.</returns>
    public async Task<bool> Replace(XeroGrantRow seen, TokenAnswer renewed, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var pair = new TokenPair(renewed.AccessToken, renewed.RefreshToken ?? Open(seen).Refresh);
        var secret = box.Seal(TokenPair.Purpose, pair.ToBytes());
        var expires = now.AddSeconds(renewed.ExpiresIn);
        var scopes = renewed.Scope
            ?? (XeroClaims.ScopesIn(renewed.AccessToken) is { } told ? string.Join(' ', told) : seen.Scopes);
        await using var db = await vault.CreateDbContextAsync(ct);
        var replaced = await db.XeroGrants
            .Where(g => g.XeroUserId == seen.XeroUserId && g.Version == seen.Version)
            .ExecuteUpdateAsync(set => set
                .SetProperty(g => g.Secret, secret)
                .SetProperty(g => g.Version, seen.Version + 1)
                .SetProperty(g => g.Scopes, scopes)
                .SetProperty(g => g.AccessExpiresAt, expires)
                .SetProperty(g => g.RefreshedAt, now)
                .SetProperty(g => g.DiedAt, (DateTime?)null), ct);
        return replaced == 1;
    }

    /// <summary>A new consent: replaces whatever stood there. Under the grant's lock.</summary>
    public async Task Put(
        XeroClaims person, TokenPair pair, IReadOnlyList<string> scopes, int expiresIn, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await vault.CreateDbContextAsync(ct);
        var secret = box.Seal(TokenPair.Purpose, pair.ToBytes());
        var row = await db.XeroGrants.FirstOrDefaultAsync(g => g.XeroUserId == person.XeroUserId, ct);
        if (row is null)
        {
            row = new XeroGrantRow { XeroUserId = person.XeroUserId, Secret = secret, Scopes = "" };
            db.XeroGrants.Add(row);
        }

        row.Secret = secret;
        row.Version++;
        row.Scopes = string.Join(' ', scopes);
        row.AccessExpiresAt = now.AddSeconds(expiresIn);
        row.RefreshedAt = row.GrantedAt = now;
        row.DiedAt = null;
        row.PersonName = person.PersonName;
        row.PersonEmail = person.PersonEmail;
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Xero said that this version is dead.</summary>
    public async Task MarkDead(XeroGrantRow seen, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.XeroGrants
            .Where(g => g.XeroUserId == seen.XeroUserId && g.Version == seen.Version && g.DiedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.DiedAt, now), ct);
    }

    public async Task Delete(Guid xeroUserId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.XeroGrants.Where(g => g.XeroUserId == xeroUserId).ExecuteDeleteAsync(ct);
    }

    public async Task<XeroTenantRow?> Tenant(Guid connectionId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.XeroTenants.AsNoTracking().FirstOrDefaultAsync(t => t.ConnectionId == connectionId, ct);
    }
}
