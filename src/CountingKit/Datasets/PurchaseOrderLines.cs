using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per line of a purchase order (Xero Accounting API, PurchaseOrders).</summary>
internal static class PurchaseOrderLines
{
    public static Dataset Dataset { get; } = new(
        Key: "purchaseOrderLines",
        Title: "Purchase order lines",
        Version: 2,
        Resource: PurchaseOrders.Dataset.Resource,
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("purchaseOrderNumber", "Purchase Order Number", Text, "PurchaseOrderNumber"),
            new("supplier", "Supplier", Text, "Contact.Name"),
            new("date", "Date", Date, "Date"),
            new("deliveryDate", "Delivery Date", Date, "DeliveryDate", IsDefault: false),
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
            ColumnSets.Id("purchaseOrderId", "Purchase Order ID", "PurchaseOrderID"),
            ColumnSets.LineId("PurchaseOrderID"),
        ],
        KeyColumn: "lineId",
        DefaultSort: [new("date"), new("purchaseOrderNumber"), new("purchaseOrderId"), new("lineNumber")],
        NameColumn: "purchaseOrderNumber",
        Statuses: PurchaseOrders.Dataset.Statuses)
    {
        List = new("LineItems"),
        Tracking = "LineItems[].Tracking",
    };
}
