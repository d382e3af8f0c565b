using System.Globalization;
using System.Text.Json;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Exporters;

namespace CountingKit.Web.Features.Audit;

/// <summary>The values of an event's fields in people's words. Text from outside is made readable, and stands in quotes.</summary>
/// <param name="dataset">Whose columns and statuses they are; null = they are of none that is known.</param>
/// <param name="names">What ids are called.</param>
internal sealed class AuditWords(Dataset? dataset, IReadOnlyDictionary<Guid, string> names)
{
    private const string None = "none";

    private static readonly Dictionary<string, string> Titles = new()
    {
        ["dataset"] = "Data",
        ["connectionIds"] = "Organizations",
        ["connections"] = "Organizations",
        ["statuses"] = "Status",
        ["spreadsheetKey"] = "Spreadsheet",
        ["tabTitle"] = "Tab",
        ["scopes"] = "Permissions",
        ["accountId"] = "Google account",
        ["unit"] = "One report for",
        ["range"] = "Days",
        ["isCash"] = "Cash basis",
        ["isOwnLayout"] = "Own layout",
        ["withTotals"] = "Totals kept",
    };

    /// <summary>What nothing means in a field.</summary>
    private static readonly Dictionary<string, string> Unset = new()
    {
        ["connections"] = "all",
        ["statuses"] = "all",
        ["from"] = "the beginning",
        ["to"] = "no end",
        ["sort"] = "the usual order",
    };

    public static string TitleOf(string field) => Titles.GetValueOrDefault(field) ?? AuditFields.Words(field);

    /// <summary>Nothing is chosen, which has a meaning of its own. Who may see an empty list of organizations sees none.</summary>
    public static bool IsOpen(string field, JsonElement value) => Unset.ContainsKey(field) && value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Array => value.GetArrayLength() == 0 && field != "connections",
        _ => false,
    };

    /// <param name="value">Undefined = the event before did not tell.</param>
    public string Of(string field, JsonElement value) => value.ValueKind switch
    {
        // Of a report, no day is chosen where its days move.
        _ when field is "from" or "to" && dataset?.Report is not null && IsOpen(field, value) => None,
        _ when IsOpen(field, value) => Unset[field],
        JsonValueKind.Undefined or JsonValueKind.Null => None,
        JsonValueKind.Array when value.GetArrayLength() == 0 => None,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => Item(field, item))),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.String => Text(field, value.GetString()!),
        _ => ReadableText.Of(value.GetRawText()),
    };

    /// <summary>One item of a list.</summary>
    public string Item(string field, JsonElement item) => (field, item.ValueKind) switch
    {
        ("columns", JsonValueKind.Object) => Column(item) + (Heading(item) is { } heading ? $" as {Quoted(heading)}" : ""),
        ("sort", JsonValueKind.Object) => Column(item) + (IsDescending(item) ? " (descending)" : ""),
        (_, JsonValueKind.Object) when AuditFields.LabelOf(item) is { } label => Quoted(item.GetProperty(label).GetString()!),
        _ => Of(field, item),
    };

    /// <summary>What is looked for in the other list.</summary>
    public static string KeyOf(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString()!,
        JsonValueKind.Object when ColumnKey(item) is { } key => key,
        JsonValueKind.Object when AuditFields.LabelOf(item) is { } label => item.GetProperty(label).GetString()!,
        _ => item.GetRawText(),
    };

    /// <summary>The column that an item of the columns or of the order is about, as the dataset calls it.</summary>
    public string Column(JsonElement item) =>
        ColumnKey(item) is not { } key ? ReadableText.Of(item.GetRawText())
        : dataset?.Find(key)?.Heading ?? ReadableText.Of(key);

    /// <summary>What its header cell says.</summary>
    public string HeadingIn(JsonElement item) => Quoted(Heading(item) ?? Column(item));

    public static bool IsDescending(JsonElement item) =>
        item.TryGetProperty("descending", out var descending) && descending.ValueKind == JsonValueKind.True;

    private static string? ColumnKey(JsonElement item) => StringIn(item, "key") ?? StringIn(item, "column");

    private static string? Heading(JsonElement item) => StringIn(item, "heading");

    private static string? StringIn(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    private string Text(string field, string text) => field switch
    {
        "dataset" when DatasetCatalogue.Find(text) is { } known => known.Title,
        "statuses" when dataset?.Statuses.FirstOrDefault(status => status.Value == text) is { } known => known.Meaning,
        "scopes" => Quoted(Permission(text)),
        "unit" when Enum.TryParse<ReportUnit>(text, ignoreCase: true, out var unit) => ReportWords.Of(unit),
        "range" when Enum.TryParse<ReportRange>(text, ignoreCase: true, out var range) => ReportWords.Of(range),
        "role" or "kind" => AuditFields.Words(text),
        "from" or "to" when DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
            day.ToString("MMM d, yyyy", CultureInfo.InvariantCulture),
        _ when Guid.TryParseExact(text, "D", out var id) => names.TryGetValue(id, out var name) ? Quoted(name) : text,
        _ => Quoted(text),
    };

    /// <summary>As the permissions table tells it; an unknown one by the name that Xero or Google gives it.</summary>
    private static string Permission(string scope)
    {
        var meaning = XeroPermissions.Beside.FirstOrDefault(line => line.Scope == scope)?.Meaning ?? XeroPermissions.Meaning(scope);
        return meaning == scope ? GooglePermissions.Table([scope])[0].Name : meaning;
    }

    private static string Quoted(string text) => $"“{ReadableText.Of(text)}”";
}
