using CountingKit.Connections;
using CountingKit.Mirror;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Xero;

/// <summary>Destroys a connection's sign-in, step by step.</summary>
internal sealed class XeroDisconnect(
    XeroGrants grants, XeroGrantStore store, XeroGrantLock locks, XeroIdentity identity, XeroConnectionsApi connections,
    PendingSignIns pending, IDbContextFactory<VaultDb> vault) : IXeroDisconnect
{
    public async Task RemoveAtXero(Guid connectionId, CancellationToken ct)
    {
        if (await store.Tenant(connectionId, ct) is { } tenant
            && !await IsHeldByAnother(tenant.XeroConnectionId, connectionId, ct))
            await Remove(tenant.XeroUserId, tenant.XeroConnectionId, ct);
    }

    public async Task<bool> RevokeIfUnused(Guid connectionId, CancellationToken ct)
    {
        if (await store.Tenant(connectionId, ct) is not { } tenant) return true;
        return await Revoke(tenant.XeroUserId, connectionId, ct);
    }

    public async Task Forget(Guid connectionId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.XeroTenants.Where(t => t.ConnectionId == connectionId).ExecuteDeleteAsync(ct);
    }

    /// <summary>
    /// An attempt to connect that never reached the log holds the same connection at Xero as the attempt after it: what
    /// another one reads through is only forgotten.
    /// </summary>
    private async Task<bool> IsHeldByAnother(Guid xeroConnectionId, Guid connectionId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.XeroTenants.AnyAsync(
            t => t.XeroConnectionId == xeroConnectionId && t.ConnectionId != connectionId, ct);
    }

    /// <summary>
    /// Whether a connection of ours stands on this one at Xero: it was made from it, or it reads the organization through the
    /// same person's sign-in. Another person's connection to the same organization is one of its own.
    /// </summary>
    internal async Task<bool> IsHeld(Guid xeroUserId, Guid xeroConnectionId, Guid tenantId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.XeroTenants.AnyAsync(
            t => t.XeroConnectionId == xeroConnectionId || (t.XeroUserId == xeroUserId && t.TenantId == tenantId), ct);
    }

    /// <summary>A sign-in that is dead, or can't be opened, reaches nothing: nothing is left to remove.</summary>
    internal async Task Remove(Guid xeroUserId, Guid xeroConnectionId, CancellationToken ct)
    {
        try
        {
            var access = await grants.Access(xeroUserId, Guid.Empty, ct);
            await grants.Use(access, token => Delete(token, xeroConnectionId, ct), ct);
        }
        catch (SourceException lost) when (IsLost(lost))
        {
            return;
        }
        catch (XeroTokenRefusedException refused)
        {
            if (!await IsGone(xeroUserId, xeroConnectionId, ct))
                throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.Down, refused);
        }
    }

    private async Task<bool> Delete(string token, Guid xeroConnectionId, CancellationToken ct)
    {
        await connections.Delete(token, xeroConnectionId, ct);
        return true;
    }

    /// <summary>Xero refuses to delete what is not ours any more: its list tells whether there is anything left.</summary>
    private async Task<bool> IsGone(Guid xeroUserId, Guid xeroConnectionId, CancellationToken ct)
    {
        try
        {
            var access = await grants.Access(xeroUserId, Guid.Empty, ct);
            return (await connections.List(access.Token, null, ct)).All(c => c.Id != xeroConnectionId);
        }
        catch (XeroTokenRefusedException)
        {
            return false;
        }
    }

    /// <param name="leaving">The connection that is being ended; null = none.</param>
    /// <returns>Whether nothing of the grant is left.</returns>
    internal async Task<bool> Revoke(Guid xeroUserId, Guid? leaving, CancellationToken ct)
    {
        await using var held = await locks.Take(xeroUserId, ct);
        if (await store.Find(xeroUserId, ct) is not { } grant) return true;
        if (await IsUsed(xeroUserId, leaving, ct)) return false;
        try
        {
            if (grant.DiedAt is null) await identity.Revoke(store.Open(grant).Refresh, ct);
        }
        catch (SourceException lost) when (IsLost(lost))
        {
            // What can't be opened can't be revoked from here; it is of no use to anybody without the keys.
        }

        await store.Delete(xeroUserId, ct);
        return true;
    }

    /// <summary>By another connection, or by a consent of which somebody may still choose.</summary>
    internal async Task<bool> IsUsed(Guid xeroUserId, Guid? leaving, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        if (await db.XeroTenants.AnyAsync(t => t.XeroUserId == xeroUserId && t.ConnectionId != leaving, ct))
            return true;
        var taken = await db.XeroTenants.Select(t => t.TenantId).ToListAsync(ct);
        return (await pending.Offered(null, ct)).Any(
            o => o.XeroUserId == xeroUserId && !taken.Contains(o.Organization.TenantId));
    }

    private static bool IsLost(SourceException problem) =>
        problem.Problem is SourceProblem.SignInExpired or SourceProblem.KeysMissing;
}
