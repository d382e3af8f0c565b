using System.Text.Json;
using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Xero.Books.Documents;

/// <summary>A document that money or a credit went to, or came from.</summary>
/// <param name="Type"><c>ACCREC</c>, <c>ACCPAYCREDIT</c>, <c>AROVERPAYMENT</c> and so on.</param>
internal sealed record Settled(
    string Id, string Number, string Type, ContactName Contact, string Currency, decimal Rate);

/// <summary>What an invoice says about one payment or credit.</summary>
internal sealed record Settlement(string Id, decimal Amount, DateOnly Date, decimal Rate);

/// <summary>A stored invoice or bill with what settled it. What it does not say is empty.</summary>
internal sealed record StoredInvoice(
    Settled Document, string Status, DateOnly Date, decimal Due, DateTimeOffset Updated,
    IReadOnlyDictionary<string, IReadOnlyList<Settlement>> Settlements)
{
    private static readonly (string List, string Id, string Amount)[] Kinds =
    [
        ("Payments", "PaymentID", "Amount"), ("CreditNotes", "CreditNoteID", "AppliedAmount"),
        ("Prepayments", "PrepaymentID", "AppliedAmount"), ("Overpayments", "OverpaymentID", "AppliedAmount"),
    ];

    /// <summary>All of an organization, in the order in which they were stored.</summary>
    public static List<StoredInvoice> All(SandboxSession session, string tenantId, string currency) => session.Query(
        "SELECT json FROM records WHERE tenant_id = $1 AND resource = 'Invoices' ORDER BY key",
        row => Read(row.GetString(0), currency), tenantId);

    /// <param name="json">As stored.</param>
    /// <param name="currency">Where it names none.</param>
    public static StoredInvoice Read(string json, string currency)
    {
        using var parsed = JsonDocument.Parse(json);
        var invoice = new Wire(parsed.RootElement);
        var (contact, rate) = (invoice.Inner("Contact"), invoice.Rate);
        var document = new Settled(invoice.Text("InvoiceID"), invoice.Text("InvoiceNumber"), invoice.Text("Type"),
            new ContactName(contact.Text("ContactID"), contact.Text("Name")),
            invoice.Text("CurrencyCode") is { Length: > 0 } said ? said : currency, rate ?? 1m);
        return new StoredInvoice(document, invoice.Text("Status"), invoice.Day("Date") ?? DateOnly.MinValue,
            invoice.Number("AmountDue"), invoice.Moment("UpdatedDateUTC") ?? DateTimeOffset.UnixEpoch,
            Kinds.ToDictionary(kind => kind.List, kind => (IReadOnlyList<Settlement>)[.. invoice.List(kind.List)
                .Where(each => each.Text(kind.Id).Length > 0)
                .Select(each => new Settlement(each.Text(kind.Id), each.Number(kind.Amount),
                    each.Day("Date") ?? invoice.Day("Date") ?? DateOnly.MinValue, each.Rate ?? rate ?? 1m))]));
    }
}
