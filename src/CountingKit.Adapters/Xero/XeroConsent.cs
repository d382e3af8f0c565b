using CountingKit.Adapters.Database;
using CountingKit.Adapters.SignIns;
using CountingKit.Connections;
using CountingKit.Runs;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

/// <summary>Turns the code of an allowed consent into a stored grant, and finds what was granted.</summary>
internal sealed class XeroConsent(
    XeroIdentity identity, XeroConnectionsApi connections, XeroGrantStore store, XeroGrantLock locks,
    IDbContextFactory<VaultDb> vault, IOptions<XeroOptions> options, TimeProvider time)
{
    /// <summary>
    /// Not to be canceled, nor is what it calls: a code is good once, and what Xero has granted must be ours to revoke.
    /// </summary>
    public async Task<XeroSignInOutcome> Redeem(PendingSignInRow signIn, SignInSecret secret, string code)
    {
        var ct = CancellationToken.None;
        var failed = new XeroSignInFailed(XeroCodes.XeroDown, signIn.CommandId, signIn.ReconnectId);
        try
        {
            var tokens = await identity.Exchange(code, secret.RedirectUri, secret.Verifier, ct);
            var claims = XeroClaims.Of(tokens);
            var scopes = tokens.Scope is { } told ? XeroScopes.Split(told) : claims.Scopes ?? options.Value.ScopeList;
            if (scopes.Where(XeroScopes.MayWrite).ToList() is { Count: > 0 } writing)
            {
                await Refuse(tokens, claims, ct);
                return failed with { Problem = XeroCodes.WriteScope, Detail = string.Join(", ", writing) };
            }

            if (tokens.RefreshToken is not { Length: > 0 } refresh)
                return failed with { Problem = XeroCodes.NoOfflineAccess };

            await Store(claims, new TokenPair(tokens.AccessToken, refresh), scopes, tokens.ExpiresIn);
            var found = await Organizations(signIn, tokens.AccessToken, claims, ct);
            if (found.Count == 0) return failed with { Problem = XeroCodes.NoOrganization };
            return new XeroSignInGranted(
                signIn.CommandId, signIn.WorkspaceId, signIn.ReconnectId, claims.XeroUserId, claims.PersonName,
                claims.PersonEmail, found, scopes, XeroScopes.Missing(options.Value.ScopeList, scopes));
        }
        catch (XeroTokenRefusedException)
        {
            return failed with { Problem = XeroCodes.CodeRefused };
        }
        catch (SourceException settings) when (settings.Problem == SourceProblem.Configuration)
        {
            return failed with { Problem = XeroCodes.AppRefused };
        }
        catch (Exception down) when (down is SourceException or XeroSilentException or FormatException)
        {
            return failed;
        }
    }

    private Task Store(XeroClaims claims, TokenPair pair, IReadOnlyList<string> scopes, int expiresIn) =>
        DatabaseOutage.Outlast(
            async () =>
            {
                await using var held = await locks.Take(claims.XeroUserId, CancellationToken.None);
                await store.Put(claims, pair, scopes, expiresIn, CancellationToken.None);
            }, time);

    /// <summary>Just granted ones, and those that this grant reads in this workspace; never anybody else's.</summary>
    private async Task<List<XeroChoice>> Organizations(
        PendingSignInRow signIn, string accessToken, XeroClaims claims, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var here = await db.XeroTenants.AsNoTracking().Where(t => t.WorkspaceId == signIn.WorkspaceId)
            .OrderByDescending(t => t.AttachedAt).ToListAsync(ct);
        var all = await connections.List(accessToken, null, ct);
        return
        [
            .. from connection in all
               let granted = claims.AuthEventId is { } consent && connection.AuthEventId == consent
               let known = here.Find(t => t.TenantId == connection.TenantId)
               where granted || (known is not null
                   && (known.XeroUserId == claims.XeroUserId || known.ConnectionId == signIn.ReconnectId))
               orderby granted descending, connection.TenantName
               select new XeroChoice(
                   connection.TenantId, Name(connection), connection.Id, known?.ConnectionId, granted),
        ];
    }

    private static string Name(XeroConnection connection) =>
        connection.TenantName is { Length: > 0 } name ? name : connection.TenantId.ToString();

    /// <summary>
    /// A consent that could write is not kept. Revoking ends all of that person's connections, so where others depend
    /// on the person's sign-in only what was just granted is undone.
    /// </summary>
    private async Task Refuse(TokenAnswer tokens, XeroClaims claims, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        if (!await db.XeroTenants.AnyAsync(t => t.XeroUserId == claims.XeroUserId, ct))
        {
            await identity.Revoke(tokens.RefreshToken ?? tokens.AccessToken, ct);
            return;
        }

        if (claims.AuthEventId is not { } consent) return;
        var used = await db.XeroTenants.Select(t => t.TenantId).ToListAsync(ct);
        foreach (var granted in await connections.List(tokens.AccessToken, consent, ct))
            if (!used.Contains(granted.TenantId)) await connections.Delete(tokens.AccessToken, granted.Id, ct);
    }
}
