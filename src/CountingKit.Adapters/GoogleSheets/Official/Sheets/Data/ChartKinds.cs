#nullable disable
using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Sheets.v4.Data;

/// <summary>Bubbles: where they stand, and how large.</summary>
public class BubbleChartSpec : IDirectResponseSchema
{
    [JsonProperty("domain")] public virtual ChartData Domain { get; set; }
    [JsonProperty("series")] public virtual ChartData Series { get; set; }
    [JsonProperty("groupIds")] public virtual ChartData GroupIds { get; set; }
    [JsonProperty("bubbleLabels")] public virtual ChartData BubbleLabels { get; set; }
    [JsonProperty("bubbleSizes")] public virtual ChartData BubbleSizes { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Candles: the lowest, first, last and highest of each.</summary>
public class CandlestickChartSpec : IDirectResponseSchema
{
    [JsonProperty("domain")] public virtual CandlestickDomain Domain { get; set; }
    [JsonProperty("data")] public virtual IList<CandlestickData> Data { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>What the candles belong to.</summary>
public class CandlestickDomain : IDirectResponseSchema
{
    [JsonProperty("data")] public virtual ChartData Data { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Four values for each candle.</summary>
public class CandlestickData : IDirectResponseSchema
{
    [JsonProperty("lowSeries")] public virtual CandlestickSeries LowSeries { get; set; }
    [JsonProperty("openSeries")] public virtual CandlestickSeries OpenSeries { get; set; }
    [JsonProperty("closeSeries")] public virtual CandlestickSeries CloseSeries { get; set; }
    [JsonProperty("highSeries")] public virtual CandlestickSeries HighSeries { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>One of the four.</summary>
public class CandlestickSeries : IDirectResponseSchema
{
    [JsonProperty("data")] public virtual ChartData Data { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>How many values there are of each size.</summary>
public class HistogramChartSpec : IDirectResponseSchema
{
    [JsonProperty("series")] public virtual IList<HistogramSeries> Series { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Values that are counted.</summary>
public class HistogramSeries : IDirectResponseSchema
{
    [JsonProperty("data")] public virtual ChartData Data { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Who is above whom.</summary>
public class OrgChartSpec : IDirectResponseSchema
{
    [JsonProperty("labels")] public virtual ChartData Labels { get; set; }
    [JsonProperty("parentLabels")] public virtual ChartData ParentLabels { get; set; }
    [JsonProperty("tooltips")] public virtual ChartData Tooltips { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>One large number, and what it is compared with.</summary>
public class ScorecardChartSpec : IDirectResponseSchema
{
    [JsonProperty("keyValueData")] public virtual ChartData KeyValueData { get; set; }
    [JsonProperty("baselineValueData")] public virtual ChartData BaselineValueData { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Rectangles inside rectangles.</summary>
public class TreemapChartSpec : IDirectResponseSchema
{
    [JsonProperty("labels")] public virtual ChartData Labels { get; set; }
    [JsonProperty("parentLabels")] public virtual ChartData ParentLabels { get; set; }
    [JsonProperty("sizeData")] public virtual ChartData SizeData { get; set; }
    [JsonProperty("colorData")] public virtual ChartData ColorData { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Steps up and down from one sum to another.</summary>
public class WaterfallChartSpec : IDirectResponseSchema
{
    [JsonProperty("domain")] public virtual WaterfallChartDomain Domain { get; set; }
    [JsonProperty("series")] public virtual IList<WaterfallChartSeries> Series { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>What the steps belong to.</summary>
public class WaterfallChartDomain : IDirectResponseSchema
{
    [JsonProperty("data")] public virtual ChartData Data { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Steps.</summary>
public class WaterfallChartSeries : IDirectResponseSchema
{
    [JsonProperty("data")] public virtual ChartData Data { get; set; }
    public virtual string ETag { get; set; }
}
