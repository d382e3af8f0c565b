using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CountingKit.Sandbox.Xero.Books;

/// <summary>An invoice or bill before it becomes JSON. Amounts are in its own currency.</summary>
internal sealed class InvoiceDocument
{
    private const string Filler = "Delivered as agreed, checked on arrival, stored in bay four; no damage was noted. ";

    public required string Id { get; init; }
    public required string Type { get; init; }
    public required string Number { get; init; }
    public required string Reference { get; init; }
    public required ContactName Contact { get; init; }
    public required string Status { get; init; }
    public required DateOnly Date { get; init; }
    public required DateOnly DueDate { get; init; }
    public required string Taxing { get; init; }
    public required string Currency { get; init; }
    public required decimal CurrencyRate { get; init; }
    public required IReadOnlyList<Line> Lines { get; init; }
    public required Amounts Amounts { get; init; }
    public required decimal Paid { get; init; }
    public required decimal PaymentRate { get; init; }
    public required decimal Credited { get; init; }

    /// <summary><c>CreditNote</c>, <c>Prepayment</c> or <c>Overpayment</c>.</summary>
    public required string CreditedBy { get; init; }
    public required DateOnly SettledOn { get; init; }
    public required bool Sent { get; init; }

    private bool IsGone => Status is "VOIDED" or "DELETED";

    /// <param name="bytes">Least size of the JSON; a line of text fills it up.</param>
    public Record ToRecord(DateTimeOffset updated, int bytes)
    {
        var json = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(json, XeroJson.Writing))
        {
            writer.WriteStartObject();
            WriteHead(writer, updated);
            WriteSettlements(writer);
            writer.WriteStartArray("LineItems");
            foreach (var line in Lines) line.Write(writer);
            var missing = bytes - writer.BytesPending - writer.BytesCommitted;
            if (missing > 0) Padding((int)missing).Write(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return new Record("Invoices", Id, Type, Status, updated.ToUnixTimeMilliseconds(),
            Encoding.UTF8.GetString(json.WrittenSpan));
    }

    private void WriteHead(Utf8JsonWriter writer, DateTimeOffset updated)
    {
        writer.WriteString("Type", Type);
        writer.WriteString("InvoiceID", Id);
        writer.WriteString("InvoiceNumber", Number);
        writer.WriteString("Reference", Reference);
        writer.WriteNumber("AmountDue", IsGone ? 0.00m : Amounts.Gross - Paid - Credited);
        writer.WriteNumber("AmountPaid", Paid);
        writer.WriteNumber("AmountCredited", Credited);
        writer.WriteNumber("CurrencyRate", CurrencyRate);
        writer.WriteBoolean("IsDiscounted", false);
        writer.WriteBoolean("HasAttachments", false);
        writer.WriteBoolean("HasErrors", false);
        if (Sent) writer.WriteBoolean("SentToContact", true);
        writer.WriteStartObject("Contact");
        writer.WriteString("ContactID", Contact.Id);
        writer.WriteString("Name", Contact.Name);
        foreach (var list in (string[])["Addresses", "Phones", "ContactGroups", "ContactPersons"]) Empty(writer, list);
        writer.WriteBoolean("HasValidationErrors", false);
        writer.WriteEndObject();
        Write(writer, "Date", Date);
        Write(writer, "DueDate", DueDate);
        writer.WriteString("Status", Status);
        writer.WriteString("LineAmountTypes", Taxing);
        writer.WriteNumber("SubTotal", Amounts.Net);
        writer.WriteNumber("TotalTax", Amounts.Tax);
        writer.WriteNumber("Total", Amounts.Gross);
        writer.WritePropertyName("UpdatedDateUTC");
        writer.WriteRawValue(XeroJson.Instant(updated), skipInputValidation: true);
        writer.WriteString("UpdatedDateUTCString", XeroJson.Second(updated));
        writer.WriteString("CurrencyCode", Currency);
    }

    private void WriteSettlements(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("Payments");
        if (Paid > 0) WriteSettlement(writer, "PaymentID", "Amount", Paid, PaymentRate);
        writer.WriteEndArray();
        foreach (var kind in (string[])["CreditNote", "Prepayment", "Overpayment"])
        {
            writer.WriteStartArray(kind + "s");
            if (Credited > 0 && CreditedBy == kind)
                WriteSettlement(writer, kind + "ID", "AppliedAmount", Credited, CurrencyRate);
            writer.WriteEndArray();
        }

        if (Status != "PAID") return;
        writer.WritePropertyName("FullyPaidOnDate");
        writer.WriteRawValue(XeroJson.Date(SettledOn), skipInputValidation: true);
    }

    private void WriteSettlement(
        Utf8JsonWriter writer, string idName, string amountName, decimal amount, decimal rate)
    {
        writer.WriteStartObject();
        writer.WriteString(idName, DerivedId.Of($"{Id} {idName}"));
        writer.WritePropertyName("Date");
        writer.WriteRawValue(XeroJson.Date(SettledOn), skipInputValidation: true);
        writer.WriteNumber(amountName, amount);
        writer.WriteNumber("CurrencyRate", rate);
        writer.WriteBoolean("HasAccount", false);
        writer.WriteBoolean("HasValidationErrors", false);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, DateOnly date)
    {
        writer.WriteString(name + "String", date.ToString("O", CultureInfo.InvariantCulture) + "T00:00:00");
        writer.WritePropertyName(name);
        writer.WriteRawValue(XeroJson.Date(date), skipInputValidation: true);
    }

    private static void Empty(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartArray(name);
        writer.WriteEndArray();
    }

    private Line Padding(int length)
    {
        var text = string.Concat(Enumerable.Repeat(Filler, length / Filler.Length + 1))[..length];
        return new Line(DerivedId.Of($"{Id} padding"), text, null, 0, 0, 0, "", "");
    }
}
