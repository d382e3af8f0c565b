namespace CountingKit.Tests.Datasets.Records;

internal static class ItemRecords
{
    public static HandWrittenDataset Of { get; } = new("items",
        new HandWritten(
            """
            {"ItemID":"21000000-0000-4000-8000-000000000001","Code":"0090","Name":"=Guitar <b>","Description":"Fender \"Strat\"\n琴",
             "PurchaseDescription":"@bought","IsSold":true,"IsPurchased":"false","IsTrackedAsInventory":false,
             "SalesDetails":{"UnitPrice":"5000.1234","AccountCode":"0200","TaxType":"OUTPUT2"},
             "PurchaseDetails":{"UnitPrice":0.1648,"AccountCode":"0300","COGSAccountCode":"0310","TaxType":"INPUT2"},
             "InventoryAssetAccountCode":"0630","QuantityOnHand":"10.25","TotalCostPool":25000.5,
             "UpdatedDateUTC":"\/Date(1772600767008+0000)\/","ValidationErrors":[]}
            """,
            new Cells
            {
                ["code"] = "0090", ["name"] = "=Guitar <b>", ["description"] = "Fender \"Strat\"\n琴",
                ["purchaseDescription"] = "@bought", ["isSold"] = true, ["isPurchased"] = false, ["salesUnitPrice"] = 5000.1234m,
                ["salesAccount"] = "0200", ["salesTaxType"] = "OUTPUT2", ["purchaseUnitPrice"] = 0.1648m,
                ["purchaseAccount"] = "0300", ["cogsAccount"] = "0310", ["purchaseTaxType"] = "INPUT2", ["isTracked"] = false,
                ["inventoryAssetAccount"] = "0630", ["quantityOnHand"] = 10.25m, ["totalCostPool"] = 25000.5m,
                ["updated"] = Cells.Moment("2026-03-04 05:06:07.008"), ["itemId"] = "21000000-0000-4000-8000-000000000001",
            }),
        new HandWritten(
            """
            {"ItemID":"22","Code":"+1","IsPurchased":false,"IsTrackedAsInventory":true,"SalesDetails":{},"PurchaseDetails":null,
             "QuantityOnHand":-3}
            """,
            new Cells
            {
                ["itemId"] = "22", ["code"] = "+1", ["isPurchased"] = false, ["isTracked"] = true, ["quantityOnHand"] = -3,
            }));
}
