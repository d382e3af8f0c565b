using System.Globalization;
using System.Text.Json;

namespace CountingKit.Adapters.SignIns;

/// <summary>
/// The members of a token address's answer (RFC 6749, section 5). Read one by one: a refresh token that came must not
/// be lost because another member is not as documented.
/// </summary>
internal sealed class TokenFields
{
    private readonly Dictionary<string, string> fields;

    private TokenFields(Dictionary<string, string> fields) => this.fields = fields;

    /// <summary>Null = absent, null, blank or not a single value.</summary>
    public string? this[string name] => fields.GetValueOrDefault(name);

    /// <summary>Of the access token; null = not told, or nothing that could be true.</summary>
    public int? SecondsOfLife => Seconds("expires_in");

    /// <summary>A length of time; null = not told, or nothing that could be true.</summary>
    public int? Seconds(string name) =>
        double.TryParse(this[name], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 1 and <= int.MaxValue
            ? (int)seconds
            : null;

    /// <returns>Null = not a JSON object.</returns>
    public static TokenFields? Read(ReadOnlyMemory<byte> answer)
    {
        if (answer.Span.StartsWith("\uFEFF"u8)) answer = answer[3..];
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (Text(member.Value) is { } text && !string.IsNullOrWhiteSpace(text)) fields[member.Name] = text;
            }

            return new(fields);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null; // Not UTF-16.
        }
    }
}
