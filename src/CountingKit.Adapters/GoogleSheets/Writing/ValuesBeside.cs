using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// Values that people typed right of our rows stand where they stand: when another record comes to their row, they are
/// beside the wrong one. A row is known by the column that names it, and without one by all of its cells.
/// </summary>
internal sealed class ValuesBeside
{
    private readonly TabWrite write;
    private readonly FoundTab tab;
    private readonly int[] columns;

    public ValuesBeside(TabWrite write, FoundTab tab)
    {
        (this.write, this.tab) = (write, tab);
        var key = write.Request.KeyColumn is { } named ? tab.Columns.Keys.ToList().IndexOf(named) : -1;
        (First, End) = key >= 0 ? (key, key + 1) : (0, Math.Min(tab.Columns.Keys.Count, tab.GridColumns));
        columns = [.. tab.Columns.Keys.Take(End).Skip(First)
            .Select(k => write.Layout.Columns.ToList().FindIndex(c => c.Key == k))];
    }

    /// <summary>The first of the tab's columns by which a row is known.</summary>
    public int First { get; }

    /// <summary>Exclusive.</summary>
    public int End { get; }

    /// <summary>A formula computes anew beside whatever stands there: it is no value.</summary>
    public static bool IsValue(CellData cell) =>
        cell.UserEnteredValue is { FormulaValue: null } value
        && (value.NumberValue is not null || value.BoolValue is not null || value.StringValue is { Length: > 0 });

    /// <param name="beside">Cells with values, in the rows that are ours.</param>
    /// <param name="now">What stands in the columns of a row by which it is known.</param>
    /// <returns>The cells to whose row another record comes.</returns>
    public IReadOnlyList<string> Moved(IReadOnlyList<(int Row, int Column)> beside, Func<int, IList<object>> now) =>
        [.. beside.Where(cell => !Keeps(cell.Row, now(cell.Row))).Select(cell => A1.Cell(cell.Row, cell.Column))];

    /// <summary>CK-SHEET-14, with the first cells.</summary>
    public static SpreadsheetException Refuse(FoundTab tab, IReadOnlyList<string> moved) => new(
        SpreadsheetProblem.Refused, SheetCodes.BesideMoves.Code,
        $"In the tab {tab.Title} other records would come beside what people typed in {SheetWords.Some(moved)}. "
        + $"Nothing was written. {SheetCodes.BesideMoves.Advice}");

    private bool Keeps(int row, IList<object> now)
    {
        var rows = write.Rows.Rows;
        var next = row - write.Top < rows.Count ? rows[row - write.Top].Values : [];
        return columns.Select((column, i) => SameCell.Cell(
            column < next.Count ? next[column].UserEnteredValue : null, i < now.Count ? now[i] : null)).All(same => same);
    }
}
