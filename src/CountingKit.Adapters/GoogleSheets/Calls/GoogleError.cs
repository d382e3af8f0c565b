using System.Text.Json;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// What Google's error body says. The library drops <c>status</c> and <c>details</c>, so the raw body is read.
/// </summary>
internal sealed record GoogleError(string Message, IReadOnlyList<string> Reasons)
{
    public bool Has(params ReadOnlySpan<string> reasons)
    {
        foreach (var reason in reasons)
            if (Reasons.Contains(reason)) return true;
        return false;
    }

    /// <summary>Not JSON (a proxy's page) = nothing told.</summary>
    public static GoogleError Read(string? body)
    {
        try
        {
            using var document = JsonDocument.Parse(body ?? "");
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                ? new(Text(error, "message") ?? "", [.. Reason(error, "details"), .. Reason(error, "errors")])
                : new("", []);
        }
        catch (JsonException)
        {
            return new("", []);
        }
    }

    private static IEnumerable<string> Reason(JsonElement error, string list) =>
        error.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray()
                .Select(i => i.ValueKind == JsonValueKind.Object ? Text(i, "reason") : null)
                .OfType<string>()
            : [];

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
