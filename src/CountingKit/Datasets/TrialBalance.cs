namespace CountingKit.Datasets;

/// <summary>One row per account and day (Xero Accounting API, Reports/TrialBalance).</summary>
internal static class TrialBalance
{
    public static Dataset Dataset { get; } = ReportColumns.Of(
        "trialBalance", "Trial Balance",
        new("TrialBalance", "accounting.reports.trialbalance.read", ReportDates.Day, hasBasis: true),
        [
            ColumnSets.Organization, ReportColumns.Period, ReportColumns.AsAt, ReportColumns.Section, ReportColumns.AccountCode,
            ReportColumns.Account, ReportColumns.AccountType, ReportColumns.IsTotal,
            ReportColumns.Amount("debit", "Debit", 1, "Of the month up to that day."),
            ReportColumns.Amount("credit", "Credit", 2, "Of the month up to that day."),
            ReportColumns.Amount("ytdDebit", "YTD Debit", 3, "The balance; of income and costs, of the year to date."),
            ReportColumns.Amount("ytdCredit", "YTD Credit", 4, "The balance; of income and costs, of the year to date."),
            .. ReportColumns.Ids(ofAccounts: true),
        ]);
}
