using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per account of the chart of accounts (Xero Accounting API, Accounts).</summary>
internal static class Accounts
{
    public static Dataset Dataset { get; } = new(
        Key: "accounts",
        Title: "Accounts",
        Version: 1,
        Resource: new("Accounts", "AccountID", "", ["accounting.settings.read"]) { Paging = Paging.Whole, IsOrdered = false },
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("code", "Code", Text, "Code", Note: "Bank accounts may have none."),
            new("name", "Name", Text, "Name"),
            new("type", "Type", Text, "Type", Words: Codes.AccountTypes),
            new("typeCode", "Type Code", Text, "Type", IsDefault: false, "The type as Xero stores it."),
            new("class", "Class", Text, "Class", Words: Codes.AccountClasses),
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("description", "Description", Text, "Description"),
            new("taxType", "Tax Type", Text, "TaxType"),
            new("enablePayments", "Enable Payments", YesNo, "EnablePaymentsToAccount", IsDefault: false),
            new("showInExpenseClaims", "Show In Expense Claims", YesNo, "ShowInExpenseClaims", IsDefault: false),
            new("bankAccountNumber", "Bank Account Number", Text, "BankAccountNumber", IsDefault: false,
                "Sensitive. Only of bank accounts.") { ForAccountants = true },
            new("bankAccountType", "Bank Account Type", Text, "BankAccountType", IsDefault: false, "Only of bank accounts."),
            new("currency", "Currency", Text, "CurrencyCode", Note: "Only of bank accounts."),
            new("systemAccount", "System Account", Text, "SystemAccount", IsDefault: false) { ForAccountants = true },
            new("reportingCode", "Reporting Code", Text, "ReportingCode", IsDefault: false) { ForAccountants = true },
            new("reportingCodeName", "Reporting Code Name", Text, "ReportingCodeName", IsDefault: false),
            new("onWatchlist", "On Watchlist", YesNo, "AddToWatchlist", IsDefault: false),
            new("hasAttachments", "Has Attachments", YesNo, "HasAttachments", IsDefault: false),
            ColumnSets.Updated,
            new("accountId", "Account ID", Text, "AccountID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "accountId",
        DefaultSort: [new("code"), new("name")],
        NameColumn: "name",
        Statuses: Codes.ListStatuses);
}
