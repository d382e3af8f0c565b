using System.Text.Json;

namespace CountingKit.Adapters.Xero;

/// <summary>Values of an answer whose kinds may differ from the documented ones.</summary>
internal static class LooseJson
{
    /// <summary>A single value as a text; null = no value, or none that can be read.</summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String when value.GetString() is { Length: > 0 } text => text,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null; // Not UTF-16.
        }
    }

    /// <summary>A document, with or without a byte order mark.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> answer) =>
        JsonDocument.Parse(answer.Span.StartsWith("\uFEFF"u8) ? answer[3..] : answer);
}
