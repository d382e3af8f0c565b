using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per tax rate (Xero Accounting API, TaxRates).</summary>
internal static class TaxRates
{
    public static Dataset Dataset { get; } = new(
        Key: "taxRates",
        Title: "Tax rates",
        Version: 1,
        Resource: new("TaxRates", "TaxType", "", ["accounting.settings.read"])
        {
            Paging = Paging.Whole, IsOrdered = false, TellsChanges = false,
        },
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("name", "Name", Text, "Name"),
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("displayRate", "Display Rate %", ColumnType.Decimal, "DisplayTaxRate"),
            new("effectiveRate", "Effective Rate %", ColumnType.Decimal, "EffectiveRate"),
            new("reportTaxType", "Report Tax Type", Text, "ReportTaxType"),
            new("appliesToAssets", "Applies To Assets", YesNo, "CanApplyToAssets", IsDefault: false),
            new("appliesToEquity", "Applies To Equity", YesNo, "CanApplyToEquity", IsDefault: false),
            new("appliesToExpenses", "Applies To Expenses", YesNo, "CanApplyToExpenses", IsDefault: false),
            new("appliesToLiabilities", "Applies To Liabilities", YesNo, "CanApplyToLiabilities", IsDefault: false),
            new("appliesToRevenue", "Applies To Revenue", YesNo, "CanApplyToRevenue", IsDefault: false),
            new("components", "Components", Text, "=join(TaxComponents[].Name)"),
            new("componentRates", "Component Rates %", Text, "=join(TaxComponents[].Rate)", IsDefault: false,
                "In the order of the components.") { ForAccountants = true },
            new("taxType", "Tax Type", Text, "TaxType", Note: "Xero's code for it. Identifies the row."),
        ],
        KeyColumn: "taxType",
        DefaultSort: [new("name")],
        NameColumn: "name",
        Statuses: [.. Codes.ListStatuses, new("PENDING", "Pending")]);
}
