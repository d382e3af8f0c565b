namespace CountingKit.Datasets;

/// <summary>One row per account and month's end (Xero Accounting API, Reports/BalanceSheet).</summary>
internal static class BalanceSheet
{
    public static Dataset Dataset { get; } = ReportColumns.Of(
        "balanceSheet", "Balance Sheet",
        new("BalanceSheet", "accounting.reports.balancesheet.read", ReportDates.MonthEnd, hasBasis: true, hasLayout: true),
        [
            ColumnSets.Organization, ReportColumns.Period, ReportColumns.AsAt,
            ReportColumns.ParentSection(isDefault: true), ReportColumns.Section, ReportColumns.AccountCode,
            ReportColumns.Account, ReportColumns.AccountType, ReportColumns.IsTotal,
            ReportColumns.Amount("amount", "Amount", 1, "As in the report: what is owned and what is owed are both positive."),
            .. ReportColumns.Ids(ofAccounts: true),
        ]);
}
