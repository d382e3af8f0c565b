using System.Globalization;
using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero.Api.Resources;
using CountingKit.Sandbox.Xero.Books;
using CountingKit.Sandbox.Xero.SignIn;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>
/// <c>/api.xro/2.0</c>, to be read only: whatever is not GET is refused and stands in the journal as a write.
/// </summary>
internal sealed class AccountingEndpoints(
    XeroState state, Bearer bearer, Connections connections, Organizations organizations, FurtherBooks further,
    CallLimits limits, TimeProvider clock)
{
    private static readonly string[] SinceFormats =
        ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];

    public void Map(IEndpointRouteBuilder routes) => routes.Map("/api.xro/2.0/{**path}", Answer);

    private IResult Answer(HttpContext context, string? path)
    {
        var tenantId = context.Request.Headers["Xero-Tenant-Id"].ToString();
        var note = RequestNote.Of(context);
        note.Tenant = tenantId.Length > 0 ? tenantId : null;
        note.Query = context.Request.QueryString.Value is { Length: > 0 } query ? query : null;
        note.Write = !HttpMethods.IsGet(context.Request.Method);
        context.Response.Headers["Xero-Correlation-Id"] = Guid.CreateVersion7().ToString();

        var (caller, refusal) = bearer.Check(context);
        if (caller is null) return refusal!;
        if (!connections.Reaches(caller.ClientId, caller.UserId, tenantId)) return Problem.WrongTenant();
        var limit = limits.Take(context, caller.ClientId, tenantId);
        limit.WriteTo(context.Response.Headers);
        if (limit.Problem is not null) return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        if (note.Write)
            return Problem.Text(StatusCodes.Status405MethodNotAllowed, "This stand-in is read only: send GET.");

        try
        {
            return Read(context, caller, tenantId, (path ?? "").Split('/'));
        }
        catch (QueryParseException e)
        {
            return Problem.QueryParse(e.Message);
        }
    }

    private IResult Read(HttpContext context, Caller caller, string tenantId, string[] path)
    {
        var resource = AllResources.Named(path[0]);
        var isOrganization = path is ["Organisation"] or ["Organisations"];
        if (resource is null && !isOrganization) return Problem.NotFound();
        if (path.Length > (resource is null or { ListOnly: true } ? 1 : 2)) return Problem.NotFound();
        if (!Scopes.Open(caller.Scopes, resource?.Scopes ?? ["accounting.settings"]))
            return Problem.Unauthorized("AuthorizationUnsuccessful");
        if (!WantsJson(context.Request))
        {
            return Problem.Text(StatusCodes.Status406NotAcceptable,
                "Xero answers XML here: send Accept: application/json.");
        }

        var now = clock.GetUtcNow();
        if (resource is null) return Envelope.Of("Organisations", organizations.Json(tenantId), now);
        if (!resource.FromTheStart) further.Make(tenantId);
        return path.Length == 2
            ? One(resource, tenantId, path[1], context.Request.Query, now)
            : List(resource, tenantId, context.Request, now);
    }

    private IResult List(Resource resource, string tenantId, HttpRequest request, DateTimeOffset now)
    {
        var header = request.Headers["If-Modified-Since"].ToString();
        DateTimeOffset? since = null;
        if (header.Length > 0 && resource.TellsChanges)
        {
            if (!DateTimeOffset.TryParseExact(header, SinceFormats, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
            {
                return Problem.Text(StatusCodes.Status412PreconditionFailed,
                    "If-Modified-Since: yyyy-MM-ddTHH:mm:ss, UTC.");
            }

            since = moment;
        }

        var query = ListQuery.Read(resource, tenantId, request.Query, since);
        using var session = state.File.Open();
        var (records, count) = query.Run(session);
        return Envelope.Of(resource, query, records, count, now);
    }

    /// <summary>By id; an invoice also by its number, and the like.</summary>
    private IResult One(Resource resource, string tenantId, string id, IQueryCollection query, DateTimeOffset now)
    {
        using var session = state.File.Open();
        var by = Guid.TryParse(id, out _) || resource.AlsoBy is null ? "id COLLATE NOCASE" : resource.Find(resource.AlsoBy).Sql;
        var record = session.First(
            $"SELECT json FROM records WHERE tenant_id = $1 AND resource = $2 AND {by} = $3",
            row => row.GetFieldValue<byte[]>(0), tenantId, resource.Name, id);
        return record is null
            ? Problem.NotFound()
            : Envelope.Of(resource.Name, RecordShape.Single(resource, record, query, now), now);
    }

    private static bool WantsJson(HttpRequest request) => request.GetTypedHeaders().Accept
        .Any(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));
}
