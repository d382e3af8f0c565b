using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero.Api.Resources;
using CountingKit.Sandbox.Xero.Books;
using CountingKit.Sandbox.Xero.Journals;
using CountingKit.Sandbox.Xero.Reports;
using CountingKit.Sandbox.Xero.SignIn;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>
/// <c>/api.xro/2.0</c>, to be read only: whatever is not GET is refused and stands in the journal as a write.
/// </summary>
internal sealed class AccountingEndpoints(
    Bearer bearer, Connections connections, Organizations organizations, RecordReads records, ReportReads reports,
    JournalReads journals, CallLimits limits, TimeProvider clock)
{
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

        if (Find((path ?? "").Split('/'), tenantId, context.Request) is not { } read) return Problem.NotFound();
        if (!Scopes.Open(caller.Scopes, read.Scopes)) return Problem.Unauthorized("AuthorizationUnsuccessful");
        if (!WantsJson(context.Request))
        {
            return Problem.Text(StatusCodes.Status406NotAcceptable,
                "Xero answers XML here: send Accept: application/json.");
        }

        try
        {
            return read.Answer(clock.GetUtcNow());
        }
        catch (QueryParseException e)
        {
            return Problem.QueryParse(e.Message);
        }
        catch (InvalidParameterException e)
        {
            return Problem.Validation(e.Message);
        }
        catch (PreconditionException e)
        {
            return Problem.Text(StatusCodes.Status412PreconditionFailed, e.Message);
        }
    }

    private Read? Find(string[] path, string tenantId, HttpRequest request) => path switch
    {
        ["Organisation" or "Organisations"] => new(["accounting.settings"],
            now => Envelope.Of("Organisations", organizations.Json(tenantId), now)),
        ["Reports", var name] when ReportKind.Named(name) is { } report => new([report.Scope],
            now => reports.Answer(report, tenantId, request.Query, now)),
        ["Journals"] => new(["accounting.journals"], now => journals.List(tenantId, request, now)),
        ["Journals", var id] => new(["accounting.journals"], now => journals.One(tenantId, id, now)),
        [var name] when AllResources.Named(name) is { } resource => new(resource.Scopes,
            now => records.List(resource, tenantId, request, now)),
        [var name, var id] when AllResources.Named(name) is { ListOnly: false } resource => new(resource.Scopes,
            now => records.One(resource, tenantId, id, request.Query, now)),
        _ => null,
    };

    private static bool WantsJson(HttpRequest request) => request.GetTypedHeaders().Accept
        .Any(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));

    /// <summary>What a path reads.</summary>
    /// <param name="Scopes">Any of them opens it.</param>
    private sealed record Read(string[] Scopes, Func<DateTimeOffset, IResult> Answer);
}
