using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Formulas;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Requests;

/// <summary>copyPaste: a larger destination is tiled, a smaller one overflowed; blanks of the source overwrite.</summary>
internal static class CopyPaste
{
    public static JsonObject Apply(Batch batch, JsonObject request)
    {
        var from = GridRange.Read(Batch.Needed(request, "source"));
        var to = GridRange.Read(Batch.Needed(request, "destination"));
        var source = batch.Workbook.Tab(from.SheetId);
        var area = from.On(source);
        var target = batch.Workbook.Edit(to.SheetId);
        var transpose = request.Text("pasteOrientation") == "TRANSPOSE";
        var type = request.Text("pasteType") ?? "PASTE_NORMAL";

        var (height, width) = transpose ? (area.Width, area.Height) : (area.Height, area.Width);
        var destination = to.On(target);
        destination = destination with
        {
            Row1 = destination.Row0 + Tiled(destination.Height, height),
            Column1 = destination.Column0 + Tiled(destination.Width, width),
        };
        if (destination.Row1 > target.Rows || destination.Column1 > target.Columns)
            throw GridRange.ExceedsGrid(target, destination);
        ProtectedRangeRequests.DemandEditable(batch, target, destination);

        var copied = Read(batch.Workbook, batch.Workbook.Tab(from.SheetId), area, type == "PASTE_VALUES");
        for (var row = destination.Row0; row < destination.Row1; row++)
            for (var column = destination.Column0; column < destination.Column1; column++)
            {
                var (r, c) = ((row - destination.Row0) % height, (column - destination.Column0) % width);
                if (transpose) (r, c) = (c, r);
                var move = (Rows: row - area.Row0 - r, Columns: column - area.Column0 - c);
                target.Set(row, column, Pasted(copied[r][c], target[row, column], type, move));
            }
        return [];
    }

    /// <summary>The source as it was before the paste; with values in place of formulas where only values are wanted.</summary>
    private static Cell?[][] Read(Workbook workbook, Tab tab, Area area, bool values)
    {
        var evaluator = new Evaluator(workbook);
        var cells = new Cell?[area.Height][];
        for (var row = 0; row < area.Height; row++)
        {
            cells[row] = new Cell?[area.Width];
            for (var column = 0; column < area.Width; column++)
            {
                var cell = tab[area.Row0 + row, area.Column0 + column];
                cells[row][column] = values && cell?.Value is Formula
                    ? cell with { Value = Plain(evaluator.Value(tab, area.Row0 + row, area.Column0 + column)) }
                    : cell;
            }
        }
        return cells;
    }

    private static Cell? Pasted(Cell? copied, Cell? before, string type, (int Rows, int Columns) move) => type switch
    {
        "PASTE_VALUES" => Cell.Of(copied?.Value, before?.Dress),
        "PASTE_FORMULA" => Cell.Of(Moved(copied?.Value, move), before?.Dress),
        "PASTE_FORMAT" => Cell.Of(
            before?.Value, With(before?.Dress, copied?.Dress, "userEnteredFormat", "dataValidation")),
        "PASTE_DATA_VALIDATION" => Cell.Of(before?.Value, With(before?.Dress, copied?.Dress, "dataValidation")),
        "PASTE_CONDITIONAL_FORMATTING" => before,
        _ => Cell.Of(Moved(copied?.Value, move), copied?.Dress),
    };

    private static object? Moved(object? value, (int Rows, int Columns) move) => value is Formula formula
        ? new Formula(FormulaText.Rewrite(formula.Text, reference => reference.Moved(move.Rows, move.Columns)))
        : value;

    private static JsonObject With(JsonObject? before, JsonObject? source, params ReadOnlySpan<string> names)
    {
        var made = before?.Copy() ?? [];
        foreach (var name in names)
        {
            made.Remove(name);
            if (source?[name] is { } value) made[name] = value.DeepClone();
        }
        return made;
    }

    private static object? Plain(object? value) => value is CellFault fault ? fault.Text : value;

    private static int Tiled(int asked, int length) => Math.Max(asked, length);
}
