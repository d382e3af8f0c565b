using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.State;

/// <summary>
/// Some rows as compressed JSON: <c>{"dress":[…],"rows":[null|[cell…]]}</c>; a cell is null, its plain value, or <c>{"v"|"f":…,"d":n}</c>.
/// </summary>
internal static class RowBlock
{
    public static byte[] Pack(Tab tab, int from, int to)
    {
        var dress = new Dictionary<JsonObject, int>(ReferenceEqualityComparer.Instance);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        using (var json = new Utf8JsonWriter(gzip))
        {
            json.WriteStartObject();
            json.WriteStartArray("rows");
            for (var row = from; row < to; row++) Row(json, tab.StoredRows[row], dress);
            json.WriteEndArray();
            json.WriteStartArray("dress");
            foreach (var item in dress.OrderBy(pair => pair.Value)) item.Key.WriteTo(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return packed.ToArray();
    }

    public static List<Cell?[]?> Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(gzip);
        var dress = document.RootElement.GetProperty("dress").EnumerateArray()
            .Select(item => JsonObject.Create(item.Clone())!).ToArray();
        return [.. document.RootElement.GetProperty("rows").EnumerateArray()
            .Select(row => row.ValueKind == JsonValueKind.Null
            ? null
            : row.EnumerateArray().Select(cell => Read(cell, dress)).ToArray())];
    }

    private static void Row(Utf8JsonWriter json, CellRow? row, Dictionary<JsonObject, int> dress)
    {
        if (row is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartArray();
        foreach (var cell in row.Cells) Write(json, cell, dress);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Cell? cell, Dictionary<JsonObject, int> dress)
    {
        if (cell is null or { Dress: null, Value: not Formula })
        {
            Value(json, cell?.Value);
            return;
        }
        json.WriteStartObject();
        if (cell.Value is not null)
        {
            json.WritePropertyName(cell.Value is Formula ? "f" : "v");
            Value(json, cell.Value);
        }
        if (cell.Dress is not null)
        {
            if (!dress.TryGetValue(cell.Dress, out var number)) dress[cell.Dress] = number = dress.Count;
            json.WriteNumber("d", number);
        }
        json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, object? value)
    {
        if (value is double number) json.WriteNumberValue(number);
        else if (value is bool truth) json.WriteBooleanValue(truth);
        else if (value is Formula formula) json.WriteStringValue(formula.Text);
        else if (value is string text) json.WriteStringValue(text);
        else json.WriteNullValue();
    }

    private static Cell? Read(JsonElement cell, JsonObject[] dress)
    {
        if (cell.ValueKind != JsonValueKind.Object) return Cell.Of(Plain(cell), null);
        var value = cell.TryGetProperty("f", out var formula) ? new Formula(formula.GetString()!)
            : cell.TryGetProperty("v", out var plain) ? Plain(plain) : null;
        return Cell.Of(value, cell.TryGetProperty("d", out var number) ? dress[number.GetInt32()] : null);
    }

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
