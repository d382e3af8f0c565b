using System.Globalization;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>A person's filter over our data grows with it; what it hides and how it sorts stays.</summary>
internal static class FilterExtent
{
    /// <summary>The filter as it must be set after columns were inserted and rows added; null = leave it.</summary>
    public static BasicFilter? After(TabWrite write, FoundTab tab)
    {
        var (filter, inserted) = (tab.Sheet.BasicFilter, write.Layout.Inserted);
        if (filter?.Range is not { } range || (range.StartRowIndex ?? 0) != tab.Place.Top) return null;
        var before = tab.Columns.Keys.Count;
        if ((range.StartColumnIndex ?? 0) >= before) return null;
        int? end = range.EndColumnIndex is not { } old ? null
            : old == before ? write.Layout.Count
            : Extents.Shifted(old - 1, inserted) + 1;
        int? endRow = range.EndRowIndex is { } rows ? Math.Max(rows, write.Bottom) : null;
        if (endRow == range.EndRowIndex && inserted.Count == 0) return null;
        return new()
        {
            Range = new()
            {
                SheetId = range.SheetId, StartRowIndex = tab.Place.Top, EndRowIndex = endRow,
                StartColumnIndex = Extents.Shifted(range.StartColumnIndex, inserted), EndColumnIndex = end,
            },
            SortSpecs = filter.SortSpecs?.Select(s => Moved(s, inserted)).ToList(),
            FilterSpecs = Specs(filter)?.Select(s => Moved(s, inserted)).ToList(),
        };
    }

    /// <summary>An older form tells the criteria by column number: setting a filter without them would drop them.</summary>
    private static IEnumerable<FilterSpec>? Specs(BasicFilter filter) => filter.FilterSpecs is { Count: > 0 } specs
        ? specs
        : filter.Criteria?.OrderBy(c => int.Parse(c.Key, CultureInfo.InvariantCulture)).Select(c => new FilterSpec
        {
            ColumnIndex = int.Parse(c.Key, CultureInfo.InvariantCulture), FilterCriteria = c.Value,
        });

    private static SortSpec Moved(SortSpec spec, IReadOnlyList<(int Start, int End)> inserted) => new()
    {
        DimensionIndex = Extents.Shifted(spec.DimensionIndex, inserted), SortOrder = spec.SortOrder,
        BackgroundColorStyle = spec.BackgroundColorStyle, ForegroundColorStyle = spec.ForegroundColorStyle,
    };

    private static FilterSpec Moved(FilterSpec spec, IReadOnlyList<(int Start, int End)> inserted) => new()
    {
        ColumnIndex = Extents.Shifted(spec.ColumnIndex, inserted), FilterCriteria = spec.FilterCriteria,
    };
}
