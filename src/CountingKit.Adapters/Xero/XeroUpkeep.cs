using CountingKit.Connections;
using CountingKit.Mirror;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CountingKit.Adapters.Xero;

/// <summary>Keeps sign-ins alive that are used, and ends those that never came to use or that could change data.</summary>
internal sealed class XeroUpkeep(
    XeroGrants grants, XeroDisconnect disconnect, PendingSignIns pending, IDbContextFactory<VaultDb> vault,
    TimeProvider time, ILogger<XeroUpkeep> log) : IXeroUpkeep
{
    private static readonly TimeSpan Idle = TimeSpan.FromDays(7);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(60);
    private static readonly TimeSpan Orphaned = TimeSpan.FromMinutes(15);

    public async Task<IReadOnlyList<XeroRenewalFailure>> RefreshIdle(CancellationToken ct)
    {
        var before = time.GetUtcNow().UtcDateTime - Idle;
        List<XeroGrantRow> idle;
        ILookup<Guid, Guid> users;
        await using (var db = await vault.CreateDbContextAsync(ct))
        {
            var living = await db.XeroGrants.AsNoTracking().Where(g => g.DiedAt == null).ToListAsync(ct);
            idle = [.. living.Where(g => g.RefreshedAt < before || XeroGrants.MayWrite(g))];
            users = (await db.XeroTenants.AsNoTracking().ToListAsync(ct))
                .ToLookup(t => t.XeroUserId, t => t.ConnectionId);
        }

        List<XeroRenewalFailure> failures = [];
        foreach (var grant in idle)
        {
            try
            {
                // One that could change data is not kept alive; a renewal may be what makes it so.
                if (!XeroGrants.MayWrite(grant)) await grants.Renew(grant.XeroUserId, grant.Version, ct);
                if (await grants.EndWriting(grant.XeroUserId, ct))
                    Fail(grant, time.GetUtcNow().UtcDateTime, SourceProblem.SignInExpired, XeroCodes.MayWrite.Code);
            }
            catch (SourceException failed)
            {
                Fail(grant, grant.RefreshedAt + Lifetime, failed.Problem, failed.Code);
            }
            catch (Exception failed) when (!ct.IsCancellationRequested)
            {
                log.LogWarning(failed, "The sign-in of Xero user {User} could not be renewed", grant.XeroUserId);
            }
        }

        return failures;

        void Fail(XeroGrantRow grant, DateTime diesAt, SourceProblem problem, string code) => failures.Add(
            new XeroRenewalFailure(grant.XeroUserId, [.. users[grant.XeroUserId]], diesAt, problem, code));
    }

    public async Task<int> SweepOrphans(Func<Guid, CancellationToken, Task<bool>> isConnected, CancellationToken ct)
    {
        var before = time.GetUtcNow().UtcDateTime - Orphaned;
        await pending.Started.RemoveFruitless(before, ct);
        return await UnchosenOrganizations(before, ct)
            + await UnconnectedTenants(isConnected, before, ct)
            + await UnusedGrants(before, ct);
    }

    /// <summary>Attached, but the process ended before the log knew.</summary>
    private async Task<int> UnconnectedTenants(
        Func<Guid, CancellationToken, Task<bool>> isConnected, DateTime before, CancellationToken ct)
    {
        List<XeroTenantRow> attached;
        await using (var db = await vault.CreateDbContextAsync(ct))
            attached = await db.XeroTenants.AsNoTracking().Where(t => t.AttachedAt < before).ToListAsync(ct);

        var swept = 0;
        foreach (var tenant in attached)
        {
            swept += await Attempt("connection", tenant.ConnectionId, async () =>
            {
                if (await isConnected(tenant.ConnectionId, ct)) return 0;
                await disconnect.RemoveAtXero(tenant.ConnectionId, ct);
                await disconnect.Forget(tenant.ConnectionId, ct);
                return 1;
            }, ct);
        }

        return swept;
    }

    /// <summary>Granted at Xero, but nobody chose it here: it would count against the app's limit.</summary>
    private async Task<int> UnchosenOrganizations(DateTime before, CancellationToken ct)
    {
        var swept = 0;
        foreach (var row in await pending.Answered(before, ct))
            swept += await Attempt("consent", row.CommandId, () => Unchosen(row, before, ct), ct);
        return swept;
    }

    private async Task<int> Unchosen(PendingSignInRow row, DateTime before, CancellationToken ct)
    {
        var swept = 0;
        if (pending.TryGranted(row) is { } granted)
        {
            // A person who was asked twice has one connection at Xero, and may choose it in the later sign-in.
            var offered = (await pending.Offered(before, ct)).Select(o => o.Organization.XeroConnectionId).ToHashSet();
            foreach (var unchosen in granted.Organizations.Where(
                o => o.JustGranted && !offered.Contains(o.XeroConnectionId)))
            {
                if (await disconnect.IsHeld(granted.XeroUserId, unchosen.XeroConnectionId, unchosen.TenantId, ct)) continue;
                await disconnect.Remove(granted.XeroUserId, unchosen.XeroConnectionId, ct);
                swept++;
            }
        }

        await pending.Remove(row, ct);
        return swept;
    }

    private async Task<int> UnusedGrants(DateTime before, CancellationToken ct)
    {
        List<Guid> unused;
        await using (var db = await vault.CreateDbContextAsync(ct))
            unused = await db.XeroGrants
                .Where(g => g.GrantedAt < before && !db.XeroTenants.Any(t => t.XeroUserId == g.XeroUserId))
                .Select(g => g.XeroUserId).ToListAsync(ct);

        var swept = 0;
        foreach (var user in unused)
            swept += await Attempt(
                "sign-in of Xero user", user, async () => await disconnect.Revoke(user, leaving: null, ct) ? 1 : 0, ct);
        return swept;
    }

    /// <summary>One that fails stays for the next sweep and keeps no other one here.</summary>
    private async Task<int> Attempt(string what, Guid id, Func<Task<int>> sweep, CancellationToken ct)
    {
        try
        {
            return await sweep();
        }
        catch (Exception failed) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(failed, "The unused {What} {Id} could not be let go; it is tried again", what, id);
            return 0;
        }
    }
}
