using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Documents;

/// <summary>Credit notes: those that invoices tell of, and others that are open, refunded, drafts, or gone.</summary>
internal static class CreditNoteMaker
{
    private const int OneIn = 30;

    private static readonly string[] Statuses =
        ["AUTHORISED", "PAID", "AUTHORISED", "DRAFT", "SUBMITTED", "VOIDED", "DELETED", "AUTHORISED"];

    public static IEnumerable<Record> All(Seed seed, IReadOnlyList<StoredInvoice> invoices)
    {
        var number = 0;
        foreach (var invoice in invoices)
        {
            foreach (var credit in invoice.Settlements["CreditNotes"])
                yield return Applied(seed, invoice, credit, ++number);
        }

        foreach (var ordinal in seed.Numbers(OneIn))
        {
            foreach (var record in Other(seed, ordinal, ++number)) yield return record;
        }
    }

    /// <summary>Every third is greater than what the invoice took of it.</summary>
    private static Record Applied(Seed seed, StoredInvoice invoice, Settlement credit, int number)
    {
        var document = invoice.Document with
        {
            Id = credit.Id,
            Number = Number(invoice.Document.Type == "ACCPAY", number),
            Type = invoice.Document.Type + "CREDIT",
            Rate = credit.Rate,
        };
        var total = number % 3 == 0 ? LineMaker.Round(credit.Amount * 1.5m) + 0.01m : credit.Amount;
        var line = LineMaker.One(seed.Organization, DerivedId.Of($"{credit.Id} line"), "Credit for returned goods", 1,
            total, "200", document.Type == "ACCPAYCREDIT", "Inclusive");
        var json = Json(seed, document, credit.Date, total == credit.Amount ? "PAID" : "AUTHORISED", "Inclusive", [line],
            invoice.Updated, number);
        json["Allocations"] = new JsonArray(Parts.Allocation(DerivedId.Of($"{credit.Id} allocation"), credit.Amount,
            credit.Date, invoice.Document.Id, invoice.Document.Number));
        json["RemainingCredit"] = total - credit.Amount;
        return Record.Given("CreditNotes", "CreditNoteID", json);
    }

    private static IEnumerable<Record> Other(Seed seed, int ordinal, int number)
    {
        var id = seed.Id("credit note", ordinal);
        var dice = Seed.Dice(id);
        var bill = ordinal % 3 == 1;
        var (status, taxing, currency) =
            (Statuses[ordinal % Statuses.Length], Seed.Taxing(ordinal), seed.Currency(ordinal));
        var date = seed.Day(ordinal, OneIn, dice);
        var document = new Settled(id, Number(bill, number), bill ? "ACCPAYCREDIT" : "ACCRECCREDIT",
            ContactMaker.Pick(seed.Organization, bill, dice), currency, seed.Country.RateOf(currency));
        var lines = LineMaker.Make(seed.Organization, id, ordinal, bill, taxing, dice);
        var updated = seed.Moment(date, dice);
        var json = Json(seed, document, date, status, taxing, lines, updated, ordinal);
        var total = Amounts.Of(lines, taxing).Gross;
        var refund = status == "PAID" ? total : status == "AUTHORISED" && ordinal % 8 == 2 ? LineMaker.Round(total / 4) : 0;
        json["RemainingCredit"] = status is "VOIDED" or "DELETED" ? 0.00m : total - refund;
        if (refund > 0)
        {
            var payment = new Settlement(DerivedId.Of($"{id} refund"), refund, date.AddDays(5),
                seed.Country.RateOn(date.AddDays(5), currency));
            json["Payments"] = new JsonArray(new JsonObject
            {
                ["PaymentID"] = payment.Id,
                ["Date"] = Parts.Instant(payment.Date),
                ["Amount"] = refund,
                ["CurrencyRate"] = payment.Rate,
                ["HasAccount"] = false,
                ["HasValidationErrors"] = false,
            });
            yield return PaymentMaker.One(seed, document, payment, ordinal, updated);
        }

        yield return Record.Given("CreditNotes", "CreditNoteID", json);
    }

    /// <summary>Suppliers number theirs as they like.</summary>
    private static string Number(bool bill, int number) => !bill ? $"CN-{number:0000}" : (number % 4) switch
    {
        0 => "",
        1 => "0090",
        _ => $"=CR{number}",
    };

    private static JsonObject Json(
        Seed seed, Settled document, DateOnly date, string status, string taxing, IReadOnlyList<Line> lines,
        DateTimeOffset updated, int ordinal)
    {
        var json = new JsonObject
        {
            ["CreditNoteID"] = document.Id,
            ["CreditNoteNumber"] = document.Number,
            ["ID"] = document.Id,
            ["Payments"] = new JsonArray(),
            ["HasErrors"] = false,
            ["CurrencyRate"] = document.Rate,
            ["Type"] = document.Type,
            ["Reference"] = document.Type == "ACCRECCREDIT" ? Seed.Reference(ordinal) : "",
            ["SentToContact"] = ordinal % 2 == 0,
            ["RemainingCredit"] = 0.00m,
            ["Allocations"] = new JsonArray(),
            ["HasAttachments"] = false,
            ["Contact"] = Parts.Contact(document.Contact),
        };
        Parts.Date(json, "Date", date);
        if (status == "PAID") json["FullyPaidOnDate"] = Parts.Instant(date.AddDays(5));
        if (status is "VOIDED" or "DELETED" && ordinal % 2 == 0) json["DueDate"] = "/Date(0+0000)/";
        json["Status"] = status;
        json["LineAmountTypes"] = taxing;
        json["LineItems"] = Parts.Lines(status is "VOIDED" or "DELETED" ? [] : lines);
        Parts.Amounts(json, Amounts.Of(lines, taxing));
        Parts.Changed(json, updated, withText: true);
        json["CurrencyCode"] = document.Currency;
        return json;
    }
}
