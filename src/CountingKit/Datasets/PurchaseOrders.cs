using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per purchase order (Xero Accounting API, PurchaseOrders).</summary>
internal static class PurchaseOrders
{
    public static Dataset Dataset { get; } = new(
        Key: "purchaseOrders",
        Title: "Purchase orders",
        Version: 2,
        Resource: new(
            "PurchaseOrders", "PurchaseOrderID", "", ["accounting.invoices.read", "accounting.transactions.read"]),
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("purchaseOrderNumber", "Purchase Order Number", Text, "PurchaseOrderNumber"),
            new("supplier", "Supplier", Text, "Contact.Name"),
            new("reference", "Reference", Text, "Reference"),
            new("date", "Date", Date, "Date"),
            new("deliveryDate", "Delivery Date", Date, "DeliveryDate"),
            new("expectedArrival", "Expected Arrival", Date, "ExpectedArrivalDate", IsDefault: false),
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("currency", "Currency", Text, "CurrencyCode"),
            new("currencyRate", "Currency Rate", ColumnType.Decimal, "CurrencyRate", IsDefault: false,
                "Foreign units for one unit of the base currency; 1 in the base currency.") { ForAccountants = true },
            new("lineAmounts", "Line Amounts", Text, "LineAmountTypes", IsDefault: false, "Exclusive, Inclusive or NoTax.") { ForAccountants = true },
            new("subTotal", "Sub Total", Money, "SubTotal", Note: "Without tax."),
            new("totalTax", "Total Tax", Money, "TotalTax"),
            new("total", "Total", Money, "Total", Note: "With tax."),
            new("totalDiscount", "Total Discount", Money, "TotalDiscount", IsDefault: false) { ForAccountants = true },
            ColumnSets.InBase("totalBase", "Total (base)", "Total", isDefault: true),
            new("sent", "Sent", YesNo, "SentToContact"),
            new("deliveryAddress", "Delivery Address", Text, "DeliveryAddress", IsDefault: false),
            new("attentionTo", "Attention To", Text, "AttentionTo", IsDefault: false),
            new("telephone", "Telephone", Text, "Telephone", IsDefault: false),
            new("deliveryInstructions", "Delivery Instructions", Text, "DeliveryInstructions", IsDefault: false),
            new("hasAttachments", "Has Attachments", YesNo, "HasAttachments", IsDefault: false),
            new("lineCount", "Line Count", WholeNumber, "=count(LineItems)", IsDefault: false, "Computed."),
            ColumnSets.Updated,
            ColumnSets.Id("brandingThemeId", "Branding Theme ID", "BrandingThemeID"),
            ColumnSets.Id("contactId", "Contact ID", "Contact.ContactID"),
            new("purchaseOrderId", "Purchase Order ID", Text, "PurchaseOrderID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "purchaseOrderId",
        DefaultSort: [new("date"), new("purchaseOrderNumber")],
        NameColumn: "purchaseOrderNumber",
        Statuses:
        [
            new("DRAFT", "Draft", IsUsual: false), new("SUBMITTED", "Awaiting Approval"), new("AUTHORISED", "Approved"),
            new("BILLED", "Billed"), new("DELETED", "Deleted", IsUsual: false),
        ]);
}
