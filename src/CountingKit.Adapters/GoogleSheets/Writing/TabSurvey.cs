using CountingKit.Spreadsheets;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Looks at the cells of a tab that is there before anything is written to it.</summary>
internal sealed class TabSurvey(SheetReader reader)
{
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
        var (moved, beside) = await Beside(write, tab, again, ct);
        if (moved.Count > 0 && !write.Request.WriteAnyway) throw ValuesBeside.Refuse(tab, moved);
        return new(Surroundings.Headings(values), formulas, pivots, below)
        {
            Moved = moved, Beside = beside, Echoes = again,
            PivotsElsewhere = write.Bottom > tab.Place.Bottom ? await pivotsElsewhere.Find(write, tab, ct) : [],
        };
    }

    private async Task<(List<(int, int)> Formulas, List<(int, int)> Pivots)> Inside(
        TabReference reference, FoundTab tab, CancellationToken ct)
    {
        List<(int Row, int Column)> formulas = [], pivots = [];
        await foreach (var (row, column, cell) in reader.Filled(
            reference, tab, tab.Place.Bottom, 0, tab.Columns.Keys.Count,
            "userEnteredValue(formulaValue),pivotTable(source)", ct))
        {
            if (cell.UserEnteredValue?.FormulaValue is not null) formulas.Add((row, column));
            if (cell.PivotTable is not null) pivots.Add((row, column));
        }
        return (formulas, pivots);
    }

    /// <summary>
    /// The cells with values that would end beside other records, or beside none where one stood once more; and what the look
    /// after the write is compared with: null = it can find nothing.
    /// </summary>
    private async Task<(IReadOnlyList<string> Moved, SeenBeside? Seen)> Beside(
        TabWrite write, FoundTab tab, int again, CancellationToken ct)
    {
        if (tab.GridColumns <= tab.Columns.Keys.Count) return ([], null);
        var height = Math.Min(tab.Place.Bottom + again, tab.GridRows) - tab.Place.Top;
        // As far down as the look after the write: what stands beside rows to come is not new there.
        var look = Math.Max(height, Math.Min(write.Bottom, tab.GridRows) - tab.Place.Top);
        var now = await BesideLook.Of(reader, write.Request.Tab, tab, look, ct);
        var changed = await new ValuesBeside(write, tab).Changed(reader, height, ct);
        var isWorthALook = now.Rows.Count > 0 || changed.Count > 0;
        return (now.CellsIn(changed), isWorthALook ? new SeenBeside(look, now.Rows, changed) : null);
    }
}
