using CountingKit.Adapters.Database;
using CountingKit.Connections;
using CountingKit.Mirror;
using CountingKit.Vault;

namespace CountingKit.Adapters.Xero;

/// <summary>A token that is good for some minutes, and its grant's version. Never printed.</summary>
internal sealed record XeroAccess(Guid XeroUserId, Guid TenantId, string Token, int Version)
{
    public override string ToString() => nameof(XeroAccess);
}

/// <summary>
/// Access tokens. A grant is renewed by one at a time; the new pair is durable before anybody uses it, and a pair whose
/// answer was lost is asked for again with the same refresh token.
/// </summary>
internal sealed class XeroGrants(
    XeroGrantStore store, XeroGrantLock locks, XeroIdentity identity, XeroPatience patience, TimeProvider time)
{
    private static readonly TimeSpan MostMargin = TimeSpan.FromMinutes(2);

    /// <summary>For reading an organization: a sign-in that could write is not used for it.</summary>
    /// <exception cref="SourceException">Expired, could write, keys missing, our app refused, or Xero down.</exception>
    public async Task<XeroAccess> Access(Guid connectionId, CancellationToken ct)
    {
        var tenant = await store.Tenant(connectionId, ct)
            ?? throw Refusals.Because(SourceProblem.SignInExpired, XeroCodes.NoSignIn);
        return await Access(tenant.XeroUserId, tenant.TenantId, ct);
    }

    /// <param name="tenantId">The organization that is to be read; empty = none: to end what the grant reaches.</param>
    /// <inheritdoc cref="Access(Guid, CancellationToken)" path="/exception"/>
    public async Task<XeroAccess> Access(Guid xeroUserId, Guid tenantId, CancellationToken ct)
    {
        var grant = await Living(xeroUserId, ct);
        if (!IsFresh(grant)) grant = await Renew(xeroUserId, grant.Version, ct);
        return For(grant, tenantId);
    }

    /// <summary>Xero did not accept this token: another one, unless there is a newer one already.</summary>
    /// <inheritdoc cref="Access(Guid, CancellationToken)" path="/exception"/>
    public async Task<XeroAccess> Renew(XeroAccess refused, CancellationToken ct)
    {
        var grant = await Renew(refused.XeroUserId, refused.Version, ct);
        return For(grant, refused.TenantId);
    }

    /// <param name="tenantId">Empty = for no organization: to end what the grant reaches.</param>
    private XeroAccess For(XeroGrantRow grant, Guid tenantId)
    {
        // Xero's permissions add up per person and app: what another consent added comes with the next renewal.
        return tenantId == Guid.Empty || !MayWrite(grant)
            ? new XeroAccess(grant.XeroUserId, tenantId, store.Open(grant).Access, grant.Version)
            : throw CouldWrite(grant);
    }

    public static bool MayWrite(XeroGrantRow grant) => Writing(grant).Any();

    /// <summary>
    /// Ends a sign-in that came to hold permission to change data, as a consent to that is refused: nothing of ours may use
    /// it, so it is revoked at Xero. What is stored stays, dead, and says why.
    /// </summary>
    /// <returns>False = it does not hold such permission any more, or is dead already.</returns>
    /// <exception cref="SourceException">Keys missing, our app refused, or Xero down: to be repeated.</exception>
    public async Task<bool> EndWriting(Guid xeroUserId, CancellationToken ct)
    {
        await using var held = await locks.Take(xeroUserId, ct);
        if (await store.Find(xeroUserId, ct) is not { DiedAt: null } grant || !MayWrite(grant)) return false;
        await identity.Revoke(store.Open(grant).Refresh, ct);
        await store.MarkDead(grant, CancellationToken.None);
        return true;
    }

    private static IEnumerable<string> Writing(XeroGrantRow grant) =>
        XeroScopes.Split(grant.Scopes).Where(XeroScopes.MayWrite);

    private static SourceException CouldWrite(XeroGrantRow grant) => new(
        SourceProblem.SignInExpired, XeroCodes.MayWrite.Code,
        $"{XeroCodes.MayWrite.Title}: {string.Join(", ", Writing(grant))}. {XeroCodes.MayWrite.Advice}");

    /// <summary>Does something with a token, and once more with another one if Xero does not accept this.</summary>
    /// <exception cref="XeroTokenRefusedException">It did not accept the renewed one either.</exception>
    /// <inheritdoc cref="Access(Guid, CancellationToken)" path="/exception"/>
    public async Task<T> Use<T>(XeroAccess access, Func<string, Task<T>> use, CancellationToken ct)
    {
        try
        {
            return await use(access.Token);
        }
        catch (XeroTokenRefusedException)
        {
            return await use((await Renew(access, ct)).Token);
        }
    }

    /// <returns>The grant as it is stored now, at another version than <paramref name="seen"/>.</returns>
    /// <inheritdoc cref="Access(Guid, CancellationToken)" path="/exception"/>
    public async Task<XeroGrantRow> Renew(Guid xeroUserId, int seen, CancellationToken ct)
    {
        await using var held = await locks.Take(xeroUserId, ct);
        for (var failures = 0; ; failures++)
        {
            var grant = await Living(xeroUserId, ct);
            if (grant.Version != seen && IsFresh(grant)) return grant;
            try
            {
                // Not to be canceled: an answer that nobody stores is a refresh token that nobody has.
                var renewed = await identity.Refresh(store.Open(grant).Refresh, CancellationToken.None);
                await DatabaseOutage.Outlast(() => store.Replace(grant, renewed, CancellationToken.None), time);
                if (renewed.AccessToken.Length == 0)
                    throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.NotUnderstood);
                return await Living(xeroUserId, ct); // Ours, or that of another process that was quicker.
            }
            catch (XeroTokenRefusedException)
            {
                if (await IsStillAt(grant.Version, xeroUserId, ct))
                {
                    await store.MarkDead(grant, CancellationToken.None);
                    throw Refusals.Because(SourceProblem.SignInExpired, XeroCodes.SignInExpired);
                }
            }
            catch (XeroSilentException) when (failures + 1 < patience.Tries)
            {
                await Pause(held, failures + 1, ct);
            }
            catch (SourceException down) when (IsPassing(down) && failures + 1 < patience.Tries)
            {
                await Pause(held, failures + 1, ct);
            }
            catch (XeroSilentException silence)
            {
                throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.Down, silence);
            }
        }
    }

    /// <summary>Xero is down, or what answered is none of its answers, such as a page of a proxy.</summary>
    private static bool IsPassing(SourceException problem) =>
        problem.Code == XeroCodes.Down.Code || problem.Code == XeroCodes.NotUnderstood.Code;

    private async Task Pause(XeroGrantLock.Held held, int failures, CancellationToken ct)
    {
        await Task.Delay(patience.WaitAfter(failures), time, ct);
        while (!await held.Prolong(ct)) await Task.Delay(patience.FirstWait, time, ct);
    }

    private async Task<bool> IsStillAt(int version, Guid xeroUserId, CancellationToken ct) =>
        (await store.Find(xeroUserId, ct))?.Version == version;

    private async Task<XeroGrantRow> Living(Guid xeroUserId, CancellationToken ct)
    {
        var grant = await store.Find(xeroUserId, ct)
            ?? throw Refusals.Because(SourceProblem.SignInExpired, XeroCodes.NoSignIn);
        if (grant.DiedAt is null) return grant;
        throw MayWrite(grant) ? CouldWrite(grant) : Refusals.Because(SourceProblem.SignInExpired, XeroCodes.SignInExpired);
    }

    /// <summary>Good for a while yet. A short-lived token has a short margin, or it would never be.</summary>
    private bool IsFresh(XeroGrantRow grant)
    {
        var quarter = (grant.AccessExpiresAt - grant.RefreshedAt) / 4;
        var margin = quarter < MostMargin ? quarter : MostMargin;
        return grant.AccessExpiresAt - margin > time.GetUtcNow().UtcDateTime;
    }
}
