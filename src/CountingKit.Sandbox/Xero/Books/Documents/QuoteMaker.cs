using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Documents;

/// <summary>Offers to customers. Xero writes their dates without an offset, and how they are taxed in upper case.</summary>
internal static class QuoteMaker
{
    private const int OneIn = 8;

    private static readonly string[] Statuses =
        ["INVOICED", "ACCEPTED", "DRAFT", "SENT", "DECLINED", "INVOICED", "DELETED"];

    public static IEnumerable<Record> All(Seed seed) => seed.Numbers(OneIn).Select(ordinal => One(seed, ordinal));

    private static Record One(Seed seed, int ordinal)
    {
        var id = seed.Id("quote", ordinal);
        var dice = Seed.Dice(id);
        var (taxing, currency, date) = (Seed.Taxing(ordinal), seed.Currency(ordinal), seed.Day(ordinal, OneIn, dice));
        var lines = LineMaker.Make(seed.Organization, id, ordinal, bill: false, taxing, dice);
        var whole = Amounts.Of(lines, taxing);
        if (ordinal % 3 == 1) lines[0] = LineMaker.Discounted(lines[0], 12.5m, seed.Country, taxing);
        var contact = ContactMaker.Pick(seed.Organization, supplier: false, dice);
        var json = new JsonObject
        {
            ["QuoteID"] = id,
            ["QuoteNumber"] = $"QU-{ordinal:0000}",
            ["Reference"] = Seed.Reference(ordinal),
            ["Terms"] = ordinal % 4 == 0 ? "" : "Not valid after the expiry date.\n<b>No refunds</b> & no =returns()",
            ["Contact"] = new JsonObject { ["ContactID"] = contact.Id, ["Name"] = contact.Name },
            ["LineItems"] = Parts.Lines(lines),
        };
        Date(json, "Date", date);
        if (ordinal % 5 != 3) Date(json, "ExpiryDate", date.AddDays(30));
        json["Status"] = Statuses[ordinal % Statuses.Length];
        json["CurrencyRate"] = seed.Country.RateOf(currency);
        json["CurrencyCode"] = currency;
        Parts.Amounts(json, Amounts.Of(lines, taxing));
        json["TotalDiscount"] = whole.Gross - Amounts.Of(lines, taxing).Gross;
        json["Title"] = ordinal % 2 == 0 ? Catalog.Descriptions[ordinal / 2 % Catalog.Descriptions.Length] : "";
        json["Summary"] = ordinal % 6 == 5 ? null : "Please buy this";
        json["BrandingThemeID"] = seed.Id("branding theme", 1);
        json["UpdatedDateUTC"] = WithoutOffset(seed.Moment(date, dice));
        json["LineAmountTypes"] = taxing.ToUpperInvariant();
        return Record.Given("Quotes", "QuoteID", json);
    }

    private static void Date(JsonObject json, string name, DateOnly date)
    {
        Parts.Date(json, name, date);
        json[name] = WithoutOffset(new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero));
    }

    private static string WithoutOffset(DateTimeOffset moment) => $"/Date({moment.ToUnixTimeMilliseconds()})/";
}
