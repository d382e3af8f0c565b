using System.Text;
using System.Text.Json;
using CountingKit.Messaging;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// What Xero says in a refusal. Its shapes vary: problem details in two spellings, validation errors, OAuth errors,
/// plain text, HTML, nothing.
/// </summary>
/// <param name="Text">Detail, else Message, else error, else the body's first 500 characters. Foreign text.</param>
/// <param name="Instance">Xero's id of the refusal, for its support.</param>
/// <param name="Type">The kind of a refusal, such as <c>ValidationException</c>.</param>
internal sealed record XeroErrorBody(string? Text, string? Instance, string? Type = null)
{
    /// <summary>The kind of a refusal of too many records; where Xero answers without JSON, it is all of the text.</summary>
    private const string Volume = "HighVolume";

    private const int Longest = 500;

    /// <summary>Too many records for such a request (Xero refuses what would touch more than 100,000).</summary>
    public bool IsAboutVolume =>
        Says(Type, Volume) || Says(Text, Volume) || Says(Text, "high volume")
        || Says(Text, "100,000") || Says(Text, "100000");

    public static XeroErrorBody Parse(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body).Trim();
        if (text.Length == 0) return new(null, null);
        return text.StartsWith('{') && Json(text) is { } parsed ? parsed : new(Cut(text), null);
    }

    private static XeroErrorBody? Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var members = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
            foreach (var member in document.RootElement.EnumerateObject()) members[member.Name] = member.Value;

            var said = Member("Detail") ?? WithElements(Member("Message"), members)
                ?? Member("error") ?? Member("Title");
            return new(said is null ? null : Cut(said), Member("Instance"), Member("Type"));

            string? Member(string name) =>
                members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String
                && value.GetString() is { Length: > 0 } found ? found : null;
        }
        catch (JsonException)
        {
            return null; // It only began like JSON: it is shown as text.
        }
    }

    /// <summary>A validation error's message says nothing without its elements' messages.</summary>
    private static string? WithElements(string? message, Dictionary<string, JsonElement> members)
    {
        if (message is null || !members.TryGetValue("Elements", out var elements)
            || elements.ValueKind != JsonValueKind.Array) return message;
        var reasons =
            from element in elements.EnumerateArray()
            where element.ValueKind == JsonValueKind.Object
            let errors = element.TryGetProperty("ValidationErrors", out var list) ? list : default
            where errors.ValueKind == JsonValueKind.Array
            from error in errors.EnumerateArray()
            where error.ValueKind == JsonValueKind.Object && error.TryGetProperty("Message", out _)
            let reason = error.GetProperty("Message")
            where reason.ValueKind == JsonValueKind.String
            select reason.GetString();
        return string.Join(" ", [message, .. reasons]);
    }

    private static bool Says(string? text, string words) =>
        text?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    private static string Cut(string text) => PlainText.Cut(text, Longest);
}
