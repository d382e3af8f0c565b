#nullable disable
using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Sheets.v4.Data;

/// <summary>The one filter that a tab can have.</summary>
public class BasicFilter : IDirectResponseSchema
{
    [JsonProperty("range")] public virtual GridRange Range { get; set; }
    [JsonProperty("tableId")] public virtual string TableId { get; set; }
    [JsonProperty("sortSpecs")] public virtual IList<SortSpec> SortSpecs { get; set; }
    [JsonProperty("filterSpecs")] public virtual IList<FilterSpec> FilterSpecs { get; set; }
    [JsonProperty("criteria")] public virtual IDictionary<string, FilterCriteria> Criteria { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>What one column of a filter shows.</summary>
public class FilterSpec : IDirectResponseSchema
{
    [JsonProperty("columnIndex")] public virtual int? ColumnIndex { get; set; }
    [JsonProperty("dataSourceColumnReference")]
    public virtual DataSourceColumnReference DataSourceColumnReference { get; set; }
    [JsonProperty("filterCriteria")] public virtual FilterCriteria FilterCriteria { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Values that are hidden, or a condition that must hold.</summary>
public class FilterCriteria : IDirectResponseSchema
{
    [JsonProperty("hiddenValues")] public virtual IList<string> HiddenValues { get; set; }
    [JsonProperty("condition")] public virtual BooleanCondition Condition { get; set; }
    [JsonProperty("visibleBackgroundColorStyle")] public virtual ColorStyle VisibleBackgroundColorStyle { get; set; }
    [JsonProperty("visibleForegroundColorStyle")] public virtual ColorStyle VisibleForegroundColorStyle { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>How one column is sorted.</summary>
public class SortSpec : IDirectResponseSchema
{
    [JsonProperty("dimensionIndex")] public virtual int? DimensionIndex { get; set; }
    [JsonProperty("dataSourceColumnReference")]
    public virtual DataSourceColumnReference DataSourceColumnReference { get; set; }
    [JsonProperty("sortOrder")] public virtual string SortOrder { get; set; }
    [JsonProperty("backgroundColorStyle")] public virtual ColorStyle BackgroundColorStyle { get; set; }
    [JsonProperty("foregroundColorStyle")] public virtual ColorStyle ForegroundColorStyle { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A condition on a cell, such as TEXT_CONTAINS.</summary>
public class BooleanCondition : IDirectResponseSchema
{
    [JsonProperty("type")] public virtual string Type { get; set; }
    [JsonProperty("values")] public virtual IList<ConditionValue> Values { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>What a condition compares with.</summary>
public class ConditionValue : IDirectResponseSchema
{
    [JsonProperty("relativeDate")] public virtual string RelativeDate { get; set; }
    [JsonProperty("userEnteredValue")] public virtual string UserEnteredValue { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A column of a connected data source.</summary>
public class DataSourceColumnReference : IDirectResponseSchema
{
    [JsonProperty("name")] public virtual string Name { get; set; }
    public virtual string ETag { get; set; }
}
