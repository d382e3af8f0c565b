using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per prepayment (Xero Accounting API, Prepayments).</summary>
internal static class Prepayments
{
    public static Dataset Dataset { get; } = new(
        Key: "prepayments",
        Title: "Prepayments",
        Version: 2,
        Resource: new(
            "Prepayments", "PrepaymentID", "unitdp=4",
            ["accounting.payments.read", "accounting.transactions.read"], Date: "Date"),
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("type", "Type", Text, "Type", Words: Codes.BankTypes),
            new("typeCode", "Type Code", Text, "Type", IsDefault: false, "The type as Xero stores it."),
            new("contact", "Contact", Text, "Contact.Name"),
            new("reference", "Reference", Text, "Reference"),
            new("invoiceNumber", "Invoice Number", Text, "InvoiceNumber", Note: "Only on prepayments that were received."),
            new("date", "Date", Date, "Date"),
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("currency", "Currency", Text, "CurrencyCode"),
            new("currencyRate", "Currency Rate", ColumnType.Decimal, "CurrencyRate", IsDefault: false, "Xero often gives none.") { ForAccountants = true },
            new("lineAmounts", "Line Amounts", Text, "LineAmountTypes", IsDefault: false, "Exclusive, Inclusive or NoTax.") { ForAccountants = true },
            new("subTotal", "Sub Total", Money, "SubTotal", Note: "Without tax."),
            new("totalTax", "Total Tax", Money, "TotalTax"),
            new("total", "Total", Money, "Total", Note: "With tax."),
            new("remainingCredit", "Remaining Credit", Money, "RemainingCredit"),
            new("appliedAmount", "Applied Amount", Money, "AppliedAmount", IsDefault: false) { ForAccountants = true },
            ColumnSets.InBase("totalBase", "Total (base)", "Total"),
            new("hasAttachments", "Has Attachments", YesNo, "HasAttachments", IsDefault: false),
            new("allocationCount", "Allocation Count", WholeNumber, "=count(Allocations)", IsDefault: false, "Computed."),
            ColumnSets.Updated,
            ColumnSets.Id("brandingThemeId", "Branding Theme ID", "BrandingThemeID"),
            ColumnSets.Id("contactId", "Contact ID", "Contact.ContactID"),
            new("prepaymentId", "Prepayment ID", Text, "PrepaymentID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "prepaymentId",
        DefaultSort: [new("date"), new("contact")],
        NameColumn: "reference",
        Statuses: Codes.CreditStatuses);
}
