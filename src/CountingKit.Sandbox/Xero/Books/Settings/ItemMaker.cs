using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Settings;

/// <summary>The items that lines name, and some that nothing names any more.</summary>
internal static class ItemMaker
{
    /// <summary>What the stock of the tracked item cost; it stands in the books as inventory.</summary>
    public const decimal CostPool = 1_234.56m;

    public static IEnumerable<Record> All(Seed seed)
    {
        for (var i = 0; i < Catalog.Items.Length; i++)
        {
            var (text, price, account, code) = Catalog.Items[i];
            var sold = StandardAccount.Of(account).Class == "REVENUE";
            var tracked = code == "GB1-White";
            var json = Json(seed, i, code, text);
            json["PurchaseDetails"] = sold && !tracked ? new JsonObject() : Purchase(seed, account, price, tracked);
            json["SalesDetails"] = !sold ? new JsonObject() : new JsonObject
            {
                ["UnitPrice"] = price,
                ["AccountCode"] = account,
                ["TaxType"] = seed.Country.SalesTax,
            };
            json["IsTrackedAsInventory"] = tracked;
            if (tracked)
            {
                json["InventoryAssetAccountCode"] = "630";
                json["TotalCostPool"] = CostPool;
                json["QuantityOnHand"] = 440.0000m;
            }

            json["IsSold"] = sold;
            json["IsPurchased"] = !sold || tracked;
            yield return Record.Given("Items", "ItemID", json);
        }

        var bare = Json(seed, Catalog.Items.Length, "-5", null);
        bare["PurchaseDetails"] = new JsonObject();
        bare["SalesDetails"] = null;
        yield return Record.Given("Items", "ItemID", bare);
    }

    private static JsonObject Json(Seed seed, int place, string code, string? name)
    {
        var json = new JsonObject { ["ItemID"] = seed.Id("item", place), ["Code"] = code };
        if (name is not null)
        {
            json["Description"] = place % 5 == 3 ? Catalog.Descriptions[place % Catalog.Descriptions.Length] : name;
            json["Name"] = name;
        }

        Parts.Changed(json, seed.Now.AddDays(-20 * place - 1), withText: false);
        return json;
    }

    private static JsonObject Purchase(Seed seed, string account, decimal price, bool tracked) => new()
    {
        ["UnitPrice"] = tracked ? 2.8058m : price,
        [tracked ? "COGSAccountCode" : "AccountCode"] = tracked ? "310" : account,
        ["TaxType"] = seed.Country.PurchaseTax,
    };
}
