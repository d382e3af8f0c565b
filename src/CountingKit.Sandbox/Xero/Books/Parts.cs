using System.Globalization;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books;

/// <summary>The parts that documents of different kinds have in common, as Xero writes them.</summary>
internal static class Parts
{
    /// <summary>A contact inside a document.</summary>
    public static JsonObject Contact(ContactName contact)
    {
        var json = new JsonObject { ["ContactID"] = contact.Id, ["Name"] = contact.Name };
        foreach (var list in (string[])["Addresses", "Phones", "ContactGroups", "ContactPersons"])
            json[list] = new JsonArray();
        json["HasValidationErrors"] = false;
        return json;
    }

    /// <summary>An invoice inside a payment or an allocation.</summary>
    public static JsonObject Invoice(string id, string number)
    {
        var json = new JsonObject { ["InvoiceID"] = id, ["InvoiceNumber"] = number };
        foreach (var list in (string[])["Payments", "CreditNotes", "Prepayments", "Overpayments"])
            json[list] = new JsonArray();
        json["HasErrors"] = false;
        json["IsDiscounted"] = false;
        json["LineItems"] = new JsonArray();
        return json;
    }

    public static JsonObject Allocation(string id, decimal amount, DateOnly date, string invoiceId, string number) => new()
    {
        ["AllocationID"] = id,
        ["Amount"] = amount,
        ["Date"] = Instant(date),
        ["Invoice"] = Invoice(invoiceId, number),
        ["IsDeleted"] = false,
    };

    public static void Date(JsonObject json, string name, DateOnly date)
    {
        json[name + "String"] = date.ToString("O", CultureInfo.InvariantCulture) + "T00:00:00";
        json[name] = Instant(date);
    }

    public static void Amounts(JsonObject json, Amounts amounts)
    {
        json["SubTotal"] = amounts.Net;
        json["TotalTax"] = amounts.Tax;
        json["Total"] = amounts.Gross;
    }

    public static void Changed(JsonObject json, DateTimeOffset moment, bool withText)
    {
        json["UpdatedDateUTC"] = Instant(moment);
        if (withText) json["UpdatedDateUTCString"] = XeroJson.Second(moment);
    }

    public static JsonArray Lines(IEnumerable<Line> lines) => [.. lines.Select(line => line.ToJson())];

    public static string Instant(DateTimeOffset moment) => $"/Date({moment.ToUnixTimeMilliseconds()}+0000)/";

    public static string Instant(DateOnly date) => Instant(new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero));
}
