namespace CountingKit.Sandbox.Xero.Reports;

/// <summary>A report that can be read.</summary>
/// <param name="Id">Its path, and what Xero calls its type.</param>
/// <param name="Scope">Without <c>.read</c>.</param>
internal sealed record ReportKind(string Id, string Name, string Scope, Func<ReportContext, Report> Compute)
{
    private static readonly ReportKind[] All =
    [
        new("ProfitAndLoss", "Profit and Loss", "accounting.reports.profitandloss", ProfitAndLoss.Of),
        new("BalanceSheet", "Balance Sheet", "accounting.reports.balancesheet", BalanceSheet.Of),
        new("TrialBalance", "Trial Balance", "accounting.reports.trialbalance", TrialBalance.Of),
        new("BankSummary", "Bank Summary", "accounting.reports.banksummary", BankSummary.Of),
        new("ExecutiveSummary", "Executive Summary", "accounting.reports.executivesummary", ExecutiveSummary.Of),
        new("BudgetSummary", "Budget Summary", "accounting.reports.budgetsummary", BudgetSummary.Of),
    ];

    public static ReportKind? Named(string id) => All.FirstOrDefault(kind => kind.Id == id);
}
