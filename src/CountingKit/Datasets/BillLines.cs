using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>
/// One row per line of a bill (Xero Accounting API, Invoices, <c>Type</c> ACCPAY). Voided and deleted ones
/// usually come without lines.
/// </summary>
internal static class BillLines
{
    public static Dataset Dataset { get; } = new(
        Key: "billLines",
        Title: "Bill lines",
        Version: 2,
        Resource: SalesInvoices.Resource,
        RecordFilter: new("Type", "ACCPAY"),
        Columns:
        [
            ColumnSets.Organization,
            new("billNumber", "Bill Number", Text, "InvoiceNumber"),
            new("supplier", "Supplier", Text, "Contact.Name"),
            new("date", "Date", Date, "Date"),
            new("dueDate", "Due Date", Date, "DueDate", IsDefault: false) { ForAccountants = true },
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("currency", "Currency", Text, "CurrencyCode"),
            new("currencyRate", "Currency Rate", ColumnType.Decimal, "CurrencyRate", IsDefault: false,
                "Foreign units for one unit of the base currency; 1 in the base currency.") { ForAccountants = true },
            ColumnSets.LineAmounts,
            .. ColumnSets.Lines(hasDiscounts: false),
            ColumnSets.Updated,
            ColumnSets.AccountId,
            ColumnSets.Id("contactId", "Contact ID", "Contact.ContactID"),
            ColumnSets.Id("billId", "Bill ID", "InvoiceID"),
            ColumnSets.LineId("InvoiceID"),
        ],
        KeyColumn: "lineId",
        DefaultSort: [new("date"), new("billNumber"), new("billId"), new("lineNumber")],
        NameColumn: "billNumber",
        Statuses: Codes.DocumentStatuses)
    {
        List = new("LineItems"),
        Tracking = "LineItems[].Tracking",
    };
}
