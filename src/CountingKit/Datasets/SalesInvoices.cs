using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per sales invoice (Xero Accounting API, Invoices, <c>Type</c> ACCREC).</summary>
internal static class SalesInvoices
{
    private const string Computed = "Computed from the invoice's own rate; blank when Xero gives none.";

    /// <summary>Sales invoices and bills.</summary>
    public static Resource Resource { get; } = new(
        "Invoices", "InvoiceID", "unitdp=4&includeArchived=true",
        ["accounting.invoices.read", "accounting.transactions.read"], Date: "Date");

    public static Dataset Dataset { get; } = new(
        Key: "invoices",
        Title: "Invoices",
        Version: 2,
        Resource: Resource,
        RecordFilter: new("Type", "ACCREC"),
        Columns:
        [
            ColumnSets.Organization,
            new("invoiceNumber", "Invoice Number", Text, "InvoiceNumber"),
            new("reference", "Reference", Text, "Reference"),
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("customer", "Customer", Text, "Contact.Name"),
            new("date", "Date", Date, "Date"),
            new("dueDate", "Due Date", Date, "DueDate", Note: "May be missing on drafts."),
            new("expectedPaymentDate", "Expected Payment Date", Date, "ExpectedPaymentDate"),
            new("fullyPaidOn", "Fully Paid On", Date, "FullyPaidOnDate", Note: "Only on fully paid invoices."),
            new("currency", "Currency", Text, "CurrencyCode"),
            new("currencyRate", "Currency Rate", ColumnType.Decimal, "CurrencyRate",
                Note: "Foreign units for one unit of the base currency; 1 in the base currency."),
            new("lineAmounts", "Line Amounts", Text, "LineAmountTypes", Note: "Exclusive, Inclusive or NoTax."),
            new("subTotal", "Sub Total", Money, "SubTotal", Note: "Without tax."),
            new("totalTax", "Total Tax", Money, "TotalTax"),
            new("total", "Total", Money, "Total", Note: "With tax."),
            new("totalDiscount", "Total Discount", Money, "TotalDiscount"),
            new("amountPaid", "Amount Paid", Money, "AmountPaid"),
            new("amountCredited", "Amount Credited", Money, "AmountCredited"),
            new("amountDue", "Amount Due", Money, "AmountDue"),
            new("subTotalBase", "Sub Total (base)", Money, "=SubTotal / CurrencyRate", IsDefault: false, Computed),
            new("totalTaxBase", "Total Tax (base)", Money, "=TotalTax / CurrencyRate", IsDefault: false, Computed),
            new("totalBase", "Total (base)", Money, "=Total / CurrencyRate", IsDefault: false, Computed),
            new("amountDueBase", "Amount Due (base)", Money, "=AmountDue / CurrencyRate", IsDefault: false, Computed),
            new("sent", "Sent", YesNo, "SentToContact", Note: "Xero may not date a change of this."),
            new("isDiscounted", "Is Discounted", YesNo, "IsDiscounted"),
            new("cisDeduction", "CIS Deduction", Money, "CISDeduction", Note: "UK Construction Industry Scheme only."),
            new("cisRate", "CIS Rate", ColumnType.Decimal, "CISRate", Note: "UK Construction Industry Scheme only."),
            new("hasAttachments", "Has Attachments", YesNo, "HasAttachments"),
            new("hasErrors", "Has Errors", YesNo, "HasErrors"),
            new("sourceUrl", "Source URL", Text, "Url"),
            new("lineCount", "Line Count", WholeNumber, "=count(LineItems)", IsDefault: false, "Computed."),
            new("contactAccountNumber", "Contact Account Number", Text, "Contact.AccountNumber"),
            new("updated", "Updated (UTC)", Instant, "UpdatedDateUTC"),
            new("recordLink", "Record Link", Text,
                "=link(https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=, InvoiceID)", IsDefault: false,
                "Opens the invoice in Xero for anyone signed in to this organization there."),
            new("brandingThemeId", "Branding Theme ID", Text, "BrandingThemeID", IsDefault: false),
            new("repeatingInvoiceId", "Repeating Invoice ID", Text, "RepeatingInvoiceID", IsDefault: false),
            new("contactId", "Contact ID", Text, "Contact.ContactID", IsDefault: false),
            new("invoiceId", "Invoice ID", Text, "InvoiceID", Note: "Identifies the row."),
        ],
        KeyColumn: "invoiceId",
        DefaultSort: [new("date"), new("invoiceNumber")],
        NameColumn: "invoiceNumber",
        Statuses: Codes.DocumentStatuses);
}
