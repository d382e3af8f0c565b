using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Requests;

/// <summary>Developer metadata: create, find, change, delete; it goes with what it is attached to.</summary>
internal static class MetadataRequests
{
    private const int MaxCharacters = 30_000;

    public static JsonObject Create(Batch batch, JsonObject request)
    {
        var entry = Complete(batch.Workbook, Batch.Needed(request, "developerMetadata"));
        Add(batch.Workbook, entry);
        return new JsonObject { ["createDeveloperMetadata"] = new JsonObject { ["developerMetadata"] = entry.Copy() } };
    }

    public static void Add(Workbook workbook, JsonObject entry)
    {
        workbook.Metadata.Add(entry);
        foreach (var place in workbook.Metadata.GroupBy(SheetOf))
            if (place.Sum(other =>
                (other.Text("metadataKey")?.Length ?? 0) + (other.Text("metadataValue")?.Length ?? 0)) > MaxCharacters)
                throw GoogleError.Invalid($"Developer metadata exceeds the limit of {MaxCharacters} characters.");
    }

    /// <summary>As asked, checked, with an id and the kind of its location.</summary>
    public static JsonObject Complete(Workbook workbook, JsonObject asked)
    {
        var entry = asked.Copy();
        if (string.IsNullOrEmpty(entry.Text("metadataKey")))
            throw GoogleError.Invalid("metadataKey must be specified.");
        if (!entry.ContainsKey("visibility")) throw GoogleError.Invalid("visibility must be specified.");
        entry["metadataId"] ??= Random.Shared.Next(1, int.MaxValue);
        if (workbook.Metadata.Exists(other => other.Int("metadataId") == entry.Int("metadataId")))
            throw GoogleError.Invalid($"Developer metadata with id {entry.Int("metadataId")} already exists.");
        var location = entry.Object("location") ?? throw GoogleError.Invalid("location must be specified.");
        entry["location"] = Located(workbook, location);
        return entry;
    }

    public static JsonObject Update(Batch batch, JsonObject request)
    {
        var mask = Batch.Mask(request, "DeveloperMetadata");
        var asked = request.Object("developerMetadata") ?? [];
        var found = batch.Workbook.Metadata.Where(entry =>
            request.Objects("dataFilters").Any(filter => Matches(entry, filter))).ToList();
        foreach (var entry in found)
        {
            mask.Apply(entry, asked);
            if (mask.Has("location")) entry["location"] = Located(batch.Workbook, entry.Object("location") ?? []);
        }
        return new JsonObject { ["updateDeveloperMetadata"] = new JsonObject { ["developerMetadata"] = new JsonArray(
            [.. found.Select(entry => entry.Copy())]) } };
    }

    public static JsonObject Delete(Batch batch, JsonObject request)
    {
        var filter = Batch.Needed(request, "dataFilter");
        var found = batch.Workbook.Metadata.Where(entry => Matches(entry, filter)).ToList();
        batch.Workbook.Metadata.RemoveAll(found.Contains);
        return new JsonObject { ["deleteDeveloperMetadata"] = new JsonObject { ["deletedDeveloperMetadata"] = new JsonArray([.. found.Select(entry => entry.Copy())]) } };
    }

    public static bool Matches(JsonObject entry, JsonObject filter)
    {
        if (filter.Object("developerMetadataLookup") is not { } lookup)
            throw GoogleError.Invalid("A data filter must have a developerMetadataLookup.");
        var location = entry.Object("location")!;
        return Same("metadataId", entry) && Same("metadataKey", entry) && Same("metadataValue", entry)
            && Same("visibility", entry)
            && Same("locationType", location)
            && (lookup.Object("metadataLocation") is not { } place
                || Meets(location, place, lookup.Text("locationMatchingStrategy")));

        bool Same(string name, JsonObject holder) => lookup.Text(name) is not { } wanted || holder.Text(name) == wanted;
    }

    /// <summary>The tab that the entry is on or in; null when it is the spreadsheet's own.</summary>
    public static int? SheetOf(JsonObject entry) => SheetOfLocation(entry.Object("location")!);

    private static int? SheetOfLocation(JsonObject location) => location.Text("locationType") switch
    {
        "SHEET" => location.Int("sheetId") ?? 0,
        "ROW" or "COLUMN" => location.Object("dimensionRange")!.Int("sheetId") ?? 0,
        _ => null,
    };

    private static bool Meets(JsonObject location, JsonObject place, string? strategy)
    {
        var wholeSpreadsheet = place.Flag("spreadsheet");
        var sheet = place.Int("sheetId") ?? place.Object("dimensionRange")?.Int("sheetId");
        if (strategy == "INTERSECTING_LOCATION") return wholeSpreadsheet || sheet == SheetOfLocation(location);
        if (wholeSpreadsheet) return location.Text("locationType") == "SPREADSHEET";
        return place.Object("dimensionRange") is { } range
            ? JsonNode.DeepEquals(range, location.Object("dimensionRange"))
            : location.Text("locationType") == "SHEET" && location.Int("sheetId") == sheet;
    }

    private static JsonObject Located(Workbook workbook, JsonObject location)
    {
        var located = location.Copy();
        if (location.Flag("spreadsheet"))
        {
            located["locationType"] = "SPREADSHEET";
        }
        else if (location.Object("dimensionRange") is { } range)
        {
            workbook.Tab(range.Int("sheetId") ?? 0);
            if (range.Int("endIndex") - (range.Int("startIndex") ?? 0) != 1)
                throw GoogleError.Invalid("dimensionRange must represent a single row or column.");
            located["locationType"] = range.Text("dimension") == "ROWS" ? "ROW" : "COLUMN";
        }
        else if (location.Int("sheetId") is { } sheet)
        {
            workbook.Tab(sheet);
            located["locationType"] = "SHEET";
        }
        else
        {
            throw GoogleError.Invalid("location must be specified.");
        }
        return located;
    }
}
