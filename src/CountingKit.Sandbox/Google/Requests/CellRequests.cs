using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Requests;

/// <summary>updateCells, appendCells, repeatCell.</summary>
internal static class CellRequests
{
    public static JsonObject Update(Batch batch, JsonObject request)
    {
        var pen = new CellPen(Batch.Mask(request, "CellData"));
        var rows = request.Objects("rows").ToList();
        var width = rows.Count == 0 ? 0 : rows.Max(row => row.Array("values").Count);
        if (request.Object("range") is { } range)
        {
            if (request.Object("start") is not null)
                throw GoogleError.Invalid("oneof field 'area' is already set. Cannot set 'start'");
            var tab = batch.Workbook.Edit(range.Int("sheetId") ?? 0);
            var area = GridRange.Read(range).On(tab);
            if (rows.Count > area.Height)
                throw GoogleError.Invalid(
                    $"Attempting to write row: {area.Row1}, beyond the last requested row of: {area.Row1 - 1}");
            if (width > area.Width)
                throw GoogleError.Invalid(
                    $"Attempting to write column: {area.Column1}, beyond the last requested column of: {area.Column1 - 1}");
            Write(batch, tab, area, rows, pen, clearRest: true);
            return [];
        }
        if (request.Object("start") is not { } start)
            throw GoogleError.Invalid("One of range or start must be specified.");
        var target = batch.Workbook.Edit(start.Int("sheetId") ?? 0);
        if (rows.Count == 0 || width == 0) return [];
        var (row, column) = (start.Int("rowIndex") ?? 0, start.Int("columnIndex") ?? 0);
        Write(batch, target, new GridRange(target.SheetId, row, row + rows.Count, column, column + width)
            .On(target), rows, pen, clearRest: false);
        return [];
    }

    public static JsonObject Append(Batch batch, JsonObject request)
    {
        var pen = new CellPen(Batch.Mask(request, "CellData"));
        var tab = batch.Workbook.Edit(Batch.Needed(request, "sheetId", "sheetId"));
        var rows = request.Objects("rows").ToList();
        if (rows.Count == 0) return [];
        var last = tab.UsedRows - 1;
        while (last >= 0 && tab.StoredRows[last]?.Cells.Any(cell => cell?.Value is not null) != true) last--;
        var area = new Area(last + 1, last + 1
            + rows.Count, 0, Math.Max(1, rows.Max(row => row.Array("values").Count)));
        tab.Resize(Math.Max(tab.Rows, area.Row1), Math.Max(tab.Columns, area.Column1));
        batch.Workbook.DemandCells();
        Write(batch, tab, area, rows, pen, clearRest: false);
        return [];
    }

    public static JsonObject Repeat(Batch batch, JsonObject request)
    {
        var pen = new CellPen(Batch.Mask(request, "CellData"));
        var range = Batch.Needed(request, "range");
        var tab = batch.Workbook.Edit(range.Int("sheetId") ?? 0);
        var area = GridRange.Read(range).On(tab);
        ProtectedRangeRequests.DemandEditable(batch, tab, area);
        var stroke = pen.Stroke(request.Object("cell") ?? []);
        for (var row = area.Row0; row < area.Row1; row++)
            for (var column = area.Column0; column < area.Column1; column++)
                tab.Set(row, column, stroke.On(tab[row, column], row - area.Row0, column - area.Column0));
        return [];
    }

    private static void Write(Batch batch, Tab tab, Area area, List<JsonObject> rows, CellPen pen, bool clearRest)
    {
        ProtectedRangeRequests.DemandEditable(batch, tab, area);
        var eraser = pen.Stroke([]);
        for (var row = area.Row0; row < area.Row1; row++)
        {
            var values = row - area.Row0 < rows.Count ? rows[row - area.Row0].Array("values") : [];
            for (var column = area.Column0; column < area.Column1; column++)
            {
                var given = column - area.Column0 < values.Count ? values[column - area.Column0] as JsonObject ?? []
                    : null;
                if (given is null && !clearRest) break;
                tab.Set(row, column, (given is null ? eraser : pen.Stroke(given)).On(tab[row, column], 0, 0));
            }
        }
    }
}
