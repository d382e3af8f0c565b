using CountingKit.Adapters.Database;
using CountingKit.Adapters.SignIns;
using CountingKit.Connections;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

/// <summary>Turns the code of an allowed consent into a stored grant, and finds what was granted.</summary>
internal sealed class XeroConsent(
    XeroIdentity identity, XeroConnectionsApi connections, XeroGrantStore store, XeroGrantLock locks, XeroRefusal refusal,
    IDbContextFactory<VaultDb> vault, IOptions<XeroOptions> options, TimeProvider time)
{
    /// <summary>
    /// Not to be canceled, nor is what it calls: a code is good once, and what Xero has granted must be ours to revoke.
    /// </summary>
    public async Task<XeroSignInOutcome> Redeem(PendingSignInRow signIn, SignInSecret secret, string code)
    {
        var failed = new XeroSignInFailed(XeroCodes.XeroDown, signIn.CommandId, signIn.ReconnectId);
        try
        {
            var tokens = await identity.Exchange(code, secret.RedirectUri, secret.Verifier, CancellationToken.None);
            return await Judge(signIn, tokens, failed);
        }
        catch (XeroTokenRefusedException)
        {
            return failed with { Problem = XeroCodes.CodeRefused };
        }
        catch (SourceException settings) when (settings.Problem == SourceProblem.Configuration)
        {
            return failed with { Problem = XeroCodes.AppRefused };
        }
        catch (Exception down) when (down is SourceException or XeroSilentException)
        {
            return failed;
        }
    }

    private async Task<XeroSignInOutcome> Judge(PendingSignInRow signIn, TokenAnswer tokens, XeroSignInFailed failed)
    {
        var ct = CancellationToken.None;
        if (XeroClaims.Of(tokens) is not { } claims)
        {
            await refusal.EndNameless(tokens);
            return failed;
        }

        var scopes = tokens.Scope is { } told ? XeroScopes.Split(told) : claims.Scopes ?? options.Value.ScopeList;
        var writing = scopes.Where(XeroScopes.MayWrite).ToList();
        var problem = claims.FlawOf(tokens, options.Value, time.GetUtcNow()) switch
        {
            IdTokenFlaw.NotForUs => XeroCodes.NotForUs,
            IdTokenFlaw.OutOfTime => XeroCodes.ClockWrong,
            _ when writing.Count > 0 => XeroCodes.WriteScope,
            _ when tokens.RefreshToken is null => XeroCodes.NoOfflineAccess,
            _ => null,
        };
        if (problem is not null)
        {
            await refusal.End(tokens, claims, () => Store(claims, tokens, scopes));
            return failed with { Problem = problem, Detail = writing.Count > 0 ? string.Join(", ", writing) : null };
        }

        await Store(claims, tokens, scopes);
        var found = await Organizations(signIn, tokens.AccessToken, claims, ct);
        if (found.Count == 0)
        {
            await refusal.EndUnused(claims.XeroUserId);
            return failed with { Problem = XeroCodes.NoOrganization };
        }

        return new XeroSignInGranted(
            signIn.CommandId, signIn.WorkspaceId, signIn.ReconnectId, claims.XeroUserId, claims.PersonName,
            claims.PersonEmail, found, scopes, XeroScopes.Missing(options.Value.ScopeList, scopes));
    }

    private Task Store(XeroClaims claims, TokenAnswer tokens, IReadOnlyList<string> scopes) =>
        DatabaseOutage.Outlast(
            async () =>
            {
                await using var held = await locks.Take(claims.XeroUserId, CancellationToken.None);
                await store.Put(
                    claims, new TokenPair(tokens.AccessToken, tokens.RefreshToken!), scopes, tokens.ExpiresIn,
                    CancellationToken.None);
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
        PlainText.Straight(connection.TenantName ?? "") is { Length: > 0 } name ? name : connection.TenantId.ToString();
}
