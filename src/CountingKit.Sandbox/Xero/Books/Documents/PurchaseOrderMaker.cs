using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Documents;

/// <summary>Orders to suppliers. Prices always have four decimals.</summary>
internal static class PurchaseOrderMaker
{
    private const int OneIn = 10;

    private static readonly string[] Statuses =
        ["BILLED", "AUTHORISED", "BILLED", "DRAFT", "SUBMITTED", "DELETED", "BILLED"];

    public static IEnumerable<Record> All(Seed seed) => seed.Numbers(OneIn).Select(ordinal => One(seed, ordinal));

    private static Record One(Seed seed, int ordinal)
    {
        var id = seed.Id("purchase order", ordinal);
        var dice = Seed.Dice(id);
        var (taxing, currency, date) = (Seed.Taxing(ordinal), seed.Currency(ordinal), seed.Day(ordinal, OneIn, dice));
        var lines = LineMaker.Make(seed.Organization, id, ordinal, bill: true, taxing, dice);
        var whole = Amounts.Of(lines, taxing);
        if (ordinal % 4 == 1) lines[0] = LineMaker.Discounted(lines[0], 10.0m, seed.Country, taxing);
        var json = new JsonObject
        {
            ["PurchaseOrderID"] = id,
            ["PurchaseOrderNumber"] = $"PO-{ordinal:0000}",
        };
        Parts.Date(json, "Date", date);
        if (ordinal % 3 != 0) Parts.Date(json, "DeliveryDate", date.AddDays(14));
        if (ordinal % 6 == 1)
        {
            json["ExpectedArrivalDate"] = Parts.Instant(date.AddDays(12));
            json["DeliveryAddress"] = "=10 Quay Street\nGate <3>\n0090";
            json["AttentionTo"] = "CEO & \"team\"";
            json["Telephone"] = "+44 20 7946 0000";
            json["DeliveryInstructions"] = "Drop off at the back door";
        }

        json["HasErrors"] = false;
        json["IsDiscounted"] = ordinal % 4 == 1;
        if (ordinal % 4 == 1) json["TotalDiscount"] = whole.Gross - Amounts.Of(lines, taxing).Gross;
        json["SentToContact"] = ordinal % 2 == 0;
        json["Reference"] = Seed.Reference(ordinal);
        json["Type"] = "PURCHASEORDER";
        json["CurrencyRate"] = seed.Country.RateOf(currency);
        json["CurrencyCode"] = currency;
        json["Contact"] = Contact(seed, dice);
        json["BrandingThemeID"] = seed.Id("branding theme", 1);
        json["Status"] = Statuses[ordinal % Statuses.Length];
        json["LineAmountTypes"] = taxing;
        json["LineItems"] = Parts.Lines(lines);
        Parts.Amounts(json, Amounts.Of(lines, taxing));
        Parts.Changed(json, seed.Moment(date, dice), withText: false);
        json["HasAttachments"] = false;
        return Record.Given("PurchaseOrders", "PurchaseOrderID", json);
    }

    /// <summary>With the gaps that Xero leaves in its lists.</summary>
    private static JsonObject Contact(Seed seed, Random dice)
    {
        var json = Parts.Contact(ContactMaker.Pick(seed.Organization, supplier: true, dice));
        json["ContactStatus"] = "ACTIVE";
        json["Addresses"] = new JsonArray(null,
            new JsonObject { ["AddressType"] = "POBOX", ["City"] = "Springfield", ["PostalCode"] = "0090" });
        json["Phones"] = new JsonArray(
            new JsonObject { ["PhoneType"] = "DEFAULT", ["PhoneNumber"] = seed.Country.Phone }, null);
        return json;
    }
}
