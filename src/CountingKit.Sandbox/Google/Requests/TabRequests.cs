using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Formulas;
using CountingKit.Sandbox.Google.Sheets;
using CountingKit.Sandbox.Google.Wire;

namespace CountingKit.Sandbox.Google.Requests;

/// <summary>Adding, removing, copying and changing tabs, and the spreadsheet's own properties.</summary>
internal static class TabRequests
{
    private static readonly string[] PlainProperties = ["hidden", "rightToLeft", "tabColor", "tabColorStyle"];

    public static JsonObject Add(Batch batch, JsonObject request)
    {
        var tab = Made(batch.Workbook, request.Object("properties") ?? []);
        batch.Workbook.Add(tab, request.Object("properties")?.Int("index"));
        batch.Workbook.DemandVisible();
        return new JsonObject { ["addSheet"] = new JsonObject { ["properties"] = SpreadsheetJson.TabProperties(
            batch.Workbook, tab) } };
    }

    /// <summary>A new tab as asked, with an id, a title and a size where none were said.</summary>
    public static Tab Made(Workbook workbook, JsonObject asked)
    {
        var properties = asked.Copy();
        var id = properties.Int("sheetId") ?? FreeId(workbook);
        if (id < 0) throw GoogleError.Invalid($"Invalid sheetId: {id}. It must be non-negative.");
        if (properties.Text("sheetType") is "OBJECT" or "DATA_SOURCE")
            throw GoogleError.Invalid("Only sheets of type GRID can be added.");
        properties.Remove("index");
        properties["sheetId"] = id;
        properties["title"] ??= FreeTitle(workbook);
        properties["sheetType"] = "GRID";
        if (properties.Object("gridProperties") is { } grid) DemandFrozenFits(grid);
        return new Tab(id, properties);
    }

    public static JsonObject Delete(Batch batch, JsonObject request)
    {
        var tab = batch.Workbook.Tab(request.Int("sheetId") ?? 0);
        ProtectedRangeRequests.DemandEditable(batch, tab, new Area(0, tab.Rows, 0, tab.Columns));
        batch.Workbook.Remove(tab);
        batch.Workbook.Metadata.RemoveAll(entry => MetadataRequests.SheetOf(entry) == tab.SheetId);
        References.TabRemoved(batch.Workbook, tab);
        return [];
    }

    public static JsonObject Duplicate(Batch batch, JsonObject request)
    {
        var source = batch.Workbook.Tab(request.Int("sourceSheetId") ?? 0);
        var copy = source.Draft(request.Int("newSheetId") ?? FreeId(batch.Workbook));
        copy.Properties["sheetId"] = copy.SheetId;
        copy.Properties["title"] = request.Text("newSheetName") ?? FreeTitle(batch.Workbook, "Copy of " + source.Title);
        EmbeddedRequests.Renumber(batch.Workbook, copy, source.SheetId);
        batch.Workbook.Add(copy, request.Int("insertSheetIndex"));
        return new JsonObject
        {
            ["duplicateSheet"] = new JsonObject { ["properties"] = SpreadsheetJson.TabProperties(
                batch.Workbook, copy) },
        };
    }

    public static JsonObject Update(Batch batch, JsonObject request)
    {
        var mask = Batch.Mask(request, "SheetProperties");
        var asked = Batch.Needed(request, "properties");
        var workbook = batch.Workbook;
        var tab = workbook.Edit(asked.Int("sheetId") ?? 0);
        var before = tab.Title;
        var merged = tab.Properties.Copy();
        mask.Apply(merged, asked);

        if (mask.Has("title"))
        {
            var title = merged.Text("title") ?? "";
            workbook.DemandFreeTitle(title, tab);
            if (title != before) References.Renamed(workbook, before, title);
            tab.Properties["title"] = title;
        }
        if (mask.Child("gridProperties") is { } grid) Grid(batch, tab, merged.Object("gridProperties") ?? [], grid);
        foreach (var name in PlainProperties.Where(mask.Has))
            tab.Properties[name] = merged[name]?.DeepClone();
        if (mask.Has("index") && asked.Int("index") is { } index) Move(workbook, tab, index);
        workbook.DemandVisible();
        return [];
    }

    public static JsonObject UpdateSpreadsheet(Batch batch, JsonObject request)
    {
        var mask = Batch.Mask(request, "SpreadsheetProperties");
        mask.Apply(batch.Workbook.Properties, Batch.Needed(request, "properties"));
        if (batch.Workbook.Properties.Text("title") is not { Length: > 0 })
            throw GoogleError.Invalid("Spreadsheet title must not be empty.");
        return [];
    }

    /// <summary>Sheets checks the new rows against the old columns, even when both change at once.</summary>
    private static void Grid(Batch batch, Tab tab, JsonObject grid, FieldMask mask)
    {
        var rows = mask.Has("rowCount") ? grid.Int("rowCount") ?? 0 : tab.Rows;
        var columns = mask.Has("columnCount") ? grid.Int("columnCount") ?? 0 : tab.Columns;
        if (rows < 1 || columns < 1) throw GoogleError.Invalid("A sheet must have at least one row and one column.");
        if (rows > tab.Rows) batch.Workbook.DemandCells((long)(rows - tab.Rows) * tab.Columns);
        if (columns > 18_278) throw GoogleError.Invalid("A sheet cannot have more than 18278 columns.");
        var (oldRows, oldColumns) = (tab.Rows, tab.Columns);
        grid["rowCount"] = rows;
        grid["columnCount"] = columns;
        DemandFrozenFits(grid);
        if (rows < oldRows) DimensionRequests.Remove(batch, tab, byRow: true, rows, oldRows);
        if (columns < oldColumns) DimensionRequests.Remove(batch, tab, byRow: false, columns, oldColumns);
        tab.Resize(rows, columns);
        batch.Workbook.DemandCells();
        tab.Properties["gridProperties"] = grid.Copy();
    }

    private static void Move(Workbook workbook, Tab tab, int index)
    {
        if (index < 0 || index > workbook.Tabs.Count) throw GoogleError.Invalid($"Index {index} is out of range.");
        var from = workbook.Tabs.IndexOf(tab);
        workbook.Tabs.RemoveAt(from);
        workbook.Tabs.Insert(index > from ? index - 1 : index, tab);
    }

    private static void DemandFrozenFits(JsonObject grid)
    {
        if (grid.Int("frozenRowCount") >= (grid.Int("rowCount") ?? int.MaxValue) && grid.Int("rowCount") > 0)
            throw GoogleError.Invalid("You can't freeze all visible rows on the sheet.");
        if (grid.Int("frozenColumnCount") >= (grid.Int("columnCount") ?? int.MaxValue) && grid.Int("columnCount") > 0)
            throw GoogleError.Invalid("You can't freeze all visible columns on the sheet.");
    }

    private static int FreeId(Workbook workbook)
    {
        while (true)
            if (Random.Shared.Next(1, int.MaxValue) is var id && workbook.Find(id) is null) return id;
    }

    private static string FreeTitle(Workbook workbook, string? wish = null)
    {
        for (var number = workbook.Tabs.Count + (wish is null ? 1 : 0); ; number++)
        {
            var title = wish is null ? $"Sheet{number}" : number == workbook.Tabs.Count ? wish : $"{wish} {number}";
            if (workbook.ByTitle(title) is null) return title;
        }
    }
}
