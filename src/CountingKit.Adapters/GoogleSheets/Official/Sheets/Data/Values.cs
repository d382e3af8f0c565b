#nullable disable
using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Sheets.v4.Data;

/// <summary>Values of a range given in A1 notation. A null cell is left as it is, an empty text clears it.</summary>
public class ValueRange : IDirectResponseSchema
{
    [JsonProperty("range")] public virtual string Range { get; set; }
    [JsonProperty("majorDimension")] public virtual string MajorDimension { get; set; }
    [JsonProperty("values")] public virtual IList<IList<object>> Values { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>How much was written.</summary>
public class UpdateValuesResponse : IDirectResponseSchema
{
    [JsonProperty("spreadsheetId")] public virtual string SpreadsheetId { get; set; }
    [JsonProperty("updatedRange")] public virtual string UpdatedRange { get; set; }
    [JsonProperty("updatedRows")] public virtual int? UpdatedRows { get; set; }
    [JsonProperty("updatedColumns")] public virtual int? UpdatedColumns { get; set; }
    [JsonProperty("updatedCells")] public virtual int? UpdatedCells { get; set; }
    [JsonProperty("updatedData")] public virtual ValueRange UpdatedData { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Body of <c>values:batchGetByDataFilter</c>: ranges by rectangle, whatever the tab is called.</summary>
public class BatchGetValuesByDataFilterRequest : IDirectResponseSchema
{
    [JsonProperty("dataFilters")] public virtual IList<DataFilter> DataFilters { get; set; }
    [JsonProperty("majorDimension")] public virtual string MajorDimension { get; set; }
    [JsonProperty("valueRenderOption")] public virtual string ValueRenderOption { get; set; }
    [JsonProperty("dateTimeRenderOption")] public virtual string DateTimeRenderOption { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>The ranges that the filters chose.</summary>
public class BatchGetValuesByDataFilterResponse : IDirectResponseSchema
{
    [JsonProperty("spreadsheetId")] public virtual string SpreadsheetId { get; set; }
    [JsonProperty("valueRanges")] public virtual IList<MatchedValueRange> ValueRanges { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A range and the filters that chose it.</summary>
public class MatchedValueRange : IDirectResponseSchema
{
    [JsonProperty("valueRange")] public virtual ValueRange ValueRange { get; set; }
    [JsonProperty("dataFilters")] public virtual IList<DataFilter> DataFilters { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Several ranges in one atomic call.</summary>
public class BatchUpdateValuesRequest : IDirectResponseSchema
{
    [JsonProperty("valueInputOption")] public virtual string ValueInputOption { get; set; }
    [JsonProperty("data")] public virtual IList<ValueRange> Data { get; set; }
    [JsonProperty("includeValuesInResponse")] public virtual bool? IncludeValuesInResponse { get; set; }
    [JsonProperty("responseValueRenderOption")] public virtual string ResponseValueRenderOption { get; set; }
    [JsonProperty("responseDateTimeRenderOption")] public virtual string ResponseDateTimeRenderOption { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>How much was written in all.</summary>
public class BatchUpdateValuesResponse : IDirectResponseSchema
{
    [JsonProperty("spreadsheetId")] public virtual string SpreadsheetId { get; set; }
    [JsonProperty("totalUpdatedRows")] public virtual int? TotalUpdatedRows { get; set; }
    [JsonProperty("totalUpdatedColumns")] public virtual int? TotalUpdatedColumns { get; set; }
    [JsonProperty("totalUpdatedCells")] public virtual int? TotalUpdatedCells { get; set; }
    [JsonProperty("totalUpdatedSheets")] public virtual int? TotalUpdatedSheets { get; set; }
    [JsonProperty("responses")] public virtual IList<UpdateValuesResponse> Responses { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Body of <c>clear</c>: nothing.</summary>
public class ClearValuesRequest : IDirectResponseSchema
{
    public virtual string ETag { get; set; }
}

/// <summary>The range that was cleared.</summary>
public class ClearValuesResponse : IDirectResponseSchema
{
    [JsonProperty("spreadsheetId")] public virtual string SpreadsheetId { get; set; }
    [JsonProperty("clearedRange")] public virtual string ClearedRange { get; set; }
    public virtual string ETag { get; set; }
}
