using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CountingKit.Connections;
using CountingKit.Runs;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

/// <summary>One organization that a person connected to our app (Xero, GET /connections).</summary>
internal sealed record XeroConnection(Guid Id, Guid? AuthEventId, Guid TenantId, string? TenantType, string? TenantName)
{
    public bool IsOrganization => string.Equals(TenantType, "ORGANISATION", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Which organizations a token reaches, and the end of that.</summary>
internal sealed class XeroConnectionsApi(XeroWire wire, IOptions<XeroOptions> options)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="authEventId">Only those of one consent; null = all that this person ever connected.</param>
    /// <exception cref="XeroTokenRefusedException">The access token is not accepted.</exception>
    /// <exception cref="SourceException">Xero is down, or answers nonsense.</exception>
    public async Task<IReadOnlyList<XeroConnection>> List(string accessToken, Guid? authEventId, CancellationToken ct)
    {
        var address = options.Value.Api(authEventId is { } id ? $"connections?authEventId={id}" : "connections");
        var answer = await wire.SendPatiently(
            XeroWire.Connections, () => Request(HttpMethod.Get, address, accessToken), new XeroCall(), ct);
        if (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new XeroTokenRefusedException();
        if (!answer.IsSuccess) throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.Down);
        try
        {
            var found = JsonSerializer.Deserialize<List<XeroConnection?>>(answer.Body, Json) ?? [];
            return [.. found.OfType<XeroConnection>().Where(c => c.IsOrganization)];
        }
        catch (JsonException nonsense)
        {
            throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.NotUnderstood, nonsense);
        }
    }

    /// <summary>404 means that it is gone already.</summary>
    /// <param name="xeroConnectionId">The connection's own id, not the organization's.</param>
    /// <exception cref="XeroTokenRefusedException">The access token is not accepted.</exception>
    /// <exception cref="SourceException">Xero is down, or answers nonsense.</exception>
    public async Task Delete(string accessToken, Guid xeroConnectionId, CancellationToken ct)
    {
        var address = options.Value.Api($"connections/{xeroConnectionId}");
        var answer = await wire.SendPatiently(
            XeroWire.Connections, () => Request(HttpMethod.Delete, address, accessToken), new XeroCall(), ct);
        if (answer.IsSuccess || answer.Status == HttpStatusCode.NotFound) return;
        throw answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? new XeroTokenRefusedException()
            : Refusals.Because(SourceProblem.Unavailable, XeroCodes.Down);
    }

    private static HttpRequestMessage Request(HttpMethod method, Uri address, string accessToken)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        request.Headers.Accept.ParseAdd("application/json");
        return request;
    }
}
