#nullable disable
using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Sheets.v4.Data;

/// <summary>
/// A rectangle of one tab. Indexes are 0-based, the end is exclusive; a missing index is unbounded on that side.
/// </summary>
public class GridRange : IDirectResponseSchema
{
    [JsonProperty("sheetId")] public virtual int? SheetId { get; set; }
    [JsonProperty("startRowIndex")] public virtual int? StartRowIndex { get; set; }
    [JsonProperty("endRowIndex")] public virtual int? EndRowIndex { get; set; }
    [JsonProperty("startColumnIndex")] public virtual int? StartColumnIndex { get; set; }
    [JsonProperty("endColumnIndex")] public virtual int? EndColumnIndex { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>One cell of one tab, 0-based.</summary>
public class GridCoordinate : IDirectResponseSchema
{
    [JsonProperty("sheetId")] public virtual int? SheetId { get; set; }
    [JsonProperty("rowIndex")] public virtual int? RowIndex { get; set; }
    [JsonProperty("columnIndex")] public virtual int? ColumnIndex { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Whole rows or columns of one tab: <c>dimension</c> is ROWS or COLUMNS.</summary>
public class DimensionRange : IDirectResponseSchema
{
    [JsonProperty("sheetId")] public virtual int? SheetId { get; set; }
    [JsonProperty("dimension")] public virtual string Dimension { get; set; }
    [JsonProperty("startIndex")] public virtual int? StartIndex { get; set; }
    [JsonProperty("endIndex")] public virtual int? EndIndex { get; set; }
    public virtual string ETag { get; set; }
}
