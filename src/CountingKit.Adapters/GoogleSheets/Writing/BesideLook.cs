using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>The values that people typed right of our rows, as one look saw them. Rows are ours: 1 is the first record.</summary>
/// <param name="Top">The row of the headings in the tab.</param>
/// <param name="Rows">Of each row that has any: a number made of its values in their order.</param>
internal sealed record BesideLook(
    int Top, IReadOnlyList<(int Row, int Column)> Cells, IReadOnlyDictionary<int, int> Rows)
{
    /// <param name="height">So many rows of ours, with the header.</param>
    public static async Task<BesideLook> Of(
        SheetReader reader, TabReference reference, FoundTab tab, int height, CancellationToken ct)
    {
        var top = tab.Place.Top;
        List<(int Row, int Column)> cells = [];
        Dictionary<int, int> rows = [];
        await foreach (var (at, column, cell) in reader.Filled(
            reference, tab, top + height, tab.Columns.Keys.Count, tab.GridColumns, "userEnteredValue", ct))
        {
            var row = at - top;
            if (row == 0 || !IsValue(cell)) continue;
            cells.Add((row, column));
            var value = cell.UserEnteredValue;
            rows[row] = HashCode.Combine(rows.GetValueOrDefault(row), value.NumberValue, value.BoolValue, value.StringValue);
        }
        return new(top, cells, rows);
    }

    /// <summary>Of some rows, as people call them.</summary>
    public IReadOnlyList<string> CellsIn(IReadOnlySet<int> rows) =>
        [.. Cells.Where(cell => rows.Contains(cell.Row)).Select(cell => A1.Cell(Top + cell.Row, cell.Column))];

    /// <summary>A formula computes anew beside whatever stands there: it is no value.</summary>
    private static bool IsValue(CellData cell) =>
        cell.UserEnteredValue is { FormulaValue: null } value
        && (value.NumberValue is not null || value.BoolValue is not null || value.StringValue is { Length: > 0 });
}
