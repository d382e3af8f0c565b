using System.Text;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>
/// What a list leaves out of a stored record: lines without paging, detail in a summary, price decimals.
/// </summary>
internal static class RecordShape
{
    private static readonly string[] Heavy =
        ["LineItems", "Payments", "CreditNotes", "Prepayments", "Overpayments", "HasAttachments"];

    private static readonly string[] ContactDetail = ["IsCustomer", "IsSupplier", "Balances", "PaymentTerms"];

    public static byte[] Cut(Resource resource, ListQuery query, byte[] record)
    {
        var whole = query.Page is not null && !query.SummaryOnly;
        if (resource != Resource.Invoices)
            return query.SummaryOnly && resource == Resource.Contacts ? Change(record, Without(ContactDetail)) : record;
        if (whole) return Prices(record, query.UnitDecimals);
        return query.SummaryOnly ? Change(record, Without(Heavy)) : Change(record, WithoutLines);
    }

    /// <summary>Unit prices with two decimals, unless four are asked for.</summary>
    public static byte[] Prices(byte[] record, int decimals) => decimals == 4 ? record : Change(record, invoice =>
    {
        foreach (var line in invoice["LineItems"] as JsonArray ?? [])
        {
            if (line?["UnitAmount"] is JsonValue price)
                line["UnitAmount"] = decimal.Round(price.GetValue<decimal>(), 2, MidpointRounding.AwayFromZero);
        }
    });

    private static void WithoutLines(JsonObject invoice)
    {
        invoice["LineItems"] = new JsonArray();
        if (invoice["Contact"] is not JsonObject contact) return;
        invoice["Contact"] = new JsonObject
        {
            ["ContactID"] = contact["ContactID"]?.DeepClone(),
            ["Name"] = contact["Name"]?.DeepClone(),
        };
    }

    private static Action<JsonObject> Without(string[] names) => record =>
    {
        foreach (var name in names) record.Remove(name);
    };

    private static byte[] Change(byte[] record, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(record)!.AsObject();
        change(json);
        return Encoding.UTF8.GetBytes(XeroJson.Text(json));
    }
}
