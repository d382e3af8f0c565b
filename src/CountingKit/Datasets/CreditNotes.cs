using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per credit note, to customers and from suppliers (Xero Accounting API, CreditNotes).</summary>
internal static class CreditNotes
{
    public static Dataset Dataset { get; } = new(
        Key: "creditNotes",
        Title: "Credit notes",
        Version: 2,
        Resource: new(
            "CreditNotes", "CreditNoteID", "unitdp=4",
            ["accounting.invoices.read", "accounting.transactions.read"], Date: "Date"),
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("creditNoteNumber", "Credit Note Number", Text, "CreditNoteNumber"),
            new("type", "Type", Text, "Type", Words: Codes.DocumentTypes),
            new("typeCode", "Type Code", Text, "Type", IsDefault: false, "The type as Xero stores it."),
            new("contact", "Contact", Text, "Contact.Name"),
            new("reference", "Reference", Text, "Reference", Note: "Only on credit notes to customers."),
            new("date", "Date", Date, "Date"),
            new("dueDate", "Due Date", Date, "DueDate", IsDefault: false) { ForAccountants = true },
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("fullyPaidOn", "Fully Paid On", Date, "FullyPaidOnDate", IsDefault: false) { ForAccountants = true },
            new("currency", "Currency", Text, "CurrencyCode"),
            new("currencyRate", "Currency Rate", ColumnType.Decimal, "CurrencyRate", IsDefault: false,
                "Foreign units for one unit of the base currency; 1 in the base currency.") { ForAccountants = true },
            new("lineAmounts", "Line Amounts", Text, "LineAmountTypes", IsDefault: false, "Exclusive, Inclusive or NoTax.") { ForAccountants = true },
            new("subTotal", "Sub Total", Money, "SubTotal", Note: "Positive, without tax."),
            new("totalTax", "Total Tax", Money, "TotalTax"),
            new("total", "Total", Money, "Total", Note: "Positive, with tax."),
            new("remainingCredit", "Remaining Credit", Money, "RemainingCredit"),
            new("appliedAmount", "Applied Amount", Money, "AppliedAmount", IsDefault: false) { ForAccountants = true },
            ColumnSets.InBase("totalBase", "Total (base)", "Total", isDefault: true),
            ColumnSets.InBase("remainingCreditBase", "Remaining Credit (base)", "RemainingCredit"),
            new("cisDeduction", "CIS Deduction", Money, "CISDeduction", IsDefault: false,
                "UK Construction Industry Scheme only.") { ForAccountants = true, Country = "GB" },
            new("cisRate", "CIS Rate", ColumnType.Decimal, "CISRate", IsDefault: false, "UK Construction Industry Scheme only.") { ForAccountants = true, Country = "GB" },
            new("sent", "Sent", YesNo, "SentToContact", IsDefault: false),
            new("hasAttachments", "Has Attachments", YesNo, "HasAttachments", IsDefault: false),
            new("hasErrors", "Has Errors", YesNo, "HasErrors", IsDefault: false),
            new("allocationCount", "Allocation Count", WholeNumber, "=count(Allocations)", IsDefault: false, "Computed."),
            ColumnSets.Updated,
            ColumnSets.Id("brandingThemeId", "Branding Theme ID", "BrandingThemeID"),
            ColumnSets.Id("contactId", "Contact ID", "Contact.ContactID"),
            new("creditNoteId", "Credit Note ID", Text, "CreditNoteID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "creditNoteId",
        DefaultSort: [new("date"), new("creditNoteNumber")],
        NameColumn: "creditNoteNumber",
        Statuses: Codes.DocumentStatuses);
}
