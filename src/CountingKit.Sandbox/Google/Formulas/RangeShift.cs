using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Formulas;

/// <summary>A half-open run of rows or columns; a missing end is unbounded.</summary>
internal readonly record struct Span(int Start, int? End)
{
    public Span? Inserted(int at, int count) => new(Start >= at ? Start + count : Start, End > at ? End + count : End);

    public Span? Deleted(int at, int count)
    {
        var shifted = new Span(Shift(Start, at, count), End is { } end ? Shift(end, at, count) : null);
        return shifted.End <= shifted.Start ? null : shifted;
    }

    private static int Shift(int index, int at, int count) => index <= at ? index : Math.Max(at, index - count);
}

/// <summary>Moves every GridRange, GridCoordinate and DimensionRange kept beside the cells.</summary>
internal static class RangeShift
{
    public static void Everywhere(Workbook workbook, int sheetId, bool byRow, Func<Span, Span?> change)
    {
        foreach (var named in workbook.NamedRanges.Where(named => named.Object("range") is { Count: > 0 }))
            if (!Shift(named.Object("range")!, sheetId, byRow, change)) named["range"] = new JsonObject();
        workbook.Metadata.RemoveAll(entry => !Keep(entry, sheetId, byRow, change));
        foreach (var tab in workbook.Tabs.Where(tab => tab.Objects.Count > 0).ToList())
            ShiftObjects(workbook.Edit(tab.SheetId), sheetId, byRow, change);

        var edited = workbook.Edit(sheetId);
        var dimensions = edited.Dimensions.ToList();
        edited.Dimensions.Clear();
        foreach (var ((row, index), properties) in dimensions)
            if (row != byRow) edited.Dimensions[(row, index)] = properties;
            else if (change(new Span(index, index + 1)) is { } moved)
                edited.Dimensions[(row, moved.Start)] = properties;
    }

    private static void ShiftObjects(Tab tab, int sheetId, bool byRow, Func<Span, Span?> change)
    {
        foreach (var (kind, value) in tab.Objects.ToList())
            if (value is JsonArray list)
            {
                foreach (var gone in list.Where(item => !Keep(item!, sheetId, byRow, change)).ToList())
                    list.Remove(gone);
            }
            else if (!Keep(value!, sheetId, byRow, change))
            {
                tab.Objects.Remove(kind);
            }
    }

    /// <returns>false when a range of the object is gone altogether.</returns>
    private static bool Keep(JsonNode node, int sheetId, bool byRow, Func<Span, Span?> change) => node switch
    {
        JsonArray list => list.Aggregate(true, (kept, item) =>
            item is null || Keep(item, sheetId, byRow, change) && kept),
        JsonObject json when IsRange(json) => Shift(json, sheetId, byRow, change),
        JsonObject json => json.ToList().Aggregate(true,
            (kept, member) => member.Value is null || Keep(member.Value, sheetId, byRow, change) && kept),
        _ => true,
    };

    private static bool IsRange(JsonObject json) => json.ContainsKey("sheetId")
        && (json.ContainsKey("startRowIndex") || json.ContainsKey("startColumnIndex") || json.ContainsKey("endRowIndex")
            || json.ContainsKey("endColumnIndex") || json.ContainsKey("dimension"));

    private static bool Shift(JsonObject range, int sheetId, bool byRow, Func<Span, Span?> change)
    {
        if ((range.Int("sheetId") ?? 0) != sheetId) return true;
        var (start, end) = byRow ? ("startRowIndex", "endRowIndex") : ("startColumnIndex", "endColumnIndex");
        if (range.Text("dimension") is { } dimension)
        {
            if (dimension == "ROWS" != byRow) return true;
            (start, end) = ("startIndex", "endIndex");
        }
        else if (!range.ContainsKey(start) && !range.ContainsKey(end))
        {
            return true;
        }
        if (change(new Span(range.Int(start) ?? 0, range.Int(end))) is not { } moved) return false;
        if (range.ContainsKey(start) || moved.Start > 0) range[start] = moved.Start;
        if (moved.End is { } last) range[end] = last;
        return true;
    }
}
