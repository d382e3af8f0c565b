using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using CountingKit.Connections;
using CountingKit.Mirror;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

/// <summary>One organization that a person connected to our app (Xero, GET /connections).</summary>
internal sealed record XeroConnection(Guid Id, Guid? AuthEventId, Guid TenantId, string? TenantType, string? TenantName)
{
    private const string Organization = "ORGANISATION";

    /// <returns>Null = something else that a person can connect, or an entry that makes no sense.</returns>
    public static XeroConnection? Of(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object
            || IdIn(entry, "id") is not { } id || IdIn(entry, "tenantId") is not { } tenant) return null;
        var type = Text(entry, "tenantType");
        return string.Equals(type, Organization, StringComparison.OrdinalIgnoreCase)
            ? new(id, IdIn(entry, "authEventId"), tenant, type, Text(entry, "tenantName"))
            : null;
    }

    private static Guid? IdIn(JsonElement entry, string name) =>
        Guid.TryParse(Text(entry, name), out var id) ? id : null;

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) ? LooseJson.Text(value) : null;
}

/// <summary>Which organizations a token reaches, and the end of that.</summary>
internal sealed class XeroConnectionsApi(XeroWire wire, IOptions<XeroOptions> options)
{
    /// <param name="authEventId">Only those of one consent; null = all that this person ever connected.</param>
    /// <exception cref="XeroTokenRefusedException">The access token is not accepted.</exception>
    /// <exception cref="SourceException">Xero is down, or answers nonsense.</exception>
    public async Task<IReadOnlyList<XeroConnection>> List(string accessToken, Guid? authEventId, CancellationToken ct)
    {
        using var all = await Read(accessToken, authEventId, ct);
        return [.. all.RootElement.EnumerateArray().Select(XeroConnection.Of).OfType<XeroConnection>()];
    }

    /// <returns>Its entry as received, byte for byte; null = it is not among them.</returns>
    /// <inheritdoc cref="List" path="/exception"/>
    public async Task<SourceRecord?> Find(string accessToken, Guid tenantId, CancellationToken ct)
    {
        using var all = await Read(accessToken, null, ct);
        foreach (var entry in all.RootElement.EnumerateArray())
            if (XeroConnection.Of(entry) is { } connection && connection.TenantId == tenantId)
                return new SourceRecord(connection.Id.ToString(), Updated(entry), JsonMarshal.GetRawUtf8Value(entry).ToArray());
        return null;
    }

    /// <summary>Without a zone and UTC.</summary>
    private static DateTimeOffset? Updated(JsonElement entry) =>
        entry.TryGetProperty("updatedDateUtc", out var told) && told.ValueKind == JsonValueKind.String
        && told.TryGetDateTime(out var at)
            ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc))
            : null;

    private async Task<JsonDocument> Read(string accessToken, Guid? authEventId, CancellationToken ct)
    {
        var address = options.Value.Api(authEventId is { } id ? $"connections?authEventId={id}" : "connections");
        var answer = await wire.SendPatiently(
            XeroWire.Connections, () => Request(HttpMethod.Get, address, accessToken), new XeroCall(), ct);
        if (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new XeroTokenRefusedException();
        if (!answer.IsSuccess) throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.Down);
        try
        {
            var all = LooseJson.Parse(answer.Body);
            if (all.RootElement.ValueKind == JsonValueKind.Array) return all;
            all.Dispose();
            throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.NotUnderstood);
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
