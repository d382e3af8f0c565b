namespace CountingKit.Datasets;

/// <summary>One row per account and period (Xero Accounting API, Reports/ProfitAndLoss).</summary>
internal static class ProfitAndLoss
{
    public static Dataset Dataset { get; } = ReportColumns.Of(
        "profitAndLoss", "Profit and Loss",
        new("ProfitAndLoss", "accounting.reports.profitandloss.read", ReportDates.Range, hasBasis: true, hasLayout: true),
        [
            ColumnSets.Organization, ReportColumns.Period, ReportColumns.From, ReportColumns.To,
            ReportColumns.ParentSection(isDefault: false), ReportColumns.Section, ReportColumns.AccountCode,
            ReportColumns.Account, ReportColumns.AccountType, ReportColumns.IsTotal,
            ReportColumns.Amount("amount", "Amount", 1, "As in the report: income and costs are both positive."),
            .. ReportColumns.Ids(ofAccounts: true),
        ]);
}
