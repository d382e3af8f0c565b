using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Where the data of a chart comes from, whatever its kind.</summary>
internal static class ChartSources
{
    public static IEnumerable<GridRange> Of(EmbeddedChart chart) => chart.Spec is not { } spec ? [] : Data(spec)
        .SelectMany(data => data?.SourceRange?.Sources ?? []).Where(source => source is not null);

    private static IEnumerable<ChartData?> Data(ChartSpec spec) =>
    [
        .. (spec.BasicChart?.Domains ?? []).Select(domain => domain?.Domain),
        .. (spec.BasicChart?.Series ?? []).Select(series => series?.Series),
        spec.PieChart?.Domain, spec.PieChart?.Series,
        spec.BubbleChart?.Domain, spec.BubbleChart?.Series, spec.BubbleChart?.GroupIds, spec.BubbleChart?.BubbleLabels,
        spec.BubbleChart?.BubbleSizes,
        spec.CandlestickChart?.Domain?.Data,
        .. (spec.CandlestickChart?.Data ?? []).SelectMany(candle => Candles(candle)).Select(series => series?.Data),
        .. (spec.HistogramChart?.Series ?? []).Select(series => series?.Data),
        spec.OrgChart?.Labels, spec.OrgChart?.ParentLabels, spec.OrgChart?.Tooltips,
        spec.ScorecardChart?.KeyValueData, spec.ScorecardChart?.BaselineValueData,
        spec.TreemapChart?.Labels, spec.TreemapChart?.ParentLabels, spec.TreemapChart?.SizeData, spec.TreemapChart?.ColorData,
        spec.WaterfallChart?.Domain?.Data,
        .. (spec.WaterfallChart?.Series ?? []).Select(series => series?.Data),
    ];

    private static CandlestickSeries?[] Candles(CandlestickData? data) =>
        [data?.LowSeries, data?.OpenSeries, data?.CloseSeries, data?.HighSeries];
}
