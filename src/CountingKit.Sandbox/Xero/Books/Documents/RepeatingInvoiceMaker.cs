using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Documents;

/// <summary>Templates that invoices and bills are made from again and again.</summary>
internal static class RepeatingInvoiceMaker
{
    private const int OneIn = 100;

    private static readonly string[] Terms =
        ["OFFOLLOWINGMONTH", "DAYSAFTERBILLDATE", "OFCURRENTMONTH", "DAYSAFTERBILLMONTH"];

    public static IEnumerable<Record> All(Seed seed) => seed.Numbers(OneIn).Select(ordinal => One(seed, ordinal));

    private static Record One(Seed seed, int ordinal)
    {
        var id = seed.Id("repeating invoice", ordinal);
        var dice = Seed.Dice(id);
        var (bill, taxing, currency) = (ordinal % 3 == 0, Seed.Taxing(ordinal), seed.Currency(ordinal));
        var lines = LineMaker.Make(seed.Organization, id, ordinal + 5, bill, taxing, dice);
        var start = new DateOnly(seed.Today.Year, seed.Today.Month, 1).AddMonths(-dice.Next(1, 20));
        var schedule = new JsonObject
        {
            ["Period"] = ordinal % 3 + 1,
            ["Unit"] = ordinal % 4 == 1 ? "WEEKLY" : "MONTHLY",
            ["DueDate"] = 10 + ordinal % 15,
            ["DueDateType"] = Terms[ordinal % Terms.Length],
            ["StartDate"] = Parts.Instant(start),
        };
        if (ordinal % 4 == 2) schedule["EndDate"] = Parts.Instant(start.AddYears(2));
        if (ordinal % 5 != 0) schedule["NextScheduledDate"] = Parts.Instant(seed.Today.AddDays(ordinal));

        var json = new JsonObject
        {
            ["Schedule"] = schedule,
            ["RepeatingInvoiceID"] = id,
            ["Type"] = bill ? "ACCPAY" : "ACCREC",
            ["Reference"] = ordinal % 2 == 0 ? "[Week] =1+1" : "",
            ["HasAttachments"] = false,
            ["ApprovedForSending"] = ordinal % 3 == 1,
            ["SendCopy"] = false,
            ["MarkAsSent"] = ordinal % 2 == 0,
            ["IncludePDF"] = ordinal % 6 == 1,
            ["ID"] = id,
            ["Contact"] = Parts.Contact(ContactMaker.Pick(seed.Organization, bill, dice)),
            ["Status"] = (ordinal % 5) switch { 3 => "DRAFT", 4 => "DELETED", _ => "AUTHORISED" },
            ["LineAmountTypes"] = taxing,
            ["LineItems"] = Parts.Lines(lines),
        };
        Parts.Amounts(json, Amounts.Of(lines, taxing));
        json["CurrencyCode"] = currency;
        return Record.Given("RepeatingInvoices", "RepeatingInvoiceID", json);
    }
}
