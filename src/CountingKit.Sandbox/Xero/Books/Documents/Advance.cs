using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Documents;

/// <summary>An over- or prepayment, which is a document of its own and a bank transaction at once.</summary>
/// <param name="Kind"><c>Overpayment</c> or <c>Prepayment</c>.</param>
/// <param name="Bill">It was paid to a supplier.</param>
internal sealed record Advance(
    Seed Seed, string Kind, string Id, bool Bill, ContactName Contact, string Currency, decimal Rate, DateOnly Date,
    decimal Total, string Status, DateTimeOffset Updated, int Number)
{
    /// <summary>As a refund names it.</summary>
    public Settled Document =>
        new(Id, InvoiceNumber, (Bill ? "AP" : "AR") + Kind.ToUpperInvariant(), Contact, Currency, Rate);

    private string Type => (Bill ? "SPEND-" : "RECEIVE-") + Kind.ToUpperInvariant();

    private bool IsPrepayment => Kind == "Prepayment";

    private string InvoiceNumber => IsPrepayment && !Bill ? $"PRE-{Number:0000}" : "";

    /// <summary>Some prepayments have tax in them; overpayments never.</summary>
    private string Taxing => IsPrepayment && Number % 3 == 1 ? "Inclusive" : "NoTax";

    private Line Line => LineMaker.One(Seed.Organization, DerivedId.Of($"{Id} line"),
        IsPrepayment ? "Deposit for the <spring> order" : "Paid too much", 1, Total, Bill ? "800" : "610", Bill, Taxing);

    private Amounts Amounts => Amounts.Of([Line], Taxing);

    public JsonObject Json(decimal remaining)
    {
        var json = new JsonObject
        {
            [Kind + "ID"] = Id,
            ["ID"] = Id,
            ["CurrencyRate"] = Rate,
            ["Type"] = Type,
            ["Reference"] = InvoiceNumber.Length > 0 ? InvoiceNumber : Seed.Reference(Number),
        };
        if (InvoiceNumber.Length > 0)
        {
            json["InvoiceNumber"] = InvoiceNumber;
            json["BrandingThemeID"] = Seed.Id("branding theme", 1);
        }

        json["RemainingCredit"] = remaining;
        json["Allocations"] = new JsonArray();
        json["Payments"] = new JsonArray();
        json["HasAttachments"] = false;
        json["Contact"] = Parts.Contact(Contact);
        Parts.Date(json, "Date", Date);
        json["Status"] = Status;
        json["LineAmountTypes"] = Taxing;
        json["LineItems"] = new JsonArray(LineWithoutId());
        Parts.Amounts(json, Amounts);
        Parts.Changed(json, Updated, withText: true);
        json["CurrencyCode"] = Currency;
        return json;
    }

    public Record BankTransaction()
    {
        var json = BankTransactionMaker.Json(Id, Type, Status == "VOIDED" ? "DELETED" : "AUTHORISED",
            Banking.Inside(Seed, Banking.Own(Seed, Currency)), Date, Currency, Updated);
        json[Kind + "ID"] = Id;
        json["Contact"] = Parts.Contact(Contact);
        json["CurrencyRate"] = Rate;
        json["LineAmountTypes"] = Taxing;
        json["LineItems"] = new JsonArray(Line.ToJson());
        Parts.Amounts(json, Amounts);
        return Record.Given("BankTransactions", "BankTransactionID", json);
    }

    private JsonObject LineWithoutId()
    {
        var json = Line.ToJson();
        json.Remove("LineItemID");
        return json;
    }
}
