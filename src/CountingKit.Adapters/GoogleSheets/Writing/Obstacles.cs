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

    /// <param name="tab">Null = it will be made.</param>
    /// <param name="height">Rows with the header.</param>
    public static void RefuseWithoutRoom(Spreadsheet spreadsheet, FoundTab? tab, long height, int columns, int added)
    {
        var now = (spreadsheet.Sheets ?? []).Sum(s =>
            (long)(s.Properties.GridProperties?.RowCount ?? 0) * (s.Properties.GridProperties?.ColumnCount ?? 0));
        var more = tab is null
            ? height * columns
            : (Math.Max(tab.GridRows, height) * (tab.GridColumns + added)) - ((long)tab.GridRows * tab.GridColumns);
        if (now + more > MostCells)
            throw Refused(SheetCodes.TooManyCells,
                $"{Count(height)} rows × {Count(columns)} columns need {Count(more)} more cells. The spreadsheet has "
                + $"{Count(now)} by the size of its tabs, and Google's limit is {Count(MostCells)}.");
    }

    /// <param name="area">What the write will touch, as the tab is now.</param>
    public static void RefuseProtected(FoundTab tab, GridRange area, IEnumerable<NamedRange> names)
    {
        var closed = (tab.Sheet.ProtectedRanges ?? [])
            .Where(p => p.WarningOnly != true && p.RequestingUserCanEdit == false)
            .FirstOrDefault(p => Meet(Range(p) ?? area, area));
        if (closed is not null)
            throw Refused(SheetCodes.Protected, $"The tab {tab.Title} has a protected range in the data"
                + (closed.Description is { Length: > 0 } words ? $" ({words})" : "") + " that we may not edit.");
        if ((tab.Sheet.Merges ?? []).FirstOrDefault(m => Meet(m, area)) is { } merged)
            throw Refused(SheetCodes.Merged,
                $"The tab {tab.Title} has merged cells in the data, at {A1.Column(merged.StartColumnIndex ?? 0)}"
                + $"{Count((merged.StartRowIndex ?? 0) + 1)}.");

        GridRange? Range(ProtectedRange p) =>
            p.Range ?? names.FirstOrDefault(n => n.NamedRangeId == p.NamedRangeId)?.Range;
    }

    /// <summary>Whether two rectangles of one tab share a cell; a missing index is unbounded.</summary>
    private static bool Meet(GridRange a, GridRange b) =>
        Cross(a.StartRowIndex, a.EndRowIndex, b.StartRowIndex, b.EndRowIndex)
        && Cross(a.StartColumnIndex, a.EndColumnIndex, b.StartColumnIndex, b.EndColumnIndex);

    private static bool Cross(int? start, int? end, int? otherStart, int? otherEnd) =>
        (start ?? 0) < (otherEnd ?? int.MaxValue) && (otherStart ?? 0) < (end ?? int.MaxValue);

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static SpreadsheetException Refused(ErrorCode code, string what) =>
        new(SpreadsheetProblem.Refused, code.Code, $"{what} Nothing was written. {code.Advice}");
}
