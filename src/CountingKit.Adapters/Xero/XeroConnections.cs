using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.Mirror;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

/// <summary>The organization behind a connection, and how its sign-in and its budget stand.</summary>
internal sealed class XeroConnections(
    XeroApi api, XeroGrants grants, XeroConnectionsApi listed, XeroGrantStore store, XeroBudget budget,
    XeroCallLog calls, IOptions<XeroOptions> options, TimeProvider time)
    : IXeroConnections
{
    public async Task<XeroOrganization> ReadOrganization(Guid connectionId, CancellationToken ct)
    {
        var question = new XeroQuestion(
            connectionId, "Organisation", null, null, "accounting.settings.read", Urgent: true);
        return await api.Get(question, Understood, ct);
    }

    private XeroOrganization Understood(XeroAnswer answer)
    {
        using (answer)
            return OrganisationJson.Of(OrganisationRecord.Of(answer.Body, answer.Headers.Date, time.GetUtcNow()))
                ?? throw new UnreadableRecordException("Organisations", "holds no organization");
    }

    public async Task<SourcePage?> ReadConnection(Guid connectionId, CancellationToken ct)
    {
        var access = await grants.Access(connectionId, ct);
        try
        {
            var found = await grants.Use(access, token => listed.Find(token, access.TenantId, ct), ct);
            // The token of a sign-in that was revoked lives on for a while, and lists nothing.
            if (found is null)
                found = await grants.Use(await grants.Renew(access, ct), token => listed.Find(token, access.TenantId, ct), ct);
            return found is { } record
                ? new SourcePage(1, 1, 1, time.GetUtcNow(), [record])
                : null;
        }
        catch (XeroTokenRefusedException)
        {
            throw Refusals.Because(SourceProblem.SignInExpired, XeroCodes.SignInExpired);
        }
    }

    public async Task<XeroSignInState?> SignIn(Guid connectionId, CancellationToken ct)
    {
        if (await store.Tenant(connectionId, ct) is not { } tenant) return null;
        if (await store.Find(tenant.XeroUserId, ct) is not { } grant) return null;
        var scopes = XeroScopes.Split(grant.Scopes);
        return new XeroSignInState(
            tenant.TenantId, grant.XeroUserId, grant.PersonName, grant.PersonEmail, scopes,
            XeroScopes.Missing(options.Value.ScopeList, scopes), grant.GrantedAt, grant.RefreshedAt, grant.DiedAt);
    }

    public int CallsPerMinute => options.Value.CallsPerMinute;

    public async Task<XeroUsage> Usage(Guid connectionId, CancellationToken ct)
    {
        var limit = options.Value.DayLimit;
        return await store.Tenant(connectionId, ct) is { } tenant
            ? new XeroUsage(
                await calls.CallsToday(tenant.TenantId, ct), limit, await budget.Remaining(tenant.TenantId, ct))
            : new XeroUsage(0, limit, null);
    }

    public async Task<TimeSpan> WaitOfMinute(Guid connectionId, CancellationToken ct) =>
        await store.Tenant(connectionId, ct) is { } tenant
            ? await budget.WaitOfMinute(tenant.TenantId, ct)
            : TimeSpan.Zero;

    public Task<TimeSpan> WaitOfAppMinute(CancellationToken ct) => budget.WaitOfAppMinute(ct);
}
