using System.Globalization;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Documents;

/// <summary>
/// Payments: one for each that an invoice tells of, refunds of credits, and now and then one that was deleted.
/// </summary>
internal static class PaymentMaker
{
    public static IEnumerable<Record> All(Seed seed, IReadOnlyList<StoredInvoice> invoices)
    {
        for (var i = 0; i < invoices.Count; i++)
        {
            foreach (var record in Of(seed, invoices[i], i)) yield return record;
            if (invoices[i] is not { Status: "AUTHORISED", Due: > 0 } open || i % 6 != 0) continue;
            var id = DerivedId.Of($"{open.Document.Id} deleted payment");
            var mistake = new Settlement(id, open.Due, open.Date.AddDays(3), open.Document.Rate);
            yield return One(seed, open.Document, mistake, i, open.Updated, "DELETED");
        }
    }

    public static IEnumerable<Record> Of(Seed seed, StoredInvoice invoice, int place) => invoice.Settlements["Payments"]
        .Select(payment => One(seed, invoice.Document, payment, place, invoice.Updated));

    /// <param name="place">Decides what is not told: the bank account, the reference.</param>
    public static Record One(
        Seed seed, Settled document, Settlement payment, int place, DateTimeOffset updated, string status = "AUTHORISED")
    {
        var account = Banking.Pick(seed, document.Currency, place);
        var json = new JsonObject { ["PaymentID"] = payment.Id };
        if (document.Type == "ACCPAY" && place % 10 == 3) Batch(seed, json, account, payment, updated);
        json["Date"] = Parts.Instant(payment.Date);
        json["BankAmount"] = Banking.CurrencyOf(seed, account) == document.Currency
            ? payment.Amount
            : LineMaker.Round(payment.Amount / payment.Rate);
        json["Amount"] = payment.Amount;
        if (place % 5 != 2) json["Reference"] = Seed.Reference(place);
        json["CurrencyRate"] = payment.Rate;
        json["PaymentType"] = TypeOf(document.Type);
        json["Status"] = status;
        Parts.Changed(json, updated, withText: true);
        json["HasAccount"] = true;
        json["IsReconciled"] = status == "AUTHORISED" && place % 3 == 0;
        json["Account"] = Banking.Inside(seed, account);
        json["Invoice"] = Inside(document, place);
        foreach (var (kind, name) in (ReadOnlySpan<(string, string)>)
            [("CREDIT", "CreditNote"), ("OVERPAYMENT", "Overpayment"), ("PREPAYMENT", "Prepayment")])
        {
            if (!document.Type.EndsWith(kind, StringComparison.Ordinal)) continue;
            json[name] = new JsonObject { [name + "ID"] = document.Id };
            if (name == "CreditNote") json[name]!["CreditNoteNumber"] = document.Number;
        }

        json["HasValidationErrors"] = false;
        return Record.Given("Payments", "PaymentID", json);
    }

    private static string TypeOf(string documentType) => documentType switch
    {
        "ACCRECCREDIT" => "ARCREDITPAYMENT",
        "ACCPAYCREDIT" => "APCREDITPAYMENT",
        _ => documentType + "PAYMENT",
    };

    private static JsonObject Inside(Settled document, int place)
    {
        var json = Parts.Invoice(document.Id, document.Number);
        json.Insert(0, "Type", document.Type);
        json["Contact"] = Parts.Contact(document.Contact);
        json["CurrencyCode"] = document.Currency;
        if (document.Type == "ACCREC" && place % 2 == 0) json["Reference"] = $"PO-{4000 + place}";
        return json;
    }

    /// <summary>The batch that it was paid with; Xero writes its numbers as texts here.</summary>
    private static void Batch(
        Seed seed, JsonObject json, StandardAccount account, Settlement payment, DateTimeOffset updated)
    {
        var id = DerivedId.Of($"{payment.Id} batch");
        json["BatchPaymentID"] = id;
        json["BatchPayment"] = new JsonObject
        {
            ["Account"] = new JsonObject { ["AccountID"] = Banking.IdOf(seed, account) },
            ["BatchPaymentID"] = id,
            ["Date"] = Parts.Instant(payment.Date),
            ["Type"] = "PAYBATCH",
            ["Status"] = "AUTHORISED",
            ["TotalAmount"] = payment.Amount.ToString(CultureInfo.InvariantCulture),
            ["UpdatedDateUTC"] = Parts.Instant(updated),
            ["IsReconciled"] = "false",
        };
    }
}
