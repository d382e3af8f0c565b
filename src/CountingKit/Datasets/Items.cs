using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per product or service (Xero Accounting API, Items).</summary>
internal static class Items
{
    public static Dataset Dataset { get; } = new(
        Key: "items",
        Title: "Items",
        Version: 1,
        // What was deleted leaves no trace: only a reading of everything tells.
        Resource: new(
            "Items", "ItemID", "unitdp=4",
            ["accounting.invoices.read", "accounting.settings.read", "accounting.transactions.read"])
        {
            Paging = Paging.Whole, IsOrdered = false, TellsChanges = false,
        },
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("code", "Code", Text, "Code"),
            new("name", "Name", Text, "Name"),
            new("description", "Description", Text, "Description", Note: "For sales."),
            new("purchaseDescription", "Purchase Description", Text, "PurchaseDescription", IsDefault: false),
            new("isSold", "Is Sold", YesNo, "IsSold"),
            new("isPurchased", "Is Purchased", YesNo, "IsPurchased"),
            new("salesUnitPrice", "Sales Unit Price", ColumnType.Decimal, "SalesDetails.UnitPrice",
                Note: "With up to four decimals."),
            new("salesAccount", "Sales Account", Text, "SalesDetails.AccountCode"),
            new("salesTaxType", "Sales Tax Type", Text, "SalesDetails.TaxType", IsDefault: false) { ForAccountants = true },
            new("purchaseUnitPrice", "Purchase Unit Price", ColumnType.Decimal, "PurchaseDetails.UnitPrice",
                Note: "With up to four decimals."),
            new("purchaseAccount", "Purchase Account", Text, "PurchaseDetails.AccountCode",
                Note: "Of items that are not tracked."),
            new("cogsAccount", "COGS Account", Text, "PurchaseDetails.COGSAccountCode", IsDefault: false, "Of tracked items.") { ForAccountants = true },
            new("purchaseTaxType", "Purchase Tax Type", Text, "PurchaseDetails.TaxType", IsDefault: false) { ForAccountants = true },
            new("isTracked", "Is Tracked", YesNo, "IsTrackedAsInventory"),
            new("inventoryAssetAccount", "Inventory Asset Account", Text, "InventoryAssetAccountCode", IsDefault: false) { ForAccountants = true },
            new("quantityOnHand", "Quantity On Hand", ColumnType.Decimal, "QuantityOnHand"),
            new("totalCostPool", "Total Cost Pool", Money, "TotalCostPool"),
            ColumnSets.Updated,
            new("itemId", "Item ID", Text, "ItemID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "itemId",
        DefaultSort: [new("code")],
        NameColumn: "code");
}
