#nullable disable
using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Sheets.v4.Data;

/// <summary>A filter that a person saved under a name.</summary>
public class FilterView : IDirectResponseSchema
{
    [JsonProperty("filterViewId")] public virtual int? FilterViewId { get; set; }
    [JsonProperty("title")] public virtual string Title { get; set; }
    [JsonProperty("range")] public virtual GridRange Range { get; set; }
    [JsonProperty("namedRangeId")] public virtual string NamedRangeId { get; set; }
    [JsonProperty("tableId")] public virtual string TableId { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A rectangle whose rows alternate in color.</summary>
public class BandedRange : IDirectResponseSchema
{
    [JsonProperty("bandedRangeId")] public virtual int? BandedRangeId { get; set; }
    [JsonProperty("range")] public virtual GridRange Range { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A filter that stands on the tab as a button.</summary>
public class Slicer : IDirectResponseSchema
{
    [JsonProperty("slicerId")] public virtual int? SlicerId { get; set; }
    [JsonProperty("spec")] public virtual SlicerSpec Spec { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>What a slicer filters.</summary>
public class SlicerSpec : IDirectResponseSchema
{
    [JsonProperty("title")] public virtual string Title { get; set; }
    [JsonProperty("dataRange")] public virtual GridRange DataRange { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Formats that depend on values. Only where they apply is here.</summary>
public class ConditionalFormatRule : IDirectResponseSchema
{
    [JsonProperty("ranges")] public virtual IList<GridRange> Ranges { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A chart. Only where its data comes from is here.</summary>
public class EmbeddedChart : IDirectResponseSchema
{
    [JsonProperty("chartId")] public virtual int? ChartId { get; set; }
    [JsonProperty("spec")] public virtual ChartSpec Spec { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A chart is of one kind. Of each kind only its sources are here.</summary>
public class ChartSpec : IDirectResponseSchema
{
    [JsonProperty("title")] public virtual string Title { get; set; }
    [JsonProperty("basicChart")] public virtual BasicChartSpec BasicChart { get; set; }
    [JsonProperty("pieChart")] public virtual PieChartSpec PieChart { get; set; }
    [JsonProperty("bubbleChart")] public virtual BubbleChartSpec BubbleChart { get; set; }
    [JsonProperty("candlestickChart")] public virtual CandlestickChartSpec CandlestickChart { get; set; }
    [JsonProperty("histogramChart")] public virtual HistogramChartSpec HistogramChart { get; set; }
    [JsonProperty("orgChart")] public virtual OrgChartSpec OrgChart { get; set; }
    [JsonProperty("scorecardChart")] public virtual ScorecardChartSpec ScorecardChart { get; set; }
    [JsonProperty("treemapChart")] public virtual TreemapChartSpec TreemapChart { get; set; }
    [JsonProperty("waterfallChart")] public virtual WaterfallChartSpec WaterfallChart { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Columns, lines, bars, areas and their like.</summary>
public class BasicChartSpec : IDirectResponseSchema
{
    [JsonProperty("domains")] public virtual IList<BasicChartDomain> Domains { get; set; }
    [JsonProperty("series")] public virtual IList<BasicChartSeries> Series { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>What the values belong to.</summary>
public class BasicChartDomain : IDirectResponseSchema
{
    [JsonProperty("domain")] public virtual ChartData Domain { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Values of a chart.</summary>
public class BasicChartSeries : IDirectResponseSchema
{
    [JsonProperty("series")] public virtual ChartData Series { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A pie: what its slices are, and how large.</summary>
public class PieChartSpec : IDirectResponseSchema
{
    [JsonProperty("domain")] public virtual ChartData Domain { get; set; }
    [JsonProperty("series")] public virtual ChartData Series { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Where values of a chart stand.</summary>
public class ChartData : IDirectResponseSchema
{
    [JsonProperty("sourceRange")] public virtual ChartSourceRange SourceRange { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Rectangles, each one column or row wide.</summary>
public class ChartSourceRange : IDirectResponseSchema
{
    [JsonProperty("sources")] public virtual IList<GridRange> Sources { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A pivot table, at its first cell.</summary>
public class PivotTable : IDirectResponseSchema
{
    [JsonProperty("source")] public virtual GridRange Source { get; set; }
    public virtual string ETag { get; set; }
}
