using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CountingKit.Web.Features.Audit;

internal enum FieldChange { Same, Changed, Added, Removed }

/// <summary>One line of an event's content.</summary>
/// <param name="Name">Such as "Configuration › Tab title".</param>
/// <param name="Before">Null = it was not there.</param>
/// <param name="After">Null = it is not there any more.</param>
internal sealed record AuditField(string Name, string? Before, string? After)
{
    public FieldChange Change => (Before, After) switch
    {
        (null, _) => FieldChange.Added,
        (_, null) => FieldChange.Removed,
        var (before, after) => before == after ? FieldChange.Same : FieldChange.Changed,
    };
}

/// <summary>An event's JSON as a list that people can read, beside what stood there before.</summary>
internal sealed class AuditFields
{
    private const string Step = " › ";
    private const string Nothing = "–";

    /// <summary>A list of objects is read by what its items are called; the first of these that an item has.</summary>
    private static readonly string[] Labels = ["key", "resource", "name", "code"];

    private readonly IReadOnlyDictionary<Guid, string> names;
    private readonly OrderedDictionary<string, string> fields = [];

    private AuditFields(IReadOnlyDictionary<Guid, string> names) => this.names = names;

    /// <param name="before">JSON; null = it sets nothing anew.</param>
    /// <param name="names">What ids are called; an id in it is shown by its name.</param>
    public static IReadOnlyList<AuditField> Of(string? before, string after, IReadOnlyDictionary<Guid, string> names)
    {
        var now = Read(after, names);
        if (before is null) return [.. now.Select(field => new AuditField(field.Key, null, field.Value))];

        var then = Read(before, names);
        return
        [
            .. now.Select(field => new AuditField(field.Key, then.GetValueOrDefault(field.Key), field.Value)),
            .. then.Where(field => !now.ContainsKey(field.Key))
                .Select(field => new AuditField(field.Key, field.Value, null)),
        ];
    }

    private static OrderedDictionary<string, string> Read(string json, IReadOnlyDictionary<Guid, string> names)
    {
        using var document = JsonDocument.Parse(json);
        var reading = new AuditFields(names);
        reading.Add("", document.RootElement);
        return reading.fields;
    }

    private void Add(string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject().Where(property => !IsLeftOver(property)))
                    Add(path.Length == 0 ? Words(property.Name) : path + Step + Words(property.Name), property.Value);
                break;
            case JsonValueKind.Array when value.EnumerateArray().Any(IsNested):
                AddItems(path, value);
                break;
            case JsonValueKind.Array:
                Put(path, string.Join(", ", value.EnumerateArray().Select(Scalar).DefaultIfEmpty(Nothing)));
                break;
            default:
                Put(path, Scalar(value));
                break;
        }
    }

    /// <summary>The items in their order, by label; then what else each of them says.</summary>
    private void AddItems(string path, JsonElement items)
    {
        var labelled = items.EnumerateArray()
            .Select((item, i) => (Item: item, Key: LabelOf(item), Number: i + 1)).ToList();
        Put(path, string.Join(", ", labelled.Select(i => NameOf(i.Item, i.Key, i.Number))));
        foreach (var (item, key, number) in labelled)
        {
            var own = path + Step + NameOf(item, key, number);
            if (item.ValueKind != JsonValueKind.Object) Add(own, item);
            else
                foreach (var property in item.EnumerateObject())
                    if (property.Name != key && property.Value.ValueKind != JsonValueKind.Null)
                        Add(own + Step + Words(property.Name), property.Value);
        }
    }

    private string NameOf(JsonElement item, string? key, int number) =>
        key is null ? number.ToString(CultureInfo.InvariantCulture) : Scalar(item.GetProperty(key));

    /// <summary>What "Write anyway" was in older versions; a no would gainsay what took its place.</summary>
    private static bool IsLeftOver(JsonProperty property) =>
        property is { Name: "writeAnyway", Value.ValueKind: JsonValueKind.False };

    private static bool IsNested(JsonElement item) => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    /// <summary>Two items of one name both stand in the list.</summary>
    private void Put(string path, string value)
    {
        var free = path;
        for (var n = 2; !fields.TryAdd(free, value); n++) free = $"{path} ({n})";
    }

    private string Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => Nothing,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.String => Text(value.GetString()!),
        _ => value.GetRawText(),
    };

    private string Text(string text) =>
        Guid.TryParseExact(text, "D", out var id) && names.TryGetValue(id, out var name)
            ? $"{ReadableText.Of(name)} ({text})"
            : ReadableText.Of(text);

    /// <summary>What an object is called by; null = nothing of it is a name.</summary>
    internal static string? LabelOf(JsonElement item) => item.ValueKind != JsonValueKind.Object
        ? null
        : Labels.FirstOrDefault(label =>
            item.TryGetProperty(label, out var value) && value.ValueKind == JsonValueKind.String);

    /// <summary>"spreadsheetKey" as "Spreadsheet key".</summary>
    internal static string Words(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (var letter in ReadableText.Of(name))
        {
            if (words.Length == 0) words.Append(char.ToUpperInvariant(letter));
            else if (char.IsAsciiLetterUpper(letter)) words.Append(' ').Append(char.ToLowerInvariant(letter));
            else words.Append(letter);
        }

        return words.ToString();
    }
}
