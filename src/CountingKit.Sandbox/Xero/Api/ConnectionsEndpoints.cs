using System.Globalization;
using CountingKit.Sandbox.Xero.SignIn;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary><c>/connections</c>: what this person connected to this app.</summary>
internal sealed class ConnectionsEndpoints(Bearer bearer, Connections connections)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connections", List);
        routes.MapDelete("/connections/{id}", Delete);
    }

    private IResult List(HttpContext context, string? authEventId)
    {
        var (caller, refusal) = bearer.Check(context);
        if (caller is null) return refusal!;
        return Results.Json(connections.Of(caller.ClientId, caller.UserId)
            .Where(connection => authEventId is null
                || string.Equals(connection.EventId, authEventId, StringComparison.OrdinalIgnoreCase))
            .Select(connection => new
            {
                id = connection.Id,
                authEventId = connection.EventId,
                tenantId = connection.TenantId,
                tenantType = "ORGANISATION",
                tenantName = connection.TenantName,
                createdDateUtc = Moment(connection.Created),
                updatedDateUtc = Moment(connection.Updated),
            }));
    }

    /// <summary>204; a tenant or consent id in place of the connection's is 403, anything else 404.</summary>
    private IResult Delete(HttpContext context, string id)
    {
        var (caller, refusal) = bearer.Check(context);
        if (caller is null) return refusal!;
        if (connections.Delete(caller.ClientId, caller.UserId, id)) return Results.NoContent();
        var mistaken = connections.Of(caller.ClientId, caller.UserId)
            .Any(connection => connection.TenantId == id || connection.EventId == id);
        return mistaken ? Problem.WrongTenant() : Problem.NotFound();
    }

    /// <summary>Seven decimals and no zone, as Xero writes it.</summary>
    private static string Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        .ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);
}
