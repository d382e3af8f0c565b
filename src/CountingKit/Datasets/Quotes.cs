using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per quote (Xero Accounting API, Quotes).</summary>
internal static class Quotes
{
    public static Dataset Dataset { get; } = new(
        Key: "quotes",
        Title: "Quotes",
        Version: 2,
        Resource: new("Quotes", "QuoteID", "", ["accounting.invoices.read", "accounting.transactions.read"])
        {
            Paging = Paging.Hundreds,
        },
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("quoteNumber", "Quote Number", Text, "QuoteNumber"),
            new("customer", "Customer", Text, "Contact.Name"),
            new("reference", "Reference", Text, "Reference"),
            new("title", "Title", Text, "Title"),
            new("summary", "Summary", Text, "Summary", IsDefault: false),
            new("date", "Date", Date, "Date"),
            new("expiryDate", "Expiry Date", Date, "ExpiryDate"),
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("currency", "Currency", Text, "CurrencyCode"),
            new("currencyRate", "Currency Rate", ColumnType.Decimal, "CurrencyRate", IsDefault: false,
                "Foreign units for one unit of the base currency; 1 in the base currency.") { ForAccountants = true },
            new("lineAmounts", "Line Amounts", Text, "LineAmountTypes", IsDefault: false, "EXCLUSIVE, INCLUSIVE or NOTAX.") { ForAccountants = true },
            new("subTotal", "Sub Total", Money, "SubTotal", Note: "Without tax."),
            new("totalTax", "Total Tax", Money, "TotalTax"),
            new("total", "Total", Money, "Total", Note: "With tax."),
            new("totalDiscount", "Total Discount", Money, "TotalDiscount", IsDefault: false) { ForAccountants = true },
            ColumnSets.InBase("totalBase", "Total (base)", "Total", isDefault: true),
            new("terms", "Terms", Text, "Terms", IsDefault: false),
            new("lineCount", "Line Count", WholeNumber, "=count(LineItems)", IsDefault: false, "Computed."),
            ColumnSets.Updated,
            ColumnSets.Id("brandingThemeId", "Branding Theme ID", "BrandingThemeID"),
            ColumnSets.Id("contactId", "Contact ID", "Contact.ContactID"),
            new("quoteId", "Quote ID", Text, "QuoteID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "quoteId",
        DefaultSort: [new("date"), new("quoteNumber")],
        NameColumn: "quoteNumber",
        Statuses:
        [
            new("DRAFT", "Draft", IsUsual: false), new("SENT", "Sent"), new("ACCEPTED", "Accepted"), new("DECLINED", "Declined"),
            new("INVOICED", "Invoiced"), new("DELETED", "Deleted", IsUsual: false),
        ]);
}
