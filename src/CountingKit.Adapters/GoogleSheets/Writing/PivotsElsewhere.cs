using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <param name="Tab">The title of the tab where it stands.</param>
/// <param name="Source">Null = it reads no cells, or Google did not say which.</param>
internal sealed record FoundPivot(string Tab, int Row, int Column, GridRange? Source);

/// <summary>
/// Looks for the pivot tables that stand outside of our rows, on any tab. Google tells of them only with the cells that
/// they begin at, and a minute has so many reads: small tabs come first, and of very large ones only the beginning.
/// </summary>
internal sealed class PivotsElsewhere(SheetReader reader)
{
    private const int CellsOfACall = 100_000;
    private const int MostCells = 1_000_000;

    public async Task<IReadOnlyList<FoundPivot>> Find(TabWrite write, FoundTab tab, CancellationToken ct)
    {
        List<FoundPivot> found = [];
        List<GridRange> asked = [];
        var (inCall, inAll) = (0L, 0L);
        foreach (var range in Around(write, tab).OrderBy(Size).SelectMany(Pieces))
        {
            var size = Size(range);
            if (inAll + size > MostCells) break;
            if (inCall + size > CellsOfACall)
            {
                found.AddRange(await reader.Pivots(write.Request.Tab, asked, ct));
                asked.Clear();
                inCall = 0;
            }
            asked.Add(range);
            (inCall, inAll) = (inCall + size, inAll + size);
        }
        if (asked.Count > 0) found.AddRange(await reader.Pivots(write.Request.Tab, asked, ct));
        return found;
    }

    /// <summary>Every tab with cells; of ours, what is not our data.</summary>
    private static IEnumerable<GridRange> Around(TabWrite write, FoundTab tab)
    {
        foreach (var sheet in write.Spreadsheet.Sheets)
        {
            var (id, grid) = (sheet.Properties.SheetId ?? 0, sheet.Properties.GridProperties);
            var (rows, columns) = (grid?.RowCount ?? 0, grid?.ColumnCount ?? 0);
            if (id != tab.SheetId)
            {
                if (rows > 0 && columns > 0) yield return Rectangles.Of(id, 0, rows, 0, columns);
                continue;
            }
            var own = Math.Min(tab.Columns.Keys.Count, columns);
            if (tab.Place.Top > 0) yield return Rectangles.Of(id, 0, tab.Place.Top, 0, own);
            if (tab.Place.Bottom < rows) yield return Rectangles.Of(id, tab.Place.Bottom, rows, 0, own);
            if (own < columns) yield return Rectangles.Of(id, 0, rows, own, columns);
        }
    }

    private static IEnumerable<GridRange> Pieces(GridRange range)
    {
        var (column, endColumn) = (range.StartColumnIndex!.Value, range.EndColumnIndex!.Value);
        var height = Math.Max(1, CellsOfACall / (endColumn - column));
        for (var row = range.StartRowIndex!.Value; row < range.EndRowIndex!.Value; row += height)
            yield return Rectangles.Of(
                range.SheetId!.Value, row, Math.Min(row + height, range.EndRowIndex!.Value), column, endColumn);
    }

    private static long Size(GridRange range) =>
        (long)(range.EndRowIndex!.Value - range.StartRowIndex!.Value) * (range.EndColumnIndex!.Value - range.StartColumnIndex!.Value);
}
