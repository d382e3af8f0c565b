using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per bill (Xero Accounting API, Invoices, <c>Type</c> ACCPAY).</summary>
internal static class Bills
{
    public static Dataset Dataset { get; } = new(
        Key: "bills",
        Title: "Bills",
        Version: 2,
        Resource: SalesInvoices.Resource,
        RecordFilter: new("Type", "ACCPAY"),
        Columns:
        [
            ColumnSets.Organization,
            new("billNumber", "Bill Number", Text, "InvoiceNumber",
                Note: "Xero calls it Reference; several bills may bear the same."),
            new("supplier", "Supplier", Text, "Contact.Name"),
            new("date", "Date", Date, "Date"),
            new("dueDate", "Due Date", Date, "DueDate", Note: "May be missing on drafts."),
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("plannedPaymentDate", "Planned Payment Date", Date, "PlannedPaymentDate", IsDefault: false),
            new("fullyPaidOn", "Fully Paid On", Date, "FullyPaidOnDate", IsDefault: false, "Only on fully paid bills.") { ForAccountants = true },
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
            new("isDiscounted", "Is Discounted", YesNo, "IsDiscounted", IsDefault: false),
            new("cisDeduction", "CIS Deduction", Money, "CISDeduction", IsDefault: false,
                "UK Construction Industry Scheme only.") { ForAccountants = true, Country = "GB" },
            new("cisRate", "CIS Rate", ColumnType.Decimal, "CISRate", IsDefault: false, "UK Construction Industry Scheme only.") { ForAccountants = true, Country = "GB" },
            new("hasAttachments", "Has Attachments", YesNo, "HasAttachments", IsDefault: false),
            new("hasErrors", "Has Errors", YesNo, "HasErrors", IsDefault: false),
            new("sourceUrl", "Source URL", Text, "Url", IsDefault: false),
            new("lineCount", "Line Count", WholeNumber, "=count(LineItems)", IsDefault: false, "Computed."),
            new("contactAccountNumber", "Contact Account Number", Text, "Contact.AccountNumber", IsDefault: false) { ForAccountants = true },
            ColumnSets.Updated,
            new("recordLink", "Record Link", Text,
                "=link(https://go.xero.com/AccountsPayable/View.aspx?InvoiceID=, InvoiceID)", IsDefault: false,
                "Opens the bill in Xero for anyone signed in to this organization there."),
            ColumnSets.Id("brandingThemeId", "Branding Theme ID", "BrandingThemeID"),
            ColumnSets.Id("repeatingInvoiceId", "Repeating Invoice ID", "RepeatingInvoiceID"),
            ColumnSets.Id("contactId", "Contact ID", "Contact.ContactID"),
            new("billId", "Bill ID", Text, "InvoiceID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "billId",
        DefaultSort: [new("date"), new("billNumber")],
        NameColumn: "billNumber",
        Statuses: Codes.DocumentStatuses);
}
