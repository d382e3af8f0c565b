using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Rectangles of other people over our data: Google moves them, but rows added at the end are outside of them.</summary>
internal static class Extents
{
    /// <summary>The rectangle as it must be set after the write, when it ended where our data ended; null = leave it.</summary>
    /// <param name="shrinks">It also gets shorter with the data.</param>
    public static GridRange? After(GridRange? range, TabWrite write, FoundTab tab, bool shrinks = false)
    {
        if (range is null || !IsOnData(range, tab)) return null;
        var inserted = write.Layout.Inserted;
        var width = tab.Columns.Keys.Count;
        var endRow = range.EndRowIndex == tab.Place.Bottom && (shrinks || write.Bottom > tab.Place.Bottom)
            ? write.Bottom : range.EndRowIndex;
        int? moved = range.EndColumnIndex is { } last ? Shifted(last - 1, inserted) + 1 : null;
        var endColumn = range.EndColumnIndex == width ? write.Layout.Count : moved;
        return endRow == range.EndRowIndex && endColumn == moved ? null : new()
        {
            SheetId = tab.SheetId, StartRowIndex = range.StartRowIndex, EndRowIndex = endRow,
            StartColumnIndex = Shifted(range.StartColumnIndex, inserted), EndColumnIndex = endColumn,
        };
    }

    /// <summary>It ended where our data ended, and the data has more rows now: the new ones are outside.</summary>
    public static bool MissesNewRows(GridRange? range, TabWrite write, FoundTab tab) =>
        range is not null && IsOnData(range, tab)
        && range.EndRowIndex == tab.Place.Bottom && write.Bottom > tab.Place.Bottom;

    /// <param name="inserted">In the order in which they are inserted.</param>
    public static int Shifted(int? index, IReadOnlyList<(int Start, int End)> inserted) =>
        inserted.Aggregate(index ?? 0, (at, added) => at >= added.Start ? at + added.End - added.Start : at);

    private static bool IsOnData(GridRange range, FoundTab tab) =>
        (range.SheetId ?? 0) == tab.SheetId
        && Rectangles.Meet(range, Rectangles.Of(
            tab.SheetId, tab.Place.Top, tab.Place.Bottom, 0, tab.Columns.Keys.Count));
}
