using CountingKit.Spreadsheets;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// What stands in the tab around our cells, as read before a write: the headings (have our columns been moved?), and
/// the rows that the data is about to grow into.
/// </summary>
internal static class Surroundings
{
    /// <summary>How far right of our columns a moved heading is looked for.</summary>
    private const int Beyond = 50;

    /// <summary>In A1 notation: the heading row, and where the data grows, the rows below it.</summary>
    /// <param name="height">Rows with the header, after the write.</param>
    public static IReadOnlyList<string> Ranges(FoundTab tab, long height)
    {
        var columns = tab.Columns.Keys.Count;
        List<string> ranges = [A1.Rows(tab.Title, 0, 1, Math.Max(1, Math.Min(tab.GridColumns, columns + Beyond)))];
        var (below, end) = (tab.Stamp.Rows + 1, Math.Min(height, tab.GridRows));
        if (below < end) ranges.Add(A1.Rows(tab.Title, below, end, columns));
        return ranges;
    }

    public static void Check(FoundTab tab, IReadOnlyList<IList<IList<object>>?> values)
    {
        if (Moved(tab.Columns.Headings, values[0] is [var row, ..] ? row : []))
            throw Refused(SheetCodes.ColumnsMoved,
                $"In the tab {tab.Title} the columns are not where the last run left them.");
        if (values.Count < 2) return;
        var rows = values[1] ?? [];
        for (var i = 0; i < rows.Count; i++)
            if (rows[i].Any(IsFilled))
                throw Refused(SheetCodes.InTheWay,
                    $"In the tab {tab.Title} row {tab.Stamp.Rows + 2 + i} holds something that is not ours, and the "
                    + "data has more rows now.");
    }

    /// <summary>
    /// A heading that a person renamed is no harm. One that stands elsewhere has been moved; foreign ones at the right
    /// end are columns of somebody's own that slid in where one of ours was deleted.
    /// </summary>
    internal static bool Moved(IReadOnlyList<string> expected, IList<object> actual)
    {
        var wrong = Enumerable.Range(0, expected.Count).Where(i => At(i) != expected[i]).ToList();
        if (wrong.Exists(i => Enumerable.Range(0, actual.Count).Any(j => j != i && At(j) == expected[i]))) return true;
        return Enumerable.Range(1, expected.Count).Select(i => expected.Count - i)
            .TakeWhile(wrong.Contains).Any(i => At(i) != "");

        string At(int i) => i < actual.Count ? actual[i]?.ToString() ?? "" : "";
    }

    private static bool IsFilled(object? value) => value is not (null or "");

    private static SpreadsheetException Refused(ErrorCode code, string what) =>
        new(SpreadsheetProblem.Refused, code.Code, $"{what} Nothing was written. {code.Advice}");
}
