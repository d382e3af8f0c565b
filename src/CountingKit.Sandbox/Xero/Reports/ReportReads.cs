using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Xero.Api;
using CountingKit.Sandbox.Xero.Books;
using CountingKit.Sandbox.Xero.Ledger;

namespace CountingKit.Sandbox.Xero.Reports;

/// <summary>Computes reports from the ledger, at the moment they are asked for.</summary>
internal sealed class ReportReads(XeroState state, Organizations organizations, Ledgers ledgers)
{
    /// <exception cref="InvalidParameterException">A parameter means nothing.</exception>
    public IResult Answer(ReportKind kind, string tenantId, IQueryCollection query, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        using var described = JsonDocument.Parse(organizations.Json(tenantId));
        var (organization, organisation) = (organizations.Of(tenantId), new Wire(described.RootElement));
        var report = kind.Compute(new ReportContext(ledgers.Of(tenantId),
            organisation.Text("Name") is { Length: > 0 } name ? name : organization.Name,
            FinancialYear.Of(organisation, organization.Country), new ReportQuery(query), today,
            resource => Records(tenantId, resource)));
        var json = new JsonObject
        {
            ["ReportID"] = kind.Id,
            ["ReportName"] = kind.Name,
            ["ReportType"] = kind.Id,
            ["ReportTitles"] = new JsonArray([.. report.Titles.Select(title => JsonValue.Create(title))]),
            ["ReportDate"] = Rows.Long(today),
            ["UpdatedDateUTC"] = Parts.Instant(now),
            ["Fields"] = new JsonArray(),
            ["Rows"] = new JsonArray([.. report.Rows]),
        };
        return Envelope.Of("Reports", Encoding.UTF8.GetBytes(XeroJson.Text(json)), now);
    }

    private List<JsonObject> Records(string tenantId, string resource)
    {
        using var session = state.File.Open();
        return session.Query("SELECT json FROM records WHERE tenant_id = $1 AND resource = $2 ORDER BY key",
            row => JsonNode.Parse(row.GetString(0))!.AsObject(), tenantId, resource);
    }
}
