#nullable disable
using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Sheets.v4.Data;

/// <summary>A spreadsheet file. Its id and URL are set by Google alone.</summary>
public class Spreadsheet : IDirectResponseSchema
{
    [JsonProperty("spreadsheetId")] public virtual string SpreadsheetId { get; set; }
    [JsonProperty("spreadsheetUrl")] public virtual string SpreadsheetUrl { get; set; }
    [JsonProperty("properties")] public virtual SpreadsheetProperties Properties { get; set; }
    [JsonProperty("sheets")] public virtual IList<Sheet> Sheets { get; set; }
    [JsonProperty("namedRanges")] public virtual IList<NamedRange> NamedRanges { get; set; }
    [JsonProperty("developerMetadata")] public virtual IList<DeveloperMetadata> DeveloperMetadata { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>What belongs to the file: locale as <c>en_GB</c>, time zone as an IANA name.</summary>
public class SpreadsheetProperties : IDirectResponseSchema
{
    [JsonProperty("title")] public virtual string Title { get; set; }
    [JsonProperty("locale")] public virtual string Locale { get; set; }
    [JsonProperty("timeZone")] public virtual string TimeZone { get; set; }
    [JsonProperty("autoRecalc")] public virtual string AutoRecalc { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>One tab.</summary>
public class Sheet : IDirectResponseSchema
{
    [JsonProperty("properties")] public virtual SheetProperties Properties { get; set; }
    [JsonProperty("data")] public virtual IList<GridData> Data { get; set; }
    [JsonProperty("merges")] public virtual IList<GridRange> Merges { get; set; }
    [JsonProperty("basicFilter")] public virtual BasicFilter BasicFilter { get; set; }
    [JsonProperty("filterViews")] public virtual IList<FilterView> FilterViews { get; set; }
    [JsonProperty("charts")] public virtual IList<EmbeddedChart> Charts { get; set; }
    [JsonProperty("bandedRanges")] public virtual IList<BandedRange> BandedRanges { get; set; }
    [JsonProperty("protectedRanges")] public virtual IList<ProtectedRange> ProtectedRanges { get; set; }
    [JsonProperty("conditionalFormats")]
    public virtual IList<ConditionalFormatRule> ConditionalFormats { get; set; }
    [JsonProperty("slicers")] public virtual IList<Slicer> Slicers { get; set; }
    [JsonProperty("tables")] public virtual IList<Table> Tables { get; set; }
    [JsonProperty("developerMetadata")] public virtual IList<DeveloperMetadata> DeveloperMetadata { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>What a tab is called and how large it is. <c>sheetId</c> stays for the life of the tab.</summary>
public class SheetProperties : IDirectResponseSchema
{
    [JsonProperty("sheetId")] public virtual int? SheetId { get; set; }
    [JsonProperty("title")] public virtual string Title { get; set; }
    [JsonProperty("index")] public virtual int? Index { get; set; }
    [JsonProperty("sheetType")] public virtual string SheetType { get; set; }
    [JsonProperty("hidden")] public virtual bool? Hidden { get; set; }
    [JsonProperty("rightToLeft")] public virtual bool? RightToLeft { get; set; }
    [JsonProperty("tabColorStyle")] public virtual ColorStyle TabColorStyle { get; set; }
    [JsonProperty("gridProperties")] public virtual GridProperties GridProperties { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>The size of a tab in cells, which is what counts against the limit of a spreadsheet.</summary>
public class GridProperties : IDirectResponseSchema
{
    [JsonProperty("rowCount")] public virtual int? RowCount { get; set; }
    [JsonProperty("columnCount")] public virtual int? ColumnCount { get; set; }
    [JsonProperty("frozenRowCount")] public virtual int? FrozenRowCount { get; set; }
    [JsonProperty("frozenColumnCount")] public virtual int? FrozenColumnCount { get; set; }
    [JsonProperty("hideGridlines")] public virtual bool? HideGridlines { get; set; }
    [JsonProperty("rowGroupControlAfter")] public virtual bool? RowGroupControlAfter { get; set; }
    [JsonProperty("columnGroupControlAfter")] public virtual bool? ColumnGroupControlAfter { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Body of <c>getByDataFilter</c>: the parts that are asked for.</summary>
public class GetSpreadsheetByDataFilterRequest : IDirectResponseSchema
{
    [JsonProperty("dataFilters")] public virtual IList<DataFilter> DataFilters { get; set; }
    [JsonProperty("includeGridData")] public virtual bool? IncludeGridData { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Cells of a tab, from a start row and column on.</summary>
public class GridData : IDirectResponseSchema
{
    [JsonProperty("startRow")] public virtual int? StartRow { get; set; }
    [JsonProperty("startColumn")] public virtual int? StartColumn { get; set; }
    [JsonProperty("rowData")] public virtual IList<RowData> RowData { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A name for a rectangle.</summary>
public class NamedRange : IDirectResponseSchema
{
    [JsonProperty("namedRangeId")] public virtual string NamedRangeId { get; set; }
    [JsonProperty("name")] public virtual string Name { get; set; }
    [JsonProperty("range")] public virtual GridRange Range { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A rectangle that only some may edit, or that only warns.</summary>
public class ProtectedRange : IDirectResponseSchema
{
    [JsonProperty("protectedRangeId")] public virtual int? ProtectedRangeId { get; set; }
    [JsonProperty("range")] public virtual GridRange Range { get; set; }
    [JsonProperty("namedRangeId")] public virtual string NamedRangeId { get; set; }
    [JsonProperty("tableId")] public virtual string TableId { get; set; }
    [JsonProperty("description")] public virtual string Description { get; set; }
    [JsonProperty("warningOnly")] public virtual bool? WarningOnly { get; set; }
    [JsonProperty("requestingUserCanEdit")] public virtual bool? RequestingUserCanEdit { get; set; }
    [JsonProperty("unprotectedRanges")] public virtual IList<GridRange> UnprotectedRanges { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A table that a person made of a rectangle.</summary>
public class Table : IDirectResponseSchema
{
    [JsonProperty("tableId")] public virtual string TableId { get; set; }
    [JsonProperty("name")] public virtual string Name { get; set; }
    [JsonProperty("range")] public virtual GridRange Range { get; set; }
    public virtual string ETag { get; set; }
}
