using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per transfer between bank accounts (Xero Accounting API, BankTransfers).</summary>
internal static class BankTransfers
{
    public static Dataset Dataset { get; } = new(
        Key: "bankTransfers",
        Title: "Bank transfers",
        Version: 1,
        Resource: new(
            "BankTransfers", "BankTransferID", "includeDeleted=true",
            ["accounting.banktransactions.read", "accounting.transactions.read"], Date: "Date")
        {
            // It says when a transfer was made, not when it was deleted or reconciled.
            Paging = Paging.Whole, IsOrdered = false, TellsChanges = false,
        },
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("date", "Date", Date, "Date"),
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("fromAccount", "From Account", Text, "FromBankAccount.Name"),
            new("fromAccountCode", "From Account Code", Text, "FromBankAccount.Code", IsDefault: false) { ForAccountants = true },
            new("toAccount", "To Account", Text, "ToBankAccount.Name"),
            new("toAccountCode", "To Account Code", Text, "ToBankAccount.Code", IsDefault: false) { ForAccountants = true },
            new("amount", "Amount", Money, "Amount", Note: "In the currency of the account it came from."),
            new("currencyRate", "Currency Rate", ColumnType.Decimal, "CurrencyRate", IsDefault: false) { ForAccountants = true },
            new("reference", "Reference", Text, "Reference"),
            new("fromReconciled", "From Reconciled", YesNo, "FromIsReconciled"),
            new("toReconciled", "To Reconciled", YesNo, "ToIsReconciled"),
            .. ColumnSets.Tracking("fromTracking", "From Tracking", "FromTracking", areDefault: false),
            .. ColumnSets.Tracking("toTracking", "To Tracking", "ToTracking", areDefault: false),
            new("hasAttachments", "Has Attachments", YesNo, "HasAttachments", IsDefault: false),
            new("created", "Created (UTC)", Instant, "CreatedDateUTC", IsDefault: false),
            ColumnSets.Id("fromAccountId", "From Account ID", "FromBankAccount.AccountID"),
            ColumnSets.Id("toAccountId", "To Account ID", "ToBankAccount.AccountID"),
            ColumnSets.Id("fromTransactionId", "From Transaction ID", "FromBankTransactionID"),
            ColumnSets.Id("toTransactionId", "To Transaction ID", "ToBankTransactionID"),
            new("bankTransferId", "Bank Transfer ID", Text, "BankTransferID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "bankTransferId",
        DefaultSort: [new("date"), new("fromAccount")],
        NameColumn: "reference",
        Statuses: [new("AUTHORISED", "Authorized"), new("DELETED", "Deleted", IsUsual: false)]);
}
