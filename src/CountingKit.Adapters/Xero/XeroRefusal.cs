using CountingKit.Connections;
using CountingKit.Mirror;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// Ends a consent that was redeemed and is not kept. Revoking ends all of that person's connections, so where others depend
/// on the person's sign-in only what was just granted is undone.
/// </summary>
internal sealed class XeroRefusal(
    XeroIdentity identity, XeroConnectionsApi connections, XeroDisconnect disconnect, PendingSignIns pending,
    IDbContextFactory<VaultDb> vault, ILogger<XeroRefusal> log)
{
    /// <param name="store">Keeps the consent, so that what can't be revoked now is swept later.</param>
    public Task End(TokenAnswer tokens, XeroClaims claims, Func<Task> store) => Try(claims.XeroUserId, async () =>
    {
        if (await disconnect.IsUsed(claims.XeroUserId, leaving: null, CancellationToken.None))
        {
            await Undo(tokens.AccessToken, claims);
        }
        else if (tokens.RefreshToken is null)
        {
            await identity.Revoke(tokens.AccessToken, CancellationToken.None);
        }
        else
        {
            await store();
            await disconnect.Revoke(claims.XeroUserId, leaving: null, CancellationToken.None);
        }
    });

    /// <summary>Of whom nobody knows whose it is: not while another sign-in of ours may stand on the same consent.</summary>
    public Task EndNameless(TokenAnswer tokens) => Try(null, async () =>
    {
        await using var db = await vault.CreateDbContextAsync(CancellationToken.None);
        if (!await db.XeroGrants.AnyAsync(CancellationToken.None))
            await identity.Revoke(tokens.RefreshToken ?? tokens.AccessToken, CancellationToken.None);
    });

    /// <summary>A sign-in that is stored and that nothing uses.</summary>
    public Task EndUnused(Guid xeroUserId) => Try(
        xeroUserId, () => disconnect.Revoke(xeroUserId, leaving: null, CancellationToken.None));

    /// <summary>What a declined sign-in has just granted, and the sign-in where nothing else uses it.</summary>
    public Task EndDeclined(XeroSignInGranted declined) => Try(declined.XeroUserId, async () =>
    {
        var ct = CancellationToken.None;
        var offered = (await pending.Offered(null, ct)).Select(o => o.Organization.XeroConnectionId).ToHashSet();
        foreach (var granted in declined.Organizations.Where(o => o.JustGranted && !offered.Contains(o.XeroConnectionId)))
        {
            if (!await disconnect.IsHeld(declined.XeroUserId, granted.XeroConnectionId, granted.TenantId, ct))
                await disconnect.Remove(declined.XeroUserId, granted.XeroConnectionId, ct);
        }

        await disconnect.Revoke(declined.XeroUserId, leaving: null, ct);
    });

    private async Task Undo(string accessToken, XeroClaims claims)
    {
        if (claims.AuthEventId is not { } consent) return;
        foreach (var granted in await connections.List(accessToken, consent, CancellationToken.None))
        {
            if (!await disconnect.IsHeld(claims.XeroUserId, granted.Id, granted.TenantId, CancellationToken.None))
                await connections.Delete(accessToken, granted.Id, CancellationToken.None);
        }
    }

    /// <summary>The person is told why the consent was refused, whether or not Xero hears of it at once.</summary>
    private async Task Try(Guid? xeroUserId, Func<Task> end)
    {
        try
        {
            await end();
        }
        catch (Exception away) when (away is SourceException or XeroSilentException or XeroTokenRefusedException)
        {
            log.LogWarning(away, "A refused consent of Xero user {User} could not be ended at once", xeroUserId);
        }
    }
}
