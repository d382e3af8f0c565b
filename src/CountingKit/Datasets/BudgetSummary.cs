namespace CountingKit.Datasets;

/// <summary>One row per account and period of the overall budget (Xero Accounting API, Reports/BudgetSummary).</summary>
internal static class BudgetSummary
{
    public static Dataset Dataset { get; } = ReportColumns.Of(
        "budgetSummary", "Budget Summary",
        new("BudgetSummary", "accounting.reports.budgetsummary.read", ReportDates.Budget)
        {
            Units = [ReportUnit.Month, ReportUnit.Quarter, ReportUnit.Year],
        },
        [
            ColumnSets.Organization, ReportColumns.Period, ReportColumns.From, ReportColumns.To, ReportColumns.Section,
            ReportColumns.AccountCode, ReportColumns.Account, ReportColumns.AccountType, ReportColumns.IsTotal,
            ReportColumns.Amount("amount", "Amount", 1, "As planned: income and costs are both positive."),
            .. ReportColumns.Ids(ofAccounts: true),
        ]);
}
