#nullable disable
using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Sheets.v4.Data;

/// <summary>
/// A key and a value that a program keeps at a file, tab, row or column. Visibility is DOCUMENT or PROJECT.
/// </summary>
public class DeveloperMetadata : IDirectResponseSchema
{
    [JsonProperty("metadataId")] public virtual int? MetadataId { get; set; }
    [JsonProperty("metadataKey")] public virtual string MetadataKey { get; set; }
    [JsonProperty("metadataValue")] public virtual string MetadataValue { get; set; }
    [JsonProperty("location")] public virtual DeveloperMetadataLocation Location { get; set; }
    [JsonProperty("visibility")] public virtual string Visibility { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>What a piece of metadata is attached to.</summary>
public class DeveloperMetadataLocation : IDirectResponseSchema
{
    [JsonProperty("sheetId")] public virtual int? SheetId { get; set; }
    [JsonProperty("spreadsheet")] public virtual bool? Spreadsheet { get; set; }
    [JsonProperty("dimensionRange")] public virtual DimensionRange DimensionRange { get; set; }
    [JsonProperty("locationType")] public virtual string LocationType { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>What metadata has to be like to be found.</summary>
public class DeveloperMetadataLookup : IDirectResponseSchema
{
    [JsonProperty("metadataId")] public virtual int? MetadataId { get; set; }
    [JsonProperty("metadataKey")] public virtual string MetadataKey { get; set; }
    [JsonProperty("metadataValue")] public virtual string MetadataValue { get; set; }
    [JsonProperty("locationType")] public virtual string LocationType { get; set; }
    [JsonProperty("metadataLocation")] public virtual DeveloperMetadataLocation MetadataLocation { get; set; }
    [JsonProperty("locationMatchingStrategy")] public virtual string LocationMatchingStrategy { get; set; }
    [JsonProperty("visibility")] public virtual string Visibility { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Chooses by metadata, by rectangle or by A1 notation.</summary>
public class DataFilter : IDirectResponseSchema
{
    [JsonProperty("developerMetadataLookup")]
    public virtual DeveloperMetadataLookup DeveloperMetadataLookup { get; set; }
    [JsonProperty("gridRange")] public virtual GridRange GridRange { get; set; }
    [JsonProperty("a1Range")] public virtual string A1Range { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A piece of metadata and the filters that found it.</summary>
public class MatchedDeveloperMetadata : IDirectResponseSchema
{
    [JsonProperty("developerMetadata")] public virtual DeveloperMetadata DeveloperMetadata { get; set; }
    [JsonProperty("dataFilters")] public virtual IList<DataFilter> DataFilters { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Body of <c>developerMetadata:search</c>.</summary>
public class SearchDeveloperMetadataRequest : IDirectResponseSchema
{
    [JsonProperty("dataFilters")] public virtual IList<DataFilter> DataFilters { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Answer of <c>developerMetadata:search</c>.</summary>
public class SearchDeveloperMetadataResponse : IDirectResponseSchema
{
    [JsonProperty("matchedDeveloperMetadata")]
    public virtual IList<MatchedDeveloperMetadata> MatchedDeveloperMetadata { get; set; }
    public virtual string ETag { get; set; }
}
