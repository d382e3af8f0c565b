using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>A person's filter over our data grows with it; what it hides and how it sorts stays.</summary>
internal static class FilterExtent
{
    /// <summary>The filter as it must be set after columns were inserted and rows added; null = leave it.</summary>
    /// <param name="inserted">In the order in which they are inserted.</param>
    /// <param name="before">Our columns before that.</param>
    public static BasicFilter? After(
        BasicFilter? filter, IReadOnlyList<(int Start, int End)> inserted, int before, int columns, int height)
    {
        if (filter?.Range is not { StartRowIndex: null or 0 } range) return null;
        if ((range.StartColumnIndex ?? 0) >= before) return null;
        int? end = range.EndColumnIndex is not { } old ? null
            : old == before ? columns
            : Shifted(old - 1, inserted) + 1;
        int? endRow = range.EndRowIndex is { } rows ? Math.Max(rows, height) : null;
        if (endRow == range.EndRowIndex && inserted.Count == 0) return null;
        return new()
        {
            Range = new()
            {
                SheetId = range.SheetId, StartRowIndex = 0, EndRowIndex = endRow,
                StartColumnIndex = Shifted(range.StartColumnIndex, inserted), EndColumnIndex = end,
            },
            SortSpecs = filter.SortSpecs?.Select(s => Moved(s, inserted)).ToList(),
            FilterSpecs = filter.FilterSpecs?.Select(s => Moved(s, inserted)).ToList(),
        };
    }

    private static SortSpec Moved(SortSpec spec, IReadOnlyList<(int Start, int End)> inserted) => new()
    {
        DimensionIndex = Shifted(spec.DimensionIndex, inserted), SortOrder = spec.SortOrder,
        BackgroundColorStyle = spec.BackgroundColorStyle, ForegroundColorStyle = spec.ForegroundColorStyle,
    };

    private static FilterSpec Moved(FilterSpec spec, IReadOnlyList<(int Start, int End)> inserted) => new()
    {
        ColumnIndex = Shifted(spec.ColumnIndex, inserted), FilterCriteria = spec.FilterCriteria,
    };

    private static int Shifted(int? index, IReadOnlyList<(int Start, int End)> inserted) =>
        inserted.Aggregate(index ?? 0, (at, added) => at >= added.Start ? at + added.End - added.Start : at);
}
