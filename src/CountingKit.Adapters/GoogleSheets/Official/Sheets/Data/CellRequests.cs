#nullable disable
using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Sheets.v4.Data;

/// <summary>Writes cells. With a range, the masked fields of cells that no row covers are cleared.</summary>
public class UpdateCellsRequest : IDirectResponseSchema
{
    [JsonProperty("range")] public virtual GridRange Range { get; set; }
    [JsonProperty("start")] public virtual GridCoordinate Start { get; set; }
    [JsonProperty("rows")] public virtual IList<RowData> Rows { get; set; }
    [JsonProperty("fields")] public virtual object Fields { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Gives every cell of a range the masked fields of one cell.</summary>
public class RepeatCellRequest : IDirectResponseSchema
{
    [JsonProperty("range")] public virtual GridRange Range { get; set; }
    [JsonProperty("cell")] public virtual CellData Cell { get; set; }
    [JsonProperty("fields")] public virtual object Fields { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Copies a rectangle within the file. Type is PASTE_VALUES, PASTE_FORMAT and the like.</summary>
public class CopyPasteRequest : IDirectResponseSchema
{
    [JsonProperty("source")] public virtual GridRange Source { get; set; }
    [JsonProperty("destination")] public virtual GridRange Destination { get; set; }
    [JsonProperty("pasteType")] public virtual string PasteType { get; set; }
    [JsonProperty("pasteOrientation")] public virtual string PasteOrientation { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Adds metadata.</summary>
public class CreateDeveloperMetadataRequest : IDirectResponseSchema
{
    [JsonProperty("developerMetadata")] public virtual DeveloperMetadata DeveloperMetadata { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Changes all metadata that the filters find.</summary>
public class UpdateDeveloperMetadataRequest : IDirectResponseSchema
{
    [JsonProperty("dataFilters")] public virtual IList<DataFilter> DataFilters { get; set; }
    [JsonProperty("developerMetadata")] public virtual DeveloperMetadata DeveloperMetadata { get; set; }
    [JsonProperty("fields")] public virtual object Fields { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Removes all metadata that the filter finds.</summary>
public class DeleteDeveloperMetadataRequest : IDirectResponseSchema
{
    [JsonProperty("dataFilter")] public virtual DataFilter DataFilter { get; set; }
    public virtual string ETag { get; set; }
}
