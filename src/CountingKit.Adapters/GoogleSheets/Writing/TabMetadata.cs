using System.Text.Json;
using System.Text.Json.Serialization;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Keys of the developer metadata that make a tab ours, and their values.</summary>
internal static class TabMetadata
{
    public const string OwnerKey = "countingkit.dataset";
    public const string RunKey = "countingkit.run";
    public const string ColumnsKey = "countingkit.columns";
    public const string StagingKey = "countingkit.staging";

    public static string Write<T>(T value) => JsonSerializer.Serialize(value);

    /// <summary>Null = not written by us, or changed since.</summary>
    public static T? Read<T>(string? json) where T : class
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<T>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Whose tab it is. A tab or file that a person copied names another place than where it stands.</summary>
internal sealed record TabOwner(
    [property: JsonPropertyName("v")] int Version,
    [property: JsonPropertyName("exporter")] Guid ExporterId,
    [property: JsonPropertyName("dataset")] string Dataset,
    [property: JsonPropertyName("spreadsheetId")] string SpreadsheetId,
    [property: JsonPropertyName("sheetId")] int SheetId);

/// <summary>The run that wrote the tab last, written in the same step as its rows.</summary>
/// <param name="Columns">That the managed range has, with those that are no longer exported.</param>
internal sealed record RunStamp(
    [property: JsonPropertyName("run")] Guid RunId,
    [property: JsonPropertyName("rows")] long Rows,
    [property: JsonPropertyName("cols")] int Columns,
    [property: JsonPropertyName("hash")] string ContentHash,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("state")] string State);

/// <summary>The managed columns from A on.</summary>
/// <param name="Headings">As written last, in the order of <paramref name="Keys"/>.</param>
internal sealed record TabColumns(
    [property: JsonPropertyName("keys")] IReadOnlyList<string> Keys,
    [property: JsonPropertyName("headings")] IReadOnlyList<string> Headings);

/// <summary>A hidden tab that rows are gathered in before one step brings them where they belong.</summary>
/// <param name="At">UTC: when it was made.</param>
internal sealed record StagingOwner(
    [property: JsonPropertyName("exporter")] Guid ExporterId,
    [property: JsonPropertyName("run")] Guid RunId,
    [property: JsonPropertyName("at")] DateTimeOffset At);
