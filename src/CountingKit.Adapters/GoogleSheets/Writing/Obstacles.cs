using System.Globalization;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using Spreadsheet = Google.Apis.Sheets.v4.Data.Spreadsheet;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>What can stand in the way of a write, told before anything is written.</summary>
internal static class Obstacles
{
    /// <summary>Google's limit for a spreadsheet, by the size of its tabs, blank and hidden cells included.</summary>
    public const long MostCells = 10_000_000;

    public static void RefuseSameHeadings(ColumnLayout layout)
    {
        var twice = layout.Headings.GroupBy(h => h, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(g => g.Skip(1).Any());
        if (twice is not null)
            throw Refused(SheetCodes.SameHeading, $"Two columns have the heading {twice.Key}.");
    }

    /// <param name="isStaged">Rows are gathered in a hidden tab first, which stands beside the old and the new rows.</param>
    public static void RefuseWithoutRoom(Room room, bool isStaged)
    {
        var (now, more, staged) = (room.Now, room.More, isStaged ? room.Staged : 0);
        if (now + more + staged > MostCells)
            throw Refused(SheetCodes.TooManyCells,
                $"{Count(room.Height)} rows × {Count(room.Layout.Count)} columns need {Count(more)} more cells"
                + (isStaged ? $", and {Count(staged)} in a hidden tab until they are in place" : "")
                + $". The spreadsheet has {Count(now)} by the size of its tabs, and Google's limit is {Count(MostCells)}.");
    }

    public static void RefuseProtected(TabWrite write, FoundTab tab)
    {
        var area = Touched(write, tab);
        var closed = (tab.Sheet.ProtectedRanges ?? [])
            .Where(p => p.WarningOnly != true && p.RequestingUserCanEdit == false)
            .FirstOrDefault(p => Rectangles.Meet(Range(p) ?? area, area)
                && !(p.UnprotectedRanges ?? []).Any(open => open is not null && Rectangles.Holds(open, area)));
        if (closed is not null)
            throw Refused(SheetCodes.Protected, $"The tab {tab.Title} has a protected range in the data"
                + (closed.Description is { Length: > 0 } words ? $" ({words})" : "") + " that we may not edit.");

        GridRange? Range(ProtectedRange p) =>
            p.Range ?? write.Spreadsheet.NamedRanges?.FirstOrDefault(n => n.NamedRangeId == p.NamedRangeId)?.Range
            ?? tab.Sheet.Tables?.FirstOrDefault(t => t.TableId == p.TableId)?.Range;
    }

    public static void RefuseMerged(TabWrite write, FoundTab tab)
    {
        if ((tab.Sheet.Merges ?? []).FirstOrDefault(m => Rectangles.Meet(m, Touched(write, tab))) is { } merged)
            throw Refused(SheetCodes.Merged, $"The tab {tab.Title} has merged cells in the data, at "
                + $"{A1.Cell(merged.StartRowIndex ?? 0, merged.StartColumnIndex ?? 0)}.");
    }

    public static void RefuseTables(TabWrite write, FoundTab tab)
    {
        if ((tab.Sheet.Tables ?? []).FirstOrDefault(table => table.Range is { } range
            && Rectangles.Meet(range, Touched(write, tab)) && (range.StartRowIndex ?? 0) != tab.Place.Top) is { } across)
            throw Refused(SheetCodes.TableInTheWay, $"In the tab {tab.Title} the table {across.Name} begins at "
                + $"{A1.Cell(across.Range.StartRowIndex ?? 0, across.Range.StartColumnIndex ?? 0)}, not at the headings.");
    }

    public static void RefusePivots(FoundTab tab, TabSight sight)
    {
        if (sight.Pivots is [var pivot, ..])
            throw Refused(SheetCodes.PivotInTheWay,
                $"In the tab {tab.Title} a pivot table begins at {A1.Cell(pivot.Row, pivot.Column)}.");
    }

    /// <summary>What the write will touch, as the tab is now.</summary>
    private static GridRange Touched(TabWrite write, FoundTab tab) => Rectangles.Of(
        tab.SheetId, tab.Place.Top, Math.Max(write.Bottom, tab.Place.Bottom + write.Echoes), 0, tab.Columns.Keys.Count);

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static SpreadsheetException Refused(ErrorCode code, string what) =>
        new(SpreadsheetProblem.Refused, code.Code, $"{what} Nothing was written. {code.Advice}");
}

/// <summary>The cells that a write needs, by the size of the tabs, as Google counts them.</summary>
/// <param name="Orphans">Tabs that are deleted before.</param>
/// <param name="Tab">Null = it will be made.</param>
/// <param name="Height">Rows with the header.</param>
internal sealed record Room(Spreadsheet Spreadsheet, IReadOnlyList<int> Orphans, FoundTab? Tab, long Height, ColumnLayout Layout)
{
    public long Now => (Spreadsheet.Sheets ?? []).Where(sheet => !Orphans.Contains(sheet.Properties.SheetId ?? 0)).Sum(sheet =>
        (long)(sheet.Properties.GridProperties?.RowCount ?? 0) * (sheet.Properties.GridProperties?.ColumnCount ?? 0));

    public long More => Tab is null
        ? Height * Layout.Count
        : (Math.Max(Tab.GridRows, Tab.Place.Top + Height)
            * (Math.Max(Tab.GridColumns, Tab.Columns.Keys.Count) + Layout.Columns.Count(column => column.IsNew)))
            - ((long)Tab.GridRows * Tab.GridColumns);

    public long Staged => Height * Layout.Count;
}
