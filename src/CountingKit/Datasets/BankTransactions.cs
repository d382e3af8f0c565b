using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>
/// One row per spend or receive money transaction (Xero Accounting API, BankTransactions). Payments on invoices are not
/// among them.
/// </summary>
internal static class BankTransactions
{
    public static Resource Resource { get; } = new(
        "BankTransactions", "BankTransactionID", "unitdp=4",
        ["accounting.banktransactions.read", "accounting.transactions.read"], Date: "Date");

    public static Dataset Dataset { get; } = new(
        Key: "bankTransactions",
        Title: "Bank transactions",
        Version: 2,
        Resource: Resource,
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
            new("bankAccountCode", "Bank Account Code", Text, "BankAccount.Code", IsDefault: false) { ForAccountants = true },
            new("contact", "Contact", Text, "Contact.Name", Note: "Transfers have none."),
            new("reference", "Reference", Text, "Reference"),
            new("currency", "Currency", Text, "CurrencyCode"),
            new("currencyRate", "Currency Rate", ColumnType.Decimal, "CurrencyRate", IsDefault: false, "Xero often gives none.") { ForAccountants = true },
            new("lineAmounts", "Line Amounts", Text, "LineAmountTypes", IsDefault: false, "Exclusive, Inclusive or NoTax.") { ForAccountants = true },
            new("subTotal", "Sub Total", Money, "SubTotal", Note: "Without tax."),
            new("totalTax", "Total Tax", Money, "TotalTax"),
            new("total", "Total", Money, "Total", Note: "Always positive."),
            new("signedTotal", "Signed Total", Money, "=signed(Total, Type)", Note: "Money in is positive, money out negative."),
            ColumnSets.InBase("totalBase", "Total (base)", "Total"),
            ColumnSets.InBase("signedTotalBase", "Signed Total (base)", "signed(Total, Type)", isDefault: true),
            new("isReconciled", "Is Reconciled", YesNo, "IsReconciled"),
            new("hasAttachments", "Has Attachments", YesNo, "HasAttachments", IsDefault: false),
            new("sourceUrl", "Source URL", Text, "Url", IsDefault: false),
            ColumnSets.Updated,
            ColumnSets.Id("prepaymentId", "Prepayment ID", "PrepaymentID"),
            ColumnSets.Id("overpaymentId", "Overpayment ID", "OverpaymentID"),
            ColumnSets.Id("bankAccountId", "Bank Account ID", "BankAccount.AccountID"),
            ColumnSets.Id("contactId", "Contact ID", "Contact.ContactID"),
            new("bankTransactionId", "Bank Transaction ID", Text, "BankTransactionID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "bankTransactionId",
        DefaultSort: [new("date"), new("bankAccount")],
        NameColumn: "reference",
        Statuses: Codes.BankStatuses);
}
