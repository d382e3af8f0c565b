using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>
/// One row per line of a sales invoice (Xero Accounting API, Invoices, <c>Type</c> ACCREC). Voided and deleted
/// ones usually come without lines.
/// </summary>
internal static class InvoiceLines
{
    public static Dataset Dataset { get; } = new(
        Key: "invoiceLines",
        Title: "Invoice lines",
        Version: 2,
        Resource: SalesInvoices.Resource,
        RecordFilter: new("Type", "ACCREC"),
        Columns:
        [
            ColumnSets.Organization,
            new("invoiceNumber", "Invoice Number", Text, "InvoiceNumber"),
            new("reference", "Reference", Text, "Reference"),
            new("customer", "Customer", Text, "Contact.Name"),
            new("date", "Date", Date, "Date"),
            new("dueDate", "Due Date", Date, "DueDate", IsDefault: false) { ForAccountants = true },
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("currency", "Currency", Text, "CurrencyCode"),
            new("currencyRate", "Currency Rate", ColumnType.Decimal, "CurrencyRate", IsDefault: false,
                "Foreign units for one unit of the base currency; 1 in the base currency.") { ForAccountants = true },
            ColumnSets.LineAmounts,
            .. ColumnSets.Lines(hasDiscounts: true),
            ColumnSets.Updated,
            ColumnSets.AccountId,
            ColumnSets.Id("contactId", "Contact ID", "Contact.ContactID"),
            ColumnSets.Id("invoiceId", "Invoice ID", "InvoiceID"),
            ColumnSets.LineId("InvoiceID"),
        ],
        KeyColumn: "lineId",
        DefaultSort: [new("date"), new("invoiceNumber"), new("invoiceId"), new("lineNumber")],
        NameColumn: "invoiceNumber",
        Statuses: Codes.DocumentStatuses)
    {
        List = new("LineItems"),
        Tracking = "LineItems[].Tracking",
    };
}
