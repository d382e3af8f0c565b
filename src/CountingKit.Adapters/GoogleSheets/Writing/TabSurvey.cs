using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Looks at the cells of a tab that is there before anything is written to it.</summary>
internal sealed class TabSurvey(SheetReader reader)
{
    private const int ChunkCells = 100_000;

    private readonly Echoes echoes = new(reader);
    private readonly PivotsElsewhere pivotsElsewhere = new(reader);

    /// <exception cref="SpreadsheetException">
    /// Columns were moved, the rows' way is blocked, or values beside them would lose them and nobody wants that.
    /// </exception>
    public async Task<TabSight> Look(TabWrite write, FoundTab tab, CancellationToken ct)
    {
        Surroundings.CheckPlace(tab);
        var values = await reader.Values(write.Request.Tab, Surroundings.Ranges(tab, write.Bottom), ct);
        Surroundings.CheckHeadings(tab, values);
        var again = await echoes.Count(write, tab, Surroundings.RightBelow(values), ct);
        var below = Surroundings.Check(tab, write.Bottom, values, again);
        var (formulas, pivots) = await Inside(write.Request.Tab, tab, ct);
        var moved = await Moved(write, tab, again, ct);
        if (moved.Count > 0 && !write.Request.WriteAnyway) throw ValuesBeside.Refuse(tab, moved);
        return new(Surroundings.Headings(values), formulas, pivots, below)
        {
            Moved = moved, Echoes = again,
            PivotsElsewhere = write.Bottom > tab.Place.Bottom ? await pivotsElsewhere.Find(write, tab, ct) : [],
        };
    }

    private async Task<(List<(int, int)> Formulas, List<(int, int)> Pivots)> Inside(
        TabReference reference, FoundTab tab, CancellationToken ct)
    {
        List<(int Row, int Column)> formulas = [], pivots = [];
        await foreach (var (row, column, cell) in Cells(
            reference, tab, tab.Place.Bottom, 0, tab.Columns.Keys.Count,
            "userEnteredValue(formulaValue),pivotTable(source)", ct))
        {
            if (cell.UserEnteredValue?.FormulaValue is not null) formulas.Add((row, column));
            if (cell.PivotTable is not null) pivots.Add((row, column));
        }
        return (formulas, pivots);
    }

    /// <summary>The cells with values that would end beside other records, or beside none where one stood once more.</summary>
    private async Task<IReadOnlyList<string>> Moved(TabWrite write, FoundTab tab, int again, CancellationToken ct)
    {
        List<(int Row, int Column)> beside = [];
        await foreach (var (row, column, cell) in Cells(
            write.Request.Tab, tab, tab.Place.Bottom + again, tab.Columns.Keys.Count, tab.GridColumns, "userEnteredValue", ct))
            if (row > tab.Place.Top && ValuesBeside.IsValue(cell)) beside.Add((row, column));
        if (beside.Count == 0) return [];

        var (first, last) = (beside.Min(cell => cell.Row), beside.Max(cell => cell.Row));
        var keys = new ValuesBeside(write, tab);
        var now = new List<IList<object>>();
        for (var row = first; row <= last; row += ChunkCells)
        {
            var range = Rectangles.Of(tab.SheetId, row, Math.Min(row + ChunkCells, last + 1), keys.First, keys.End);
            var read = (await reader.Values(write.Request.Tab, [range], ct))[0] ?? [];
            now.AddRange(Enumerable.Range(0, range.EndRowIndex!.Value - row).Select(i => i < read.Count ? read[i] : []));
        }
        return keys.Moved(beside, row => now[row - first]);
    }

    /// <summary>The cells from our headings to a row which hold anything, between two columns, in chunks.</summary>
    private async IAsyncEnumerable<(int Row, int Column, CellData Cell)> Cells(
        TabReference reference, FoundTab tab, int bottom, int column, int endColumn, string fields,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        endColumn = Math.Min(endColumn, tab.GridColumns);
        bottom = Math.Min(bottom, tab.GridRows);
        if (column >= endColumn) yield break;
        var height = Math.Max(1, ChunkCells / (endColumn - column));
        for (var row = tab.Place.Top; row < bottom; row += height)
        {
            var range = Rectangles.Of(tab.SheetId, row, Math.Min(row + height, bottom), column, endColumn);
            var rows = await reader.Entered(reference, range, fields, ct);
            for (var i = 0; i < rows.Count; i++)
                for (var j = 0; j < (rows[i].Values?.Count ?? 0); j++)
                    if (rows[i].Values[j] is { } cell) yield return (row + i, column + j, cell);
        }
    }
}
