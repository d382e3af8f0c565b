using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Formulas;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Requests;

/// <summary>Rows and columns: append, insert, delete, size.</summary>
internal static class DimensionRequests
{
    public static JsonObject Append(Batch batch, JsonObject request)
    {
        var tab = batch.Workbook.Edit(request.Int("sheetId") ?? 0);
        var byRow = ByRow(request);
        var length = Batch.Needed(request, "length", "length");
        if (length < 1) throw GoogleError.Invalid($"Length must be positive: {length}");
        Grow(batch, tab, byRow, byRow ? tab.Rows
            : tab.Columns, length, inheritFrom: (byRow ? tab.Rows : tab.Columns) - 1);
        return [];
    }

    public static JsonObject Insert(Batch batch, JsonObject request)
    {
        var (tab, byRow, start, end) = Range(batch, Batch.Needed(request, "range"));
        var size = byRow ? tab.Rows : tab.Columns;
        if (start >= size)
            throw GoogleError.Invalid(
                $"range.startIndex[{start}] must be less than the grid size[{size}]. To add at the end, use appendDimension.");
        var before = request.Flag("inheritFromBefore");
        if (before && start == 0)
            throw GoogleError.Invalid("inheritFromBefore cannot be true if inserting at index 0.");
        References.Inserted(batch.Workbook, tab, byRow, start, end - start);
        Grow(batch, tab, byRow, start, end - start, inheritFrom: before ? start - 1 : end);
        return [];
    }

    public static JsonObject Delete(Batch batch, JsonObject request)
    {
        var (tab, byRow, start, end) = Range(batch, Batch.Needed(request, "range"));
        var size = byRow ? tab.Rows : tab.Columns;
        if (end > size)
            throw GoogleError.Invalid(
                $"Cannot delete {(byRow ? "rows" : "columns")} that don't exist. Tried to delete to {end} of {size}.");
        if (end - start == size)
            throw GoogleError.Invalid($"You can't delete all the {(byRow ? "rows" : "columns")} on the sheet.");
        Remove(batch, tab, byRow, start, end);
        return [];
    }

    /// <summary>Takes rows or columns away; references to them and into them follow.</summary>
    public static void Remove(Batch batch, Tab tab, bool byRow, int start, int end)
    {
        ProtectedRangeRequests.DemandEditable(batch, tab,
            byRow ? new Area(start, end, 0, tab.Columns) : new Area(0, tab.Rows, start, end));
        References.Deleted(batch.Workbook, tab, byRow, start, end - start);
        tab.Delete(byRow, start, end - start);
    }

    public static JsonObject Update(Batch batch, JsonObject request)
    {
        var mask = Batch.Mask(request, "DimensionProperties");
        var (tab, byRow, start, end) = Range(batch, Batch.Needed(request, "range"));
        if (end > (byRow ? tab.Rows : tab.Columns))
            throw GoogleError.Invalid($"range.endIndex[{end}] is beyond the grid.");
        var asked = request.Object("properties") ?? [];
        for (var index = start; index < end; index++)
        {
            var properties = tab.Dimensions.GetValueOrDefault((byRow, index))?.Copy() ?? [];
            mask.Apply(properties, asked);
            tab.Dimensions[(byRow, index)] = properties;
        }
        return [];
    }

    public static JsonObject AutoResize(Batch batch, JsonObject request)
    {
        var (tab, byRow, start, end) = Range(batch, Batch.Needed(request, "dimensions"));
        for (var index = start; index < Math.Min(end, byRow ? tab.Rows : tab.Columns); index++)
        {
            var longest = byRow ? 2 : Enumerable.Range(0, tab.UsedRows)
                .Max(row => (int?)Operators.Text(tab[row, index]?.Value is Formula ? null : tab[row, index]?.Value)
                    .Length) ?? 0;
            tab.Dimensions[(byRow, index)] = new JsonObject { ["pixelSize"] = byRow ? 21
                : Math.Clamp(longest * 8, 21, 1600) };
        }
        return [];
    }

    public static JsonObject Group(Batch batch, JsonObject request)
    {
        var range = Batch.Needed(request, "range").Copy();
        var (tab, byRow, _, end) = Range(batch, range);
        if (end > (byRow ? tab.Rows : tab.Columns)) throw GoogleError.Invalid($"range.endIndex[{end}] is beyond the grid.");
        EmbeddedRequests.List(tab, byRow ? "rowGroups" : "columnGroups")
            .Add((JsonNode)new JsonObject { ["range"] = range, ["depth"] = 1 });
        return [];
    }

    /// <param name="inheritFrom">The row or column, after the growth, whose formats the new ones take.</param>
    private static void Grow(Batch batch, Tab tab, bool byRow, int at, int count, int inheritFrom)
    {
        batch.Workbook.DemandCells((long)count * (byRow ? tab.Columns : tab.Rows));
        tab.Insert(byRow, at, count);
        for (var other = 0; other < (byRow ? tab.Columns : tab.UsedRows); other++)
        {
            var source = byRow ? tab[inheritFrom, other] : tab[other, inheritFrom];
            if (source?.Format is not { } format) continue;
            var made = new Cell(null, new JsonObject { ["userEnteredFormat"] = format.DeepClone() });
            for (var i = at; i < at + count; i++)
                if (byRow) tab.Set(i, other, made);
                else tab.Set(other, i, made);
        }
    }

    private static (Tab Tab, bool ByRow, int Start, int End) Range(Batch batch, JsonObject range)
    {
        var tab = batch.Workbook.Edit(range.Int("sheetId") ?? 0);
        var byRow = ByRow(range);
        var (start, end) = (range.Int("startIndex") ?? 0, range.Int("endIndex") ?? (byRow ? tab.Rows : tab.Columns));
        return start >= 0 && end > start
            ? (tab, byRow, start, end)
            : throw GoogleError.Invalid(
                $"range.endIndex[{end}] must be greater than range.startIndex[{start}], which must not be negative.");
    }

    private static bool ByRow(JsonObject range) => range.Text("dimension") switch
    {
        "ROWS" => true,
        "COLUMNS" => false,
        _ => throw GoogleError.Invalid("No dimension specified."),
    };
}
