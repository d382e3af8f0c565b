using System.Text;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>Makes of a stored record what a list or a single read answers.</summary>
internal static class RecordShape
{
    public static byte[] InList(Resource resource, ListQuery query, byte[] record)
    {
        var cut = query.SummaryOnly ? resource.Summary! : query.Page is null ? resource.WithoutPage : Cut.Nothing;
        var archived = resource.ArchivedIn is not null && !query.Archived;
        var prices = query.UnitDecimals != 4 && resource.Prices.Count > 0;
        if (cut.IsNothing && resource.InLists.IsNothing && !prices && !archived) return record;
        return Change(record, json =>
        {
            resource.InLists.From(json);
            cut.From(json);
            if (prices) Round(resource, json);
            if (archived) WithoutArchived(json, resource.ArchivedIn!);
        });
    }

    public static byte[] Single(Resource resource, byte[] record, IQueryCollection query, DateTimeOffset now)
    {
        var prices = query["unitdp"] != "4" && resource.Prices.Count > 0;
        if (!prices && resource.Single is null) return record;
        return Change(record, json =>
        {
            if (prices) Round(resource, json);
            resource.Single?.Invoke(json, query, now);
        });
    }

    private static void Round(Resource resource, JsonObject record)
    {
        foreach (var path in resource.Prices) Round(record, path.Split('.'));
    }

    private static void Round(JsonNode? node, ReadOnlySpan<string> path)
    {
        if (node is JsonArray list)
        {
            foreach (var element in list) Round(element, path);
        }
        else if (node is JsonObject owner && path.Length > 1)
        {
            Round(owner[path[0]], path[1..]);
        }
        else if (node is JsonObject line && line[path[0]] is JsonValue price && price.TryGetValue<decimal>(out var amount))
        {
            line[path[0]] = decimal.Round(amount, 2, MidpointRounding.AwayFromZero);
        }
    }

    private static void WithoutArchived(JsonObject record, string name)
    {
        if (record[name] is JsonArray list)
            list.RemoveAll(element => element?["Status"]?.ToString() == "ARCHIVED");
    }

    private static byte[] Change(byte[] record, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(record)!.AsObject();
        change(json);
        return Encoding.UTF8.GetBytes(XeroJson.Text(json));
    }
}
