using System.Runtime.CompilerServices;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using Spreadsheet = Google.Apis.Sheets.v4.Data.Spreadsheet;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// Reads of a spreadsheet: what it consists of, and cells. Cells are asked for by rectangle, not in A1 notation: there a
/// tab called <c>Sales: 2025</c> cannot be said.
/// </summary>
internal sealed class SheetReader(GoogleClients clients, GoogleCalls calls)
{
    /// <summary>That one call asks for at most.</summary>
    public const int ChunkCells = 100_000;

    private const string ChartSources =
        "basicChart(domains(domain(sourceRange)),series(series(sourceRange))),"
        + "pieChart(domain(sourceRange),series(sourceRange)),"
        + "bubbleChart(domain(sourceRange),series(sourceRange),groupIds(sourceRange),bubbleLabels(sourceRange),"
        + "bubbleSizes(sourceRange)),"
        + "candlestickChart(domain(data(sourceRange)),data(lowSeries(data(sourceRange)),openSeries(data(sourceRange)),"
        + "closeSeries(data(sourceRange)),highSeries(data(sourceRange)))),"
        + "histogramChart(series(data(sourceRange))),"
        + "orgChart(labels(sourceRange),parentLabels(sourceRange),tooltips(sourceRange)),"
        + "scorecardChart(keyValueData(sourceRange),baselineValueData(sourceRange)),"
        + "treemapChart(labels(sourceRange),parentLabels(sourceRange),sizeData(sourceRange),colorData(sourceRange)),"
        + "waterfallChart(domain(data(sourceRange)),series(data(sourceRange)))";

    private const string Overview =
        "spreadsheetId,properties(title,locale,timeZone),namedRanges,developerMetadata,sheets("
        + "properties(sheetId,title,index,hidden,sheetType,gridProperties),merges,basicFilter,"
        + "filterViews(filterViewId,title,range,namedRangeId,tableId),slicers(slicerId,spec(title,dataRange)),"
        + $"charts(chartId,spec(title,{ChartSources})),bandedRanges(bandedRangeId,range),conditionalFormats(ranges),"
        + "protectedRanges(protectedRangeId,range,namedRangeId,tableId,description,warningOnly,requestingUserCanEdit,"
        + "unprotectedRanges),tables(tableId,name,range),developerMetadata)";

    /// <summary>Everything but cells, in one call.</summary>
    public async Task<Spreadsheet> Spreadsheet(Guid accountId, string spreadsheetId, CancellationToken ct)
    {
        using var service = clients.Sheets(accountId);
        var get = service.Spreadsheets.Get(spreadsheetId);
        get.Fields = Overview;
        return WithoutGaps(await calls.Repeat(get, ct));
    }

    public async Task<FoundTab?> Tab(TabReference tab, CancellationToken ct) =>
        TabFinder.Find(await Spreadsheet(tab.AccountId, tab.SpreadsheetId, ct), tab.ExporterId, tab.SheetId);

    /// <summary>Typed values of rectangles that the grid has, in their order; null = nothing there. One call.</summary>
    public async Task<IReadOnlyList<IList<IList<object>>?>> Values(
        TabReference tab, IReadOnlyList<GridRange> ranges, CancellationToken ct)
    {
        using var service = clients.Sheets(tab.AccountId);
        var body = new BatchGetValuesByDataFilterRequest
        {
            DataFilters = [.. ranges.Select(range => new DataFilter { GridRange = range })],
            MajorDimension = "ROWS", ValueRenderOption = "UNFORMATTED_VALUE", DateTimeRenderOption = "SERIAL_NUMBER",
        };
        var answer = await calls.Repeat(service.Spreadsheets.Values.BatchGetByDataFilter(body, tab.SpreadsheetId), ct);
        var found = (answer.ValueRanges ?? []).Where(matched => matched is not null).ToList();
        return [.. ranges.Select((range, i) => (found.Find(matched => Asked(matched, range))
            ?? (i < found.Count && found[i].DataFilters is null ? found[i] : null))?.ValueRange?.Values)];
    }

