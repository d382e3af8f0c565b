using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Requests;

/// <summary>The one basic filter that a tab can have.</summary>
internal static class FilterRequests
{
    public static JsonObject Set(Batch batch, JsonObject request)
    {
        var filter = Batch.Needed(request, "filter").Copy();
        var range = GridRange.Read(Batch.Needed(filter, "range"));
        var tab = batch.Workbook.Edit(range.SheetId);
        var area = range.On(tab);
        if (tab.Objects.Objects("tables").Any(t => GridRange.Read(t.Object("range")!).Within(tab) is { } held && held.Meets(area)))
            throw GoogleError.Invalid("You can't create a filter over a range that has a table.");
        tab.Objects["basicFilter"] = filter;
        return [];
    }

    public static JsonObject Clear(Batch batch, JsonObject request)
    {
        batch.Workbook.Edit(request.Int("sheetId") ?? 0).Objects.Remove("basicFilter");
        return [];
    }
}

/// <summary>Merged cells. What a merge covers beside its first cell is emptied.</summary>
internal static class MergeRequests
{
    public static JsonObject Merge(Batch batch, JsonObject request)
    {
        var range = GridRange.Read(Batch.Needed(request, "range"));
        var tab = batch.Workbook.Edit(range.SheetId);
        var area = range.On(tab);
        ProtectedRangeRequests.DemandEditable(batch, tab, area);
        var merges = EmbeddedRequests.List(tab, "merges");
        if (merges.OfType<JsonObject>().Any(merge => GridRange.Read(merge).Within(tab) is { } held && held.Meets(area)))
            throw GoogleError.Invalid("You must select all cells in a merged range to merge or unmerge them.");
        foreach (var part in Parts(area, request.Text("mergeType") ?? "MERGE_ALL"))
        {
            merges.Add((JsonNode)Write(tab.SheetId, part));
            for (var row = part.Row0; row < part.Row1; row++)
                for (var column = part.Column0; column < part.Column1; column++)
                    if ((row, column) != (part.Row0, part.Column0))
                        tab.Set(row, column, Cell.Of(null, tab[row, column]?.Dress));
        }
        return [];
    }

    public static JsonObject Unmerge(Batch batch, JsonObject request)
    {
        var range = GridRange.Read(Batch.Needed(request, "range"));
        var tab = batch.Workbook.Edit(range.SheetId);
        var area = range.On(tab);
        var merges = EmbeddedRequests.List(tab, "merges");
        foreach (var merge in merges.OfType<JsonObject>().ToList())
            if (GridRange.Read(merge).Within(tab) is { } held && held.Meets(area)) merges.Remove(merge);
        return [];
    }

    private static IEnumerable<Area> Parts(Area area, string type) => type switch
    {
        "MERGE_COLUMNS" => Enumerable.Range(area.Column0, area.Width)
            .Select(c => area with { Column0 = c, Column1 = c + 1 }),
        "MERGE_ROWS" => Enumerable.Range(area.Row0, area.Height).Select(r => area with { Row0 = r, Row1 = r + 1 }),
        _ => [area],
    };

    private static JsonObject Write(int sheetId, Area area) => new()
    {
        ["sheetId"] = sheetId,
        ["startRowIndex"] = area.Row0,
        ["endRowIndex"] = area.Row1,
        ["startColumnIndex"] = area.Column0,
        ["endColumnIndex"] = area.Column1,
    };
}
