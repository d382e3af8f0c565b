using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per payment on an invoice, a bill or a credit (Xero Accounting API, Payments).</summary>
internal static class Payments
{
    public static Dataset Dataset { get; } = new(
        Key: "payments",
        Title: "Payments",
        Version: 2,
        Resource: new("Payments", "PaymentID", "", ["accounting.payments.read", "accounting.transactions.read"], Date: "Date"),
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("date", "Date", Date, "Date"),
            new("paymentType", "Payment Type", Text, "PaymentType", Words: Codes.PaymentTypes),
            new("paymentTypeCode", "Payment Type Code", Text, "PaymentType", IsDefault: false, "The type as Xero stores it."),
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("documentNumber", "Document Number", Text, "Invoice.InvoiceNumber",
                Note: "What was paid; of a refund, the credit note."),
            new("documentType", "Document Type", Text, "Invoice.Type", Words: Codes.DocumentTypes),
            new("contact", "Contact", Text, "Invoice.Contact.Name"),
            new("reference", "Reference", Text, "Reference"),
            new("currency", "Currency", Text, "Invoice.CurrencyCode"),
            new("amount", "Amount", Money, "Amount", Note: "In the currency of the document."),
            new("currencyRate", "Currency Rate", ColumnType.Decimal, "CurrencyRate", IsDefault: false) { ForAccountants = true },
            new("signedAmount", "Signed Amount", Money, "=signed(Amount, PaymentType)", Note: "Money in is positive, money out negative."),
            ColumnSets.InBase("amountBase", "Amount (base)", "Amount", currency: "Invoice.CurrencyCode"),
            ColumnSets.InBase(
                "signedAmountBase", "Signed Amount (base)", "signed(Amount, PaymentType)", isDefault: true, currency: "Invoice.CurrencyCode"),
            new("bankAmount", "Bank Amount", Money, "BankAmount", IsDefault: false, "In the currency of the bank account.") { ForAccountants = true },
            Column.LookedUp(
                "bankAccountName", "Bank Account", new("accounts", "name", ("bankAccountId", "accountId"), ("bankAccountCode", "code")),
                note: "From the chart of accounts: one more call to Xero a run."),
            new("bankAccountCode", "Bank Account Code", Text, "Account.Code", IsDefault: false) { ForAccountants = true },
            Column.LookedUp(
                "bankAccountCurrency", "Bank Account Currency", new("accounts", "currency", ("bankAccountId", "accountId")),
                isDefault: false, "From the chart of accounts: one more call to Xero a run."),
            new("isReconciled", "Is Reconciled", YesNo, "IsReconciled"),
            new("payeeBankAccount", "Payee Bank Account", Text, "BankAccountNumber", IsDefault: false, "Sensitive."),
            new("particulars", "Particulars", Text, "Particulars", IsDefault: false),
            new("code", "Code", Text, "Code", IsDefault: false) { ForAccountants = true },
            new("details", "Details", Text, "Details", IsDefault: false),
            new("creditNoteNumber", "Credit Note Number", Text, "CreditNote.CreditNoteNumber", IsDefault: false) { ForAccountants = true },
            ColumnSets.Updated,
            ColumnSets.Id("batchPaymentId", "Batch Payment ID", "BatchPaymentID"),
            ColumnSets.Id("creditNoteId", "Credit Note ID", "CreditNote.CreditNoteID"),
            ColumnSets.Id("prepaymentId", "Prepayment ID", "Prepayment.PrepaymentID"),
            ColumnSets.Id("overpaymentId", "Overpayment ID", "Overpayment.OverpaymentID"),
            ColumnSets.Id("bankAccountId", "Bank Account ID", "Account.AccountID"),
            ColumnSets.Id("documentId", "Document ID", "Invoice.InvoiceID"),
            ColumnSets.Id("contactId", "Contact ID", "Invoice.Contact.ContactID"),
            new("paymentId", "Payment ID", Text, "PaymentID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "paymentId",
        DefaultSort: [new("date"), new("documentNumber")],
        NameColumn: "documentNumber",
        Statuses: [new("AUTHORISED", "Authorized"), new("DELETED", "Deleted", IsUsual: false)]);
}
