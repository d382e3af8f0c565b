using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// What stands in the tab around our cells, as read before a write: the headings (have our columns been moved?), the rows
/// that the data is about to grow into, and the one that will be right below it.
/// </summary>
internal static class Surroundings
{
    /// <summary>How far right of our columns a moved heading is looked for.</summary>
    private const int Beyond = 50;

    /// <exception cref="SpreadsheetException">Columns were inserted, deleted or moved, as our named range tells.</exception>
    public static void CheckPlace(FoundTab tab)
    {
        var (place, own) = (tab.Place, tab.Columns.Keys.Count);
        if (place.Left > 0 || place.Right > own || (place.Right < own && place.Right < tab.GridColumns)) throw Moved(tab);
        if (place.Top >= tab.GridRows)
            throw Refused(SheetCodes.ColumnsMoved, $"In the tab {tab.Title} the rows of the last run are gone.");
    }

    /// <summary>The row of the headings, and the rows from the end of our data to where it will end, and one more.</summary>
    /// <param name="bottom">Below the last row, after the write.</param>
    public static IReadOnlyList<GridRange> Ranges(FoundTab tab, int bottom)
    {
        var (place, own) = (tab.Place, tab.Columns.Keys.Count);
        List<GridRange> ranges = [Rectangles.Of(tab.SheetId, place.Top, place.Top + 1, 0, Math.Min(tab.GridColumns, own + Beyond))];
        var end = Math.Min(Math.Max(bottom, place.Bottom) + 1, tab.GridRows);
        if (place.Bottom < end)
            ranges.Add(Rectangles.Of(tab.SheetId, place.Bottom, end, 0, Math.Min(tab.GridColumns, own)));
        return ranges;
    }

    /// <param name="values">Of <see cref="Ranges"/>.</param>
    /// <exception cref="SpreadsheetException">Columns were moved, as the headings tell.</exception>
    public static void CheckHeadings(FoundTab tab, IReadOnlyList<IList<IList<object>>?> values)
    {
        if (Moved(tab.Columns.Headings, Headings(values))) throw Moved(tab);
    }

    /// <summary>The row right below ours as it is now; nothing where the grid ends.</summary>
    /// <param name="values">Of <see cref="Ranges"/>.</param>
    public static IList<object> RightBelow(IReadOnlyList<IList<IList<object>>?> values) =>
        values.Count > 1 && values[1] is [var row, ..] ? row : [];

    /// <param name="values">Of <see cref="Ranges"/>.</param>
    /// <param name="echoes">So many of the rows below ours are our records once more.</param>
    /// <returns>What will stand right below the last row: nothing where the data gets shorter.</returns>
    public static IList<object> Check(
        FoundTab tab, int bottom, IReadOnlyList<IList<IList<object>>?> values, int echoes = 0)
    {
        var rows = values.Count < 2 ? [] : values[1] ?? [];
        // Without our named range nobody can say that no row was inserted: the last record may stand right below.
        var ours = Math.Max(bottom - tab.Place.Bottom, tab.Place.IsNamed ? 0 : 1);
        for (var i = echoes; i < Math.Min(ours, rows.Count); i++)
            if (rows[i].Any(IsFilled))
                throw Refused(SheetCodes.InTheWay,
                    $"In the tab {tab.Title} row {tab.Place.Bottom + 1 + i} holds something that is not ours, "
                    + (bottom > tab.Place.Bottom + i ? "and the data has more rows now." : "and our named range was deleted."));
        var below = bottom - tab.Place.Bottom;
        return below >= echoes && below < rows.Count ? rows[below] : [];
    }

    public static IList<object> Headings(IReadOnlyList<IList<IList<object>>?> values) =>
        values[0] is [var row, ..] ? row : [];

    /// <summary>
    /// A heading that a person renamed is no harm. One that stands elsewhere has been moved; foreign ones at the right
    /// end are columns of somebody's own that slid in where one of ours was deleted.
    /// </summary>
    internal static bool Moved(IReadOnlyList<string> expected, IList<object> actual)
    {
        var wrong = Enumerable.Range(0, expected.Count).Where(i => At(actual, i) != expected[i]).ToList();
        if (wrong.Exists(i => Enumerable.Range(0, actual.Count).Any(j => j != i && At(actual, j) == expected[i]))) return true;
        return Enumerable.Range(1, expected.Count).Select(i => expected.Count - i)
            .TakeWhile(wrong.Contains).Any(i => At(actual, i) != "");
    }

    /// <summary>The first heading that a person renamed in its place; null = none.</summary>
    internal static (string Was, string Now)? Renamed(FoundTab tab, IList<object> headings)
    {
        var expected = tab.Columns.Headings;
        for (var i = 0; i < Math.Min(expected.Count, headings.Count); i++)
            if (At(headings, i) is var now && now != expected[i]) return (expected[i], now is "" ? "blank" : now);
        return null;
    }

    private static string At(IList<object> row, int i) => i < row.Count ? row[i]?.ToString() ?? "" : "";

    private static bool IsFilled(object? value) => value is not (null or "");

    private static SpreadsheetException Moved(FoundTab tab) => Refused(SheetCodes.ColumnsMoved,
        $"In the tab {tab.Title} the columns are not where the last run left them.");

    private static SpreadsheetException Refused(ErrorCode code, string what) =>
        new(SpreadsheetProblem.Refused, code.Code, $"{what} Nothing was written. {code.Advice}");
}
