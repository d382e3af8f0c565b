using System.Globalization;
using System.Text.Json;

namespace CountingKit.Testing.Sheets;

/// <summary>Fields of a record as Xero sends it, in the terms of a sheet's cells: a string, a decimal, a bool, or null for a blank.</summary>
internal static class XeroFields
{
    public static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    public static object? Amount(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetDecimal() : null;

    public static object? YesNo(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetBoolean() : null;

    /// <summary>Whole days since 30 December 1899; Xero's dates are midnights without a zone.</summary>
    public static object? Day(JsonElement of, string name) =>
        Milliseconds(of, name) is { } at ? decimal.Floor(at / 86_400_000m) + 25_569 : null;

    /// <summary>Xero writes <c>/Date(1573755038314+0000)/</c>: milliseconds since 1970.</summary>
    private static long? Milliseconds(JsonElement of, string name)
    {
        if (Text(of, name) is not { } text) return null;
        var number = text["/Date(".Length..^")/".Length];
        var zone = number.LastIndexOfAny(['+', '-']);
        return long.Parse(zone > 0 ? number[..zone] : number, CultureInfo.InvariantCulture);
    }
}
