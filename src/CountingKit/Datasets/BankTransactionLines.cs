using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per line of a spend or receive money transaction (Xero Accounting API, BankTransactions).</summary>
internal static class BankTransactionLines
{
    public static Dataset Dataset { get; } = new(
        Key: "bankTransactionLines",
        Title: "Bank transaction lines",
        Version: 2,
        Resource: BankTransactions.Resource,
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("date", "Date", Date, "Date"),
            new("type", "Type", Text, "Type", Words: Codes.BankTypes),
            new("typeCode", "Type Code", Text, "Type", IsDefault: false, "The type as Xero stores it."),
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("bankAccount", "Bank Account", Text, "BankAccount.Name"),
            new("contact", "Contact", Text, "Contact.Name", Note: "Transfers have none."),
            new("reference", "Reference", Text, "Reference"),
            new("currency", "Currency", Text, "CurrencyCode"),
            new("currencyRate", "Currency Rate", ColumnType.Decimal, "CurrencyRate", IsDefault: false, "Xero often gives none.") { ForAccountants = true },
            ColumnSets.LineAmounts,
            .. ColumnSets.Lines(hasDiscounts: false),
            ColumnSets.Updated,
            ColumnSets.AccountId,
            ColumnSets.Id("bankAccountId", "Bank Account ID", "BankAccount.AccountID"),
            ColumnSets.Id("contactId", "Contact ID", "Contact.ContactID"),
            ColumnSets.Id("bankTransactionId", "Bank Transaction ID", "BankTransactionID"),
            ColumnSets.LineId("BankTransactionID"),
        ],
        KeyColumn: "lineId",
        DefaultSort: [new("date"), new("bankTransactionId"), new("lineNumber")],
        NameColumn: "reference",
        Statuses: Codes.BankStatuses)
    {
        List = new("LineItems"),
        Tracking = "LineItems[].Tracking",
    };
}
