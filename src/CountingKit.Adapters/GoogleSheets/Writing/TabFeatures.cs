using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Everything that people can make on a tab of ours, one declaration each.</summary>
internal static class TabFeatures
{
    public static IReadOnlyList<TabFeature> All { get; } =
    [
        new TabFeature.Refuse("protected range", (write, tab, _) => Obstacles.RefuseProtected(write, tab)),
        new TabFeature.Refuse("merged cells", (write, tab, _) => Obstacles.RefuseMerged(write, tab)),
        new TabFeature.Refuse("table across the edge of the data", (write, tab, _) => Obstacles.RefuseTables(write, tab)),
        new TabFeature.Refuse("pivot table inside the data", (_, tab, sight) => Obstacles.RefusePivots(tab, sight)),
        new TabFeature.Follow("table", Tables),
        new TabFeature.Follow("filter", (write, tab) => FilterExtent.After(write, tab) is { } filter
            ? [new() { SetBasicFilter = new() { Filter = filter } }] : []),
        new TabFeature.Follow("filter view", (write, tab) =>
            from view in tab.Sheet.FilterViews ?? []
            where view.TableId is null && view.NamedRangeId is null
            let range = Extents.After(view.Range, write, tab)
            where range is not null
            select new Request
            {
                UpdateFilterView = new()
                {
                    Filter = new() { FilterViewId = view.FilterViewId, Range = range }, Fields = "range",
                },
            }),
        new TabFeature.Follow("slicer", (write, tab) =>
            from slicer in write.Spreadsheet.Sheets.SelectMany(s => s.Slicers ?? [])
            let range = Extents.After(slicer.Spec?.DataRange, write, tab)
            where range is not null
            select new Request
            {
                UpdateSlicerSpec = new()
                {
                    SlicerId = slicer.SlicerId, Spec = new() { DataRange = range }, Fields = "dataRange",
                },
            }),
        new TabFeature.Follow("alternating colors", (write, tab) =>
            from banding in tab.Sheet.BandedRanges ?? []
            let range = Extents.After(banding.Range, write, tab)
            where range is not null
            select new Request
            {
                UpdateBanding = new()
                {
                    BandedRange = new() { BandedRangeId = banding.BandedRangeId, Range = range }, Fields = "range",
                },
            }),
        new TabFeature.Follow("named range of a person", (write, tab) =>
            from name in write.Spreadsheet.NamedRanges ?? []
            where name.NamedRangeId != write.NamedRangeId
            let range = Extents.After(name.Range, write, tab)
            where range is not null
            select new Request
            {
                UpdateNamedRange = new()
                {
                    NamedRange = new() { NamedRangeId = name.NamedRangeId, Range = range }, Fields = "range",
                },
            }),
        new TabFeature.Warn("chart", (write, tab, _) =>
            from sheet in write.Spreadsheet.Sheets
            from chart in sheet.Charts ?? []
            where ChartSources.Of(chart).Any(source => Extents.MissesNewRows(source, write, tab))
            select Told(SheetCodes.EndsBefore, $"The chart {chart.Spec?.Title ?? "without a title"} on the tab "
                + $"{sheet.Properties.Title} shows the rows up to {tab.Place.Bottom}; the data now goes to row {write.Bottom}.")),
        new TabFeature.Warn("pivot table elsewhere", (write, tab, sight) =>
            from pivot in sight.PivotsElsewhere
            where Extents.MissesNewRows(pivot.Source, write, tab)
            select Told(SheetCodes.EndsBefore, $"The pivot table at {A1.Cell(pivot.Row, pivot.Column)} on the tab "
                + $"{pivot.Tab} counts the rows up to {tab.Place.Bottom}; the data now goes to row {write.Bottom}.")),
        new TabFeature.Warn("conditional format", (write, tab, _) =>
            (tab.Sheet.ConditionalFormats ?? []).Any(rule =>
                (rule.Ranges ?? []).Any(range => Extents.MissesNewRows(range, write, tab)))
                ? [Told(SheetCodes.EndsBefore, $"A conditional format of the tab {tab.Title} covers the rows up to "
                    + $"{tab.Place.Bottom}; the data now goes to row {write.Bottom}.")] : []),
        new TabFeature.Warn("formula inside the data", (_, tab, sight) => sight.Formulas is [var first, ..]
            ? [Told(SheetCodes.FormulaReplaced, $"In the tab {tab.Title} {SheetWords.Cells(sight.Formulas.Count)} inside the "
                + $"data held a formula, the first in {A1.Cell(first.Row, first.Column)}: the exported value is there now.")]
            : []),
        new TabFeature.Warn("renamed heading", (_, tab, sight) => Surroundings.Renamed(tab, sight.Headings) is { } renamed
            ? [Told(SheetCodes.HeadingRestored, $"In the tab {tab.Title} the heading {renamed.Was} had become "
                + $"{renamed.Now}: it was written again.")]
            : []),
        new TabFeature.Stay("validation of cells", "It stands at its cells; values that we write are not held to it."),
        new TabFeature.Stay("hidden rows and columns", "They hold the data all the same."),
        new TabFeature.Stay("frozen rows and columns", "They are the tab's."),
        new TabFeature.Stay("groups of rows and columns", "Google moves them with the grid."),
        new TabFeature.Stay("formula beside the data", "It goes on pointing where it points."),
    ];

    private static IEnumerable<Request> Tables(TabWrite write, FoundTab tab) =>
        from table in tab.Sheet.Tables ?? []
        let range = Extents.After(table.Range, write, tab, shrinks: true)
        where range is not null
        select new Request
        {
            UpdateTable = new() { Table = new() { TableId = table.TableId, Range = WithARow(range) }, Fields = "range" },
        };

    /// <summary>A table without a row below its headings is none.</summary>
    private static GridRange WithARow(GridRange range)
    {
        if (range.EndRowIndex is { } end) range.EndRowIndex = Math.Max(end, (range.StartRowIndex ?? 0) + 2);
        return range;
    }

    private static WriteWarning Told(ErrorCode code, string what) => new(code.Code, $"{what} {code.Advice}");
}
