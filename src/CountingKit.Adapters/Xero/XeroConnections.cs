using System.Text.Json;
using CountingKit.Connections;
using CountingKit.Runs;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

/// <summary>The organization behind a connection, and how its sign-in and its budget stand.</summary>
internal sealed class XeroConnections(
    XeroApi api, XeroGrantStore store, XeroBudget budget, XeroCallLog calls, IOptions<XeroOptions> options)
    : IXeroConnections
{
    public async Task<XeroOrganization> ReadOrganization(Guid connectionId, CancellationToken ct)
    {
        var answer = await api.Get(new XeroQuestion(connectionId, "Organisation", Urgent: true), ct);
        try
        {
            var envelope = JsonSerializer.Deserialize<OrganisationsJson>(answer.Body);
            return envelope?.Organisations is [{ } organization, ..]
                ? organization.ToOrganization()
                : throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.NotUnderstood);
        }
        catch (JsonException nonsense)
        {
            throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.NotUnderstood, nonsense);
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

    public async Task<XeroUsage> Usage(Guid connectionId, CancellationToken ct)
    {
        var limit = options.Value.DayLimit;
        return await store.Tenant(connectionId, ct) is { } tenant
            ? new XeroUsage(await calls.CallsToday(tenant.TenantId, ct), limit, budget.Remaining(tenant.TenantId))
            : new XeroUsage(0, limit, null);
    }
}
