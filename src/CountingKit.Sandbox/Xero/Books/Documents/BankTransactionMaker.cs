using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Documents;

/// <summary>Money spent and received without an invoice: fees, rent, wages, interest, what the owner brought in.</summary>
internal static class BankTransactionMaker
{
    private const int OneIn = 3;

    private static readonly (string Text, decimal Price, string Account)[] Spent =
    [
        ("Bank fee", 12.50m, "404"), ("Wages and \"salaries\"", 2_600.00m, "477"), ("Rent\nof the yard", 2_450.00m, "469"),
        ("=SUM of small things", 0.3333m, "429"), ("Drawings", 400.00m, "980"), ("Water\u0007\u000b\u001f & power", 88.10m, "445"),
    ];

    private static readonly (string Text, decimal Price, string Account)[] Received =
        [("Interest", 4.07m, "270"), ("Sundry receipt", 75.00m, "260"), ("Loan paid out", 1_500.00m, "900")];

    public static IEnumerable<Record> All(Seed seed)
    {
        foreach (var ordinal in seed.Numbers(OneIn))
        {
            var id = seed.Id("bank transaction", ordinal);
            var dice = Seed.Dice(id);
            var receive = ordinal % 5 == 1;
            var date = ordinal == 1 ? seed.Today.AddDays(-720) : seed.Day(ordinal, OneIn, dice);
            var currency = ordinal % 20 == 7 ? seed.Currency(ordinal * 8 + 5) : seed.Country.Currency;
            var account = currency == seed.Country.Currency
                ? Banking.Pick(seed, currency, ordinal)
                : Banking.Own(seed, currency);
            var taxing = receive || ordinal % 5 == 3 ? "NoTax" : Seed.Taxing(ordinal);
            List<Line> lines = ordinal == 1
                ? [Line(seed, id, 0, ("Funds of the owner", 250_000.00m, "970"), 1, bill: false, "NoTax")]
                : [.. Enumerable.Range(0, dice.Next(1, 4)).Select(place =>
                    Line(seed, id, place, (receive ? Received : Spent)[(ordinal + place) % (receive ? 3 : 6)],
                        dice.Next(1, 9) / 2m, !receive, taxing))];

            var json = Json(id, receive ? "RECEIVE" : "SPEND", ordinal % 19 == 0 ? "DELETED" : "AUTHORISED",
                Banking.Inside(seed, account), date, currency, seed.Moment(date, dice));
            json["Contact"] = Parts.Contact(ContactMaker.Pick(seed.Organization, !receive, dice));
            if (ordinal % 7 != 4) json["Reference"] = Seed.Reference(ordinal);
            json["IsReconciled"] = ordinal % 4 != 0;
            if (ordinal % 11 == 0) json["Url"] = "https://example.com/?q=<b>&a=%200090";
            if (ordinal % 40 != 7) json["CurrencyRate"] = seed.Country.RateOn(date, currency);
            json["LineAmountTypes"] = taxing;
            json["LineItems"] = Parts.Lines(lines);
            Parts.Amounts(json, Amounts.Of(lines, taxing));
            yield return Record.Given("BankTransactions", "BankTransactionID", json);
        }
    }

    public static JsonObject Json(
        string id, string type, string status, JsonObject account, DateOnly date, string currency, DateTimeOffset updated)
    {
        var json = new JsonObject
        {
            ["BankTransactionID"] = id,
            ["BankAccount"] = account,
            ["Type"] = type,
            ["IsReconciled"] = false,
            ["HasAttachments"] = false,
        };
        Parts.Date(json, "Date", date);
        json["Status"] = status;
        json["CurrencyCode"] = currency;
        Parts.Changed(json, updated, withText: false);
        return json;
    }

    /// <summary>What is neither earned nor spent has no tax.</summary>
    private static Line Line(
        Seed seed, string id, int place, (string Text, decimal Price, string Account) what, decimal quantity, bool bill,
        string taxing)
    {
        var taxed = StandardAccount.Of(what.Account).Class is "REVENUE" or "EXPENSE";
        var line = LineMaker.One(seed.Organization, DerivedId.Of($"{id} line {place}"), what.Text, quantity, what.Price,
            what.Account, bill, taxed ? taxing : "NoTax");
        return line with { Tracking = TrackingOption.Of(seed.Organization, (int)quantity + place) };
    }
}
