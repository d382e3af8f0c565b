using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// Where our cells stand in a tab, 0-based, ends exclusive. Our named range tells: it moves, grows and shrinks with the
/// sheet when people insert, delete or move rows and columns. Where it is gone, the last run's stamp is all that is known.
/// </summary>
/// <param name="Top">The row of the headings.</param>
/// <param name="IsNamed">False = only the stamp tells: rows inserted since then are not in it.</param>
internal readonly record struct TabPlace(int Top, int Bottom, int Left, int Right, bool IsNamed)
{
    public static TabPlace Of(IEnumerable<NamedRange>? names, Guid exporterId, int sheetId, RunStamp stamp) =>
        names?.FirstOrDefault(n => n.NamedRangeId == TabNames.RangeId(exporterId))?.Range is
            { EndRowIndex: { } bottom, EndColumnIndex: { } right } range && (range.SheetId ?? 0) == sheetId
            ? new(range.StartRowIndex ?? 0, bottom, range.StartColumnIndex ?? 0, right, IsNamed: true)
            : new(0, (int)stamp.Rows + 1, 0, stamp.Columns, IsNamed: false);
}

/// <summary>Rectangles of one tab.</summary>
internal static class Rectangles
{
    public static GridRange Of(int sheetId, int row, int endRow, int column, int endColumn) => new()
    {
        SheetId = sheetId, StartRowIndex = row, EndRowIndex = endRow, StartColumnIndex = column, EndColumnIndex = endColumn,
    };

    /// <summary>Whether two rectangles share a cell; a missing index is unbounded.</summary>
    public static bool Meet(GridRange a, GridRange b) =>
        Cross(a.StartRowIndex, a.EndRowIndex, b.StartRowIndex, b.EndRowIndex)
        && Cross(a.StartColumnIndex, a.EndColumnIndex, b.StartColumnIndex, b.EndColumnIndex);

    public static bool Holds(GridRange outer, GridRange inner) =>
        Covers(outer.StartRowIndex, outer.EndRowIndex, inner.StartRowIndex, inner.EndRowIndex)
        && Covers(outer.StartColumnIndex, outer.EndColumnIndex, inner.StartColumnIndex, inner.EndColumnIndex);

    /// <summary>As Google leaves zeros out of its answers.</summary>
    public static bool Same(GridRange? a, GridRange? b) =>
        a is not null && b is not null && (a.SheetId ?? 0) == (b.SheetId ?? 0)
        && (a.StartRowIndex ?? 0) == (b.StartRowIndex ?? 0) && a.EndRowIndex == b.EndRowIndex
        && (a.StartColumnIndex ?? 0) == (b.StartColumnIndex ?? 0) && a.EndColumnIndex == b.EndColumnIndex;

    private static bool Cross(int? start, int? end, int? otherStart, int? otherEnd) =>
        (start ?? 0) < (otherEnd ?? int.MaxValue) && (otherStart ?? 0) < (end ?? int.MaxValue);

    private static bool Covers(int? start, int? end, int? innerStart, int? innerEnd) =>
        (start ?? 0) <= (innerStart ?? 0) && (end ?? int.MaxValue) >= (innerEnd ?? int.MaxValue);
}
