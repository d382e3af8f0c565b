using System.Text.Json.Nodes;
using CountingKit.Sandbox.Xero.Ledger;

namespace CountingKit.Sandbox.Xero.Reports;

/// <summary>What a report is computed from.</summary>
/// <param name="Records">All records of a list.</param>
internal sealed record ReportContext(
    OrganizationLedger Ledger, string Organization, FinancialYear Year, ReportQuery Query, DateOnly Today,
    Func<string, IReadOnlyList<JsonObject>> Records)
{
    /// <summary>By what was agreed, or with <c>paymentsOnly</c> by what was paid.</summary>
    public IReadOnlyList<Entry> Entries => Ledger.On(Query.Is("paymentsOnly"));
}

/// <param name="Titles">Name, organization, period.</param>
internal sealed record Report(string[] Titles, IReadOnlyList<JsonObject> Rows);

/// <summary>Months as reports count them.</summary>
internal static class Months
{
    public static DateOnly First(DateOnly day) => new(day.Year, day.Month, 1);

    public static DateOnly Last(DateOnly day) => First(day).AddMonths(1).AddDays(-1);
}
