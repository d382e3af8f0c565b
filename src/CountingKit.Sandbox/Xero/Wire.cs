using System.Globalization;
using System.Text.Json;

namespace CountingKit.Sandbox.Xero;

/// <summary>
/// A record as it is stored, which may be anything that somebody wrote: what is missing, null or of another kind is
/// empty, and numbers may be texts.
/// </summary>
internal readonly record struct Wire(JsonElement Json)
{
    /// <summary>Foreign units for one of the base currency; null where it is missing or no rate.</summary>
    public decimal? Rate => Number("CurrencyRate") is > 0 and var rate ? rate : null;

    public string Text(string name) =>
        At(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    public decimal Number(string name) => At(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var amount) => amount,
        { ValueKind: JsonValueKind.String } text when decimal.TryParse(
            text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) => amount,
        _ => 0m,
    };

    public bool Has(string name) => At(name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public bool Is(string name) => At(name).ValueKind == JsonValueKind.True || Text(name) == "true";

    public DateTimeOffset? Moment(string name) => Instants.Read(Text(name));

    public DateOnly? Day(string name) => Instants.Day(Text(name));

    public Wire Inner(string name) => new(At(name));

    /// <summary>Its elements that are objects.</summary>
    public IEnumerable<Wire> List(string name)
    {
        if (At(name) is not { ValueKind: JsonValueKind.Array } list) yield break;
        foreach (var element in list.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Object) yield return new Wire(element);
        }
    }

    private JsonElement At(string name) =>
        Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) ? value : default;
}
