using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per sales invoice (Xero Accounting API, Invoices, <c>Type</c> ACCREC).</summary>
internal static class SalesInvoices
{
    /// <summary>Sales invoices and bills.</summary>
    public static Resource Resource { get; } = new(
        "Invoices", "InvoiceID", "unitdp=4&includeArchived=true",
        ["accounting.invoices.read", "accounting.transactions.read"], Date: "Date");

    public static Dataset Dataset { get; } = new(
        Key: "invoices",
        Title: "Invoices",
        Version: 3,
        Resource: Resource,
        RecordFilter: new("Type", "ACCREC"),
        Columns:
        [
            ColumnSets.Organization,
            new("invoiceNumber", "Invoice Number", Text, "InvoiceNumber"),
            new("customer", "Customer", Text, "Contact.Name"),
            new("reference", "Reference", Text, "Reference"),
            new("date", "Date", Date, "Date"),
            new("dueDate", "Due Date", Date, "DueDate", Note: "May be missing on drafts."),
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("expectedPaymentDate", "Expected Payment Date", Date, "ExpectedPaymentDate", IsDefault: false),
            new("fullyPaidOn", "Fully Paid On", Date, "FullyPaidOnDate", IsDefault: false, "Only on fully paid invoices.") { ForAccountants = true },
            new("currency", "Currency", Text, "CurrencyCode"),
            new("currencyRate", "Currency Rate", ColumnType.Decimal, "CurrencyRate", IsDefault: false,
                "Foreign units for one unit of the base currency; 1 in the base currency.") { ForAccountants = true },
            new("lineAmounts", "Line Amounts", Text, "LineAmountTypes", IsDefault: false, "Exclusive, Inclusive or NoTax.") { ForAccountants = true },
            new("subTotal", "Sub Total", Money, "SubTotal", Note: "Without tax."),
            new("totalTax", "Total Tax", Money, "TotalTax"),
            new("total", "Total", Money, "Total", Note: "With tax."),
            new("totalDiscount", "Total Discount", Money, "TotalDiscount", IsDefault: false) { ForAccountants = true },
            new("amountPaid", "Amount Paid", Money, "AmountPaid"),
            new("amountCredited", "Amount Credited", Money, "AmountCredited", IsDefault: false) { ForAccountants = true },
            new("amountDue", "Amount Due", Money, "AmountDue"),
            ColumnSets.InBase("subTotalBase", "Sub Total (base)", "SubTotal"),
            ColumnSets.InBase("totalTaxBase", "Total Tax (base)", "TotalTax"),
            ColumnSets.InBase("totalBase", "Total (base)", "Total", isDefault: true),
            ColumnSets.InBase("amountDueBase", "Amount Due (base)", "AmountDue", isDefault: true),
            new("sent", "Sent", YesNo, "SentToContact", IsDefault: false, "Xero may not date a change of this."),
            new("isDiscounted", "Is Discounted", YesNo, "IsDiscounted", IsDefault: false),
            new("cisDeduction", "CIS Deduction", Money, "CISDeduction", IsDefault: false, "UK Construction Industry Scheme only.") { ForAccountants = true, Country = "GB" },
            new("cisRate", "CIS Rate", ColumnType.Decimal, "CISRate", IsDefault: false, "UK Construction Industry Scheme only.") { ForAccountants = true, Country = "GB" },
            new("hasAttachments", "Has Attachments", YesNo, "HasAttachments", IsDefault: false),
            new("hasErrors", "Has Errors", YesNo, "HasErrors", IsDefault: false),
            new("sourceUrl", "Source URL", Text, "Url", IsDefault: false),
            new("lineCount", "Line Count", WholeNumber, "=count(LineItems)", IsDefault: false, "Computed."),
            new("contactAccountNumber", "Contact Account Number", Text, "Contact.AccountNumber", IsDefault: false) { ForAccountants = true },
            ColumnSets.Updated,
            new("recordLink", "Record Link", Text,
                "=link(https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=, InvoiceID)", IsDefault: false,
                "Opens the invoice in Xero for anyone signed in to this organization there."),
            ColumnSets.Id("brandingThemeId", "Branding Theme ID", "BrandingThemeID"),
            ColumnSets.Id("repeatingInvoiceId", "Repeating Invoice ID", "RepeatingInvoiceID"),
            ColumnSets.Id("contactId", "Contact ID", "Contact.ContactID"),
            new("invoiceId", "Invoice ID", Text, "InvoiceID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "invoiceId",
        DefaultSort: [new("date"), new("invoiceNumber")],
        NameColumn: "invoiceNumber",
        Statuses: Codes.DocumentStatuses);
}
