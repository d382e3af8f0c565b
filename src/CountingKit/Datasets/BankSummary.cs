namespace CountingKit.Datasets;

/// <summary>One row per bank account and period (Xero Accounting API, Reports/BankSummary).</summary>
internal static class BankSummary
{
    public static Dataset Dataset { get; } = ReportColumns.Of(
        "bankSummary", "Bank Summary", new("BankSummary", "accounting.reports.banksummary.read", ReportDates.Range),
        [
            ColumnSets.Organization, ReportColumns.Period, ReportColumns.From, ReportColumns.To, ReportColumns.AccountCode,
            ReportColumns.Account with { Heading = "Bank Account" }, ReportColumns.IsTotal,
            ReportColumns.Amount("openingBalance", "Opening Balance", 1),
            ReportColumns.Amount("cashReceived", "Cash Received", 2),
            ReportColumns.Amount("cashSpent", "Cash Spent", 3), ReportColumns.Amount("closingBalance", "Closing Balance", 4),
            .. ReportColumns.Ids(ofAccounts: true),
        ]);
}
