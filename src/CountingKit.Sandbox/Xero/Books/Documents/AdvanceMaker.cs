using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Documents;

/// <summary>
/// Over- and prepayments: those that invoices took, and others that are open, refunded, or gone. Each is a bank
/// transaction with the same id, too.
/// </summary>
internal static class AdvanceMaker
{
    private const int OneIn = 60;

    public static IEnumerable<Record> All(Seed seed, IReadOnlyList<StoredInvoice> invoices)
    {
        foreach (var kind in (string[])["Prepayment", "Overpayment"])
        {
            var number = 0;
            foreach (var invoice in invoices)
            {
                foreach (var settlement in invoice.Settlements[kind + "s"])
                {
                    foreach (var record in Taken(seed, kind, invoice, settlement, ++number)) yield return record;
                }
            }

            foreach (var ordinal in seed.Numbers(OneIn))
            {
                foreach (var record in Other(seed, kind, ordinal)) yield return record;
            }
        }
    }

    private static IEnumerable<Record> Taken(
        Seed seed, string kind, StoredInvoice invoice, Settlement settlement, int number)
    {
        var total = number % 2 == 0 ? settlement.Amount + 100.10m : settlement.Amount;
        var advance = new Advance(seed, kind, settlement.Id, invoice.Document.Type == "ACCPAY", invoice.Document.Contact,
            invoice.Document.Currency, settlement.Rate, settlement.Date.AddDays(-10), total,
            total == settlement.Amount ? "PAID" : "AUTHORISED", invoice.Updated, number);
        var json = advance.Json(total - settlement.Amount);
        json["Allocations"] = new JsonArray(Parts.Allocation(DerivedId.Of($"{settlement.Id} allocation"),
            settlement.Amount, settlement.Date, invoice.Document.Id, invoice.Document.Number));
        yield return Record.Given(kind + "s", kind + "ID", json);
        yield return advance.BankTransaction();
    }

    private static IEnumerable<Record> Other(Seed seed, string kind, int ordinal)
    {
        var id = seed.Id(kind, ordinal);
        var dice = Seed.Dice(id);
        var (bill, date, currency) = (ordinal % 3 == 2, seed.Day(ordinal, OneIn, dice), seed.Currency(ordinal));
        var total = dice.Next(1_000, 200_000) / 100m;
        var status = (ordinal % 6) switch { 4 => "PAID", 5 => "VOIDED", _ => "AUTHORISED" };
        var advance = new Advance(seed, kind, id, bill, ContactMaker.Pick(seed.Organization, bill, dice), currency,
            seed.Country.RateOn(date, currency), date, total, status, seed.Moment(date, dice), ordinal);
        var json = advance.Json(status == "AUTHORISED" ? total : 0.00m);
        if (status == "PAID")
        {
            var back = date.AddDays(9);
            var refund = new Settlement(DerivedId.Of($"{id} refund"), total, back,
                seed.Country.RateOn(back, currency));
            json["Payments"] = new JsonArray(new JsonObject
            {
                ["PaymentID"] = refund.Id,
                ["Date"] = Parts.Instant(refund.Date),
                ["Amount"] = total,
                ["CurrencyRate"] = refund.Rate,
                ["HasAccount"] = false,
                ["HasValidationErrors"] = false,
            });
            yield return PaymentMaker.One(seed, advance.Document, refund, ordinal, seed.Moment(back, dice));
        }

        yield return Record.Given(kind + "s", kind + "ID", json);
        yield return advance.BankTransaction();
    }
}
