using System.Text.Json;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books;

/// <summary>A line of a document. Amounts are in the document's currency.</summary>
/// <param name="Quantity">Null: a line of text alone.</param>
internal sealed record Line(
    string Id, string Description, decimal? Quantity, decimal UnitAmount, decimal LineAmount, decimal TaxAmount,
    string AccountCode, string TaxType)
{
    public string? ItemCode { get; init; }

    /// <summary>Percent.</summary>
    public decimal? DiscountRate { get; init; }

    public string? AccountId { get; init; }

    public IReadOnlyList<TrackingOption> Tracking { get; init; } = [];

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["LineItemID"] = Id, ["Description"] = Description };
        if (Quantity is not { } quantity) return json;
        if (ItemCode is not null) json["ItemCode"] = ItemCode;
        json["UnitAmount"] = UnitAmount;
        json["TaxType"] = TaxType;
        json["TaxAmount"] = TaxAmount;
        json["LineAmount"] = LineAmount;
        json["AccountCode"] = AccountCode;
        if (AccountId is not null) json["AccountID"] = AccountId;
        json["Tracking"] = new JsonArray([.. Tracking.Select(option => option.ToJson())]);
        json["Quantity"] = quantity + 0.0000m;
        if (DiscountRate is { } rate) json["DiscountRate"] = rate;
        return json;
    }

    /// <summary>The same, for the many lines of invoices.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("LineItemID", Id);
        writer.WriteString("Description", Description);
        if (Quantity is { } quantity)
        {
            if (ItemCode is not null) writer.WriteString("ItemCode", ItemCode);
            writer.WriteNumber("UnitAmount", UnitAmount);
            writer.WriteString("TaxType", TaxType);
            writer.WriteNumber("TaxAmount", TaxAmount);
            writer.WriteNumber("LineAmount", LineAmount);
            writer.WriteString("AccountCode", AccountCode);
            if (AccountId is not null) writer.WriteString("AccountID", AccountId);
            writer.WriteNumber("Quantity", quantity + 0.0000m);
        }

        writer.WriteStartArray("Tracking");
        foreach (var option in Tracking) option.Write(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

/// <summary>What a document's lines come to, each line's tax rounded for itself.</summary>
internal sealed record Amounts(decimal Net, decimal Tax)
{
    public decimal Gross => Net + Tax;

    public static Amounts Of(IReadOnlyCollection<Line> lines, string taxing)
    {
        var tax = lines.Sum(line => line.TaxAmount);
        return new(lines.Sum(line => line.LineAmount) - (taxing == "Inclusive" ? tax : 0m), tax);
    }
}
