using System.Text.Json.Nodes;
using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero.Api;
using CountingKit.Sandbox.Xero.Api.Resources;
using CountingKit.Sandbox.Xero.Books;
using CountingKit.Sandbox.Xero.SignIn;

namespace CountingKit.Sandbox.Xero;

/// <summary><c>/_/xero</c>: the books, the limits, and what people do to sign-ins in Xero itself.</summary>
internal sealed class XeroControl(
    Organizations organizations, FurtherBooks further, Grants grants, Connections connections, XeroSwitches switches,
    Journal journal, TimeProvider clock)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/_/xero/people", () => Person.All);
        routes.MapGet("/_/xero/organizations", List);
        routes.MapPost("/_/xero/organizations", (NewOrganization order) => Add(order));
        routes.MapPost("/_/xero/organizations/{tenantId}/invoices",
            (string tenantId, NewInvoices order) => Put(tenantId, order));
        routes.MapDelete("/_/xero/organizations/{tenantId}/invoices/{id}", (string tenantId, string id) =>
            organizations.Delete(tenantId, "Invoices", id) ? Results.NoContent() : Results.NotFound());
        routes.MapPost("/_/xero/organizations/{tenantId}/records/{resource}",
            (string tenantId, string resource, NewRecords order) => Put(tenantId, resource, order));
        routes.MapDelete("/_/xero/organizations/{tenantId}/records/{resource}/{id}", Delete);
        routes.MapPost("/_/xero/organizations/{tenantId}/disconnect",
            (string tenantId) => ControlInterface.Done(() => connections.DropOrganization(tenantId)));
        routes.MapPost("/_/xero/limits", (Limits order) => ControlInterface.Done(() => Change(order)));
        routes.MapGet("/_/xero/settings", () => switches.Now);
        routes.MapPost("/_/xero/settings", (Settings order) => ControlInterface.Done(() => Change(order)));
        routes.MapPost("/_/xero/tokens/expire", () => ControlInterface.Done(grants.ExpireAccessTokens));
        routes.MapPost("/_/xero/grants/{userId}/revoke",
            (string userId) => ControlInterface.Done(() => grants.RevokeAll(userId)));
        routes.MapGet("/_/xero/stats", Stats);
    }

    private IEnumerable<object> List() => organizations.All().Select(Summary);

    private object Summary(Organization organization) => new
    {
        organization.TenantId,
        organization.Name,
        country = organization.Country.Code,
        organization.Country.Currency,
        invoices = organizations.Count(organization.TenantId, "ACCREC"),
        bills = organizations.Count(organization.TenantId, "ACCPAY"),
    };

    private IResult Add(NewOrganization order)
    {
        if (order.Invoices is < 0 or > 1_000_000 || order.InvoiceBytes is < 0 or > 100_000)
            return Results.BadRequest(new { error = "invoices: 0 to 1000000; invoiceBytes: 0 to 100000." });
        try
        {
            return Results.Ok(Summary(organizations.Add(
                order.TenantId, order.Name, order.Organisation, order.Invoices, order.InvoiceBytes)));
        }
        catch (ArgumentException e)
        {
            return Results.Conflict(new { error = e.Message });
        }
    }

    private IResult Put(string tenantId, NewInvoices order)
    {
        if (!Exists(tenantId)) return Results.NotFound();
        var told = Put(tenantId, AllResources.Named("Invoices")!, order.Invoices, order.KeepUpdatedDate);
        return Results.Ok(new { invoiceIds = told.Concat(organizations.Generate(tenantId, order.Count)) });
    }

    private IResult Put(string tenantId, string name, NewRecords order)
    {
        if (!Exists(tenantId) || AllResources.Named(name) is not { } resource) return Results.NotFound();
        if (!resource.FromTheStart) further.Make(tenantId);
        return Results.Ok(new { ids = Put(tenantId, resource, order.Records, order.KeepUpdatedDate) });
    }

    /// <returns>The ids.</returns>
    private IReadOnlyList<string> Put(
        string tenantId, Resource resource, IReadOnlyList<JsonObject>? records, bool keepUpdatedDate)
    {
        var now = clock.GetUtcNow();
        return organizations.Put(tenantId, [.. (records ?? []).Select(record =>
        {
            if (!keepUpdatedDate) resource.Mark(record, now);
            return Record.Given(resource.Name, resource.IdField, record, keepUpdatedDate ? null : now);
        })]);
    }

    private IResult Delete(string tenantId, string resource, string id)
    {
        if (!Exists(tenantId) || AllResources.Named(resource) is not { } known) return Results.NotFound();
        if (!known.FromTheStart) further.Make(tenantId);
        return organizations.Delete(tenantId, known.Name, id) ? Results.NoContent() : Results.NotFound();
    }

    private bool Exists(string tenantId) =>
        organizations.All().Any(organization => organization.TenantId == tenantId);

    private void Change(Settings order) => switches.Change(now => now with
    {
        RefreshGraceMinutes = order.RefreshGraceMinutes ?? now.RefreshGraceMinutes,
        GrantScopes = order.GrantScopes,
        Premium = order.Premium ?? now.Premium,
    });

    private void Change(Limits order)
    {
        if (order.Minute < 1 || order.Day < 1 || order.Concurrent < 1)
            throw new ArgumentException("Limits are 1 or more.");
        switches.Change(now => now with
        {
            LimitsOn = order.On ?? now.LimitsOn,
            MinuteLimit = order.Minute ?? now.MinuteLimit,
            DayLimit = order.Day ?? now.DayLimit,
            ConcurrentLimit = order.Concurrent ?? now.ConcurrentLimit,
        });
    }

    /// <summary>From the journal: since it was last emptied.</summary>
    private object Stats()
    {
        var calls = journal.Read(after: 0).Where(line => line.Vendor == "xero").ToList();
        return new
        {
            tokenCalls = calls.Count(line => line.Path == "/connect/token"),
            apiCalls = calls.Count(line => line.Path.StartsWith("/api.xro/", StringComparison.Ordinal)),
            byPath = calls.CountBy(line => $"{line.Method} {line.Path}").ToDictionary(),
        };
    }

    private sealed record NewOrganization(
        string? TenantId, string? Name, JsonObject? Organisation, int Invoices = 0, int InvoiceBytes = 0);

    private sealed record NewInvoices(IReadOnlyList<JsonObject>? Invoices, int Count = 0, bool KeepUpdatedDate = false);

    private sealed record NewRecords(IReadOnlyList<JsonObject>? Records, bool KeepUpdatedDate = false);

    private sealed record Limits(bool? On, int? Minute, int? Day, int? Concurrent);

    private sealed record Settings(
        decimal? RefreshGraceMinutes, IReadOnlyList<string>? GrantScopes, bool? Premium);
}
