using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Formulas;
using CountingKit.Sandbox.Google.Requests;

namespace CountingKit.Sandbox.Google.Sheets;

/// <summary>The Spreadsheet resource. Parts that a caller did not ask for (grid data above all) are not made.</summary>
/// <param name="Reader">Email address of who reads: <c>requestingUserCanEdit</c> depends on them.</param>
internal sealed record SpreadsheetJson(string UrlBase, string Reader, bool ReaderIsOwner)
{
    /// <param name="ranges">Cuts the tabs and their cells; empty for all.</param>
    public JsonObject Of(Workbook workbook, bool gridData, IReadOnlyList<GridRange> ranges)
    {
        var tabs = ranges.Count == 0 ? workbook.Tabs
            : [.. workbook.Tabs.Where(tab => ranges.Any(range => range.SheetId == tab.SheetId))];
        var json = new JsonObject
        {
            ["spreadsheetId"] = workbook.Id,
            ["properties"] = workbook.Properties.Copy(),
            ["sheets"] = new JsonArray([.. tabs.Select(tab => Tab(workbook, tab, gridData, ranges))]),
            ["spreadsheetUrl"] = $"{UrlBase}/spreadsheets/d/{workbook.Id}/edit",
        };
        if (workbook.NamedRanges.Count > 0)
            json["namedRanges"] = new JsonArray([.. workbook.NamedRanges.Select(named => named.Copy())]);
        Attach(json, workbook.Metadata.Where(entry => MetadataRequests.SheetOf(entry) is null));
        return json;
    }

    public static JsonObject TabProperties(Workbook workbook, Tab tab)
    {
        var properties = tab.Properties.Copy();
        properties["index"] = workbook.Tabs.IndexOf(tab);
        if (!tab.Hidden) properties.Remove("hidden");
        return properties;
    }

    private JsonObject Tab(Workbook workbook, Tab tab, bool gridData, IReadOnlyList<GridRange> ranges)
    {
        var json = new JsonObject { ["properties"] = TabProperties(workbook, tab) };
        foreach (var (kind, value) in tab.Objects)
            if (value is not JsonArray { Count: 0 }) json[kind] = value?.DeepClone();
        foreach (var protection in json.Objects("protectedRanges"))
            protection["requestingUserCanEdit"] = ProtectedRangeRequests.MayEdit(protection, Reader, ReaderIsOwner);
        Attach(json, workbook.Metadata.Where(entry =>
            MetadataRequests.SheetOf(entry) == tab.SheetId
                && entry.Object("location")!.Text("locationType") == "SHEET"));
        if (!gridData) return json;
        var wanted = ranges.Count == 0 ? [GridRange.Whole(tab.SheetId)]
            : ranges.Where(range => range.SheetId == tab.SheetId);
        json["data"] = new JsonArray([.. wanted.Select(range => Data(workbook, tab, range.On(tab)))]);
        return json;
    }

    private static JsonObject Data(Workbook workbook, Tab tab, Area area)
    {
        var evaluator = new Evaluator(workbook);
        var rows = new JsonArray();
        for (var row = area.Row0; row < Math.Min(area.Row1, tab.UsedRows); row++)
        {
            var values = new JsonArray();
            for (var column = area.Column0; column < Math.Min(
                area.Column1, tab.StoredRows[row]?.Cells.Length ?? 0); column++)
                values.Add((JsonNode)CellData(evaluator, tab, row, column));
            while (values.Count > 0 && values[^1] is JsonObject { Count: 0 }) values.RemoveAt(values.Count - 1);
            rows.Add((JsonNode)(values.Count > 0 ? new JsonObject { ["values"] = values } : []));
        }
        while (rows.Count > 0 && rows[^1] is JsonObject { Count: 0 }) rows.RemoveAt(rows.Count - 1);

        var data = new JsonObject();
        if (area.Row0 > 0) data["startRow"] = area.Row0;
        if (area.Column0 > 0) data["startColumn"] = area.Column0;
        if (rows.Count > 0) data["rowData"] = rows;
        data["rowMetadata"] = Sizes(tab, byRow: true, area.Row0, area.Row1, 21);
        data["columnMetadata"] = Sizes(tab, byRow: false, area.Column0, area.Column1, 100);
        return data;
    }

    private static JsonObject CellData(Evaluator evaluator, Tab tab, int row, int column)
    {
        if (tab[row, column] is not { } cell) return [];
        var json = new JsonObject();
        if (cell.Value is not null)
        {
            var effective = evaluator.Value(tab, row, column);
            json["userEnteredValue"] = CellValues.Write(cell.Value);
            json["effectiveValue"] = CellValues.Write(effective);
            json["formattedValue"] = NumberText.Shown(effective, cell.Format);
        }
        foreach (var (name, value) in cell.Dress ?? []) json[name] = value?.DeepClone();
        if (cell.Format is { } format) json["effectiveFormat"] = format.DeepClone();
        if (cell.Format?.Object("textFormat")?.Object("link")?.Text("uri") is { } link) json["hyperlink"] = link;
        return json;
    }

    private static JsonArray Sizes(Tab tab, bool byRow, int start, int end, int usual) =>
        new([.. Enumerable.Range(start, end - start).Select(index =>
        {
            var size = tab.Dimensions.GetValueOrDefault((byRow, index))?.Copy() ?? [];
            size["pixelSize"] ??= usual;
            return size;
        })]);

    private static void Attach(JsonObject json, IEnumerable<JsonObject> metadata)
    {
        var list = new JsonArray([.. metadata.Select(entry => entry.Copy())]);
        if (list.Count > 0) json["developerMetadata"] = list;
    }
}
