using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CountingKit.Sandbox.Xero;

/// <summary>How Xero writes JSON: dates as <c>\/Date(milliseconds+0000)\/</c>, other scripts as they are.</summary>
internal static partial class XeroJson
{
    private static readonly JsonSerializerOptions AsIs =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An instant as a JSON value, quotes included.</summary>
    public static string Instant(DateTimeOffset moment) => $"\"\\/Date({moment.ToUnixTimeMilliseconds()}+0000)\\/\"";

    /// <summary>A calendar date as a JSON value: midnight UTC.</summary>
    public static string Date(DateOnly date) => Instant(new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero));

    /// <summary>The text that stands beside an instant: whole seconds, UTC.</summary>
    public static string Second(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public static string Text(JsonNode node) => Dates().Replace(node.ToJsonString(AsIs), @"""\/Date($1)\/""");

    [GeneratedRegex("""
        "/Date\((-?\d+(?:[+-]\d{4})?)\)/"
        """)]
    private static partial Regex Dates();
}