    /// <summary>Cells as they were entered, by row from the rectangle's first on; blank ones have no content.</summary>
    /// <param name="cellFields">Such as <c>userEnteredValue</c>: nothing else is sent.</param>
    public async Task<IReadOnlyList<RowData>> Entered(
        TabReference tab, GridRange range, string cellFields, CancellationToken ct)
    {
        using var service = clients.Sheets(tab.AccountId);
        var body = new GetSpreadsheetByDataFilterRequest { DataFilters = [new() { GridRange = range }] };
        var get = service.Spreadsheets.GetByDataFilter(body, tab.SpreadsheetId);
        get.Fields = $"sheets(properties(sheetId),data(startRow,startColumn,rowData(values({cellFields}))))";
        var sheet = (await calls.Repeat(get, ct)).Sheets?.FirstOrDefault(s => s?.Properties?.SheetId == range.SheetId);
        return [.. (sheet?.Data?.FirstOrDefault()?.RowData ?? []).Select(row => row ?? new())];
    }

    /// <summary>The cells from our headings to a row which hold anything, between two columns, in chunks.</summary>
    public async IAsyncEnumerable<(int Row, int Column, CellData Cell)> Filled(
        TabReference reference, FoundTab tab, int bottom, int column, int endColumn, string fields,
        [EnumeratorCancellation] CancellationToken ct)
    {
        endColumn = Math.Min(endColumn, tab.GridColumns);
        bottom = Math.Min(bottom, tab.GridRows);
        if (column >= endColumn) yield break;
        var height = Math.Max(1, ChunkCells / (endColumn - column));
        for (var row = tab.Place.Top; row < bottom; row += height)
        {
            var range = Rectangles.Of(tab.SheetId, row, Math.Min(row + height, bottom), column, endColumn);
            var rows = await Entered(reference, range, fields, ct);
            for (var i = 0; i < rows.Count; i++)
                for (var j = 0; j < (rows[i].Values?.Count ?? 0); j++)
                    if (rows[i].Values[j] is { } cell) yield return (row + i, column + j, cell);
        }
    }

    /// <summary>The pivot tables that begin inside rectangles of any tabs. One call.</summary>
    public async Task<IReadOnlyList<FoundPivot>> Pivots(
        TabReference tab, IReadOnlyList<GridRange> ranges, CancellationToken ct)
    {
        using var service = clients.Sheets(tab.AccountId);
        var body = new GetSpreadsheetByDataFilterRequest
        {
            DataFilters = [.. ranges.Select(range => new DataFilter { GridRange = range })],
        };
        var get = service.Spreadsheets.GetByDataFilter(body, tab.SpreadsheetId);
        get.Fields = "sheets(properties(sheetId,title),data(startRow,startColumn,rowData(values(pivotTable(source)))))";
        List<FoundPivot> pivots = [];
        foreach (var sheet in (await calls.Repeat(get, ct)).Sheets ?? [])
            foreach (var data in sheet?.Data ?? [])
                for (var i = 0; i < (data?.RowData?.Count ?? 0); i++)
                    for (var j = 0; j < (data!.RowData[i]?.Values?.Count ?? 0); j++)
                        if (data.RowData[i].Values[j]?.PivotTable is { } pivot)
                            pivots.Add(new(
                                sheet!.Properties?.Title ?? "", (data.StartRow ?? 0) + i, (data.StartColumn ?? 0) + j, pivot.Source));
        return pivots;
    }

    private static bool Asked(MatchedValueRange matched, GridRange range) =>
        matched.DataFilters?.Any(filter => Rectangles.Same(filter?.GridRange, range)) == true;

    /// <summary>Nothing that is read here is null where Google's documentation has an object.</summary>
    private static Spreadsheet WithoutGaps(Spreadsheet read)
    {
        read.Properties ??= new();
        read.NamedRanges = Whole(read.NamedRanges);
        read.DeveloperMetadata = Whole(read.DeveloperMetadata);
        read.Sheets = [.. Whole(read.Sheets).Where(sheet => sheet.Properties is not null)];
        foreach (var sheet in read.Sheets)
        {
            sheet.Properties.Title ??= "";
            (sheet.Merges, sheet.Tables, sheet.Charts) = (Whole(sheet.Merges), Whole(sheet.Tables), Whole(sheet.Charts));
            (sheet.FilterViews, sheet.Slicers) = (Whole(sheet.FilterViews), Whole(sheet.Slicers));
            (sheet.BandedRanges, sheet.ProtectedRanges) = (Whole(sheet.BandedRanges), Whole(sheet.ProtectedRanges));
            sheet.ConditionalFormats = Whole(sheet.ConditionalFormats);
            sheet.DeveloperMetadata = Whole(sheet.DeveloperMetadata);
        }
        return read;
    }

    private static List<T> Whole<T>(IList<T>? list) where T : class => [.. (list ?? []).Where(item => item is not null)];
}
