#nullable disable
using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Sheets.v4.Data;

/// <summary>Body of <c>batchUpdate</c>: all of its requests are carried out, or none.</summary>
public class BatchUpdateSpreadsheetRequest : IDirectResponseSchema
{
    [JsonProperty("requests")] public virtual IList<Request> Requests { get; set; }
    [JsonProperty("includeSpreadsheetInResponse")] public virtual bool? IncludeSpreadsheetInResponse { get; set; }
    [JsonProperty("responseRanges")] public virtual IList<string> ResponseRanges { get; set; }
    [JsonProperty("responseIncludeGridData")] public virtual bool? ResponseIncludeGridData { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Answer of <c>batchUpdate</c>: one reply per request.</summary>
public class BatchUpdateSpreadsheetResponse : IDirectResponseSchema
{
    [JsonProperty("spreadsheetId")] public virtual string SpreadsheetId { get; set; }
    [JsonProperty("replies")] public virtual IList<Response> Replies { get; set; }
    [JsonProperty("updatedSpreadsheet")] public virtual Spreadsheet UpdatedSpreadsheet { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>One change: exactly one kind is set. Only the kinds that are in use are here.</summary>
public class Request : IDirectResponseSchema
{
    [JsonProperty("addSheet")] public virtual AddSheetRequest AddSheet { get; set; }
    [JsonProperty("deleteSheet")] public virtual DeleteSheetRequest DeleteSheet { get; set; }
    [JsonProperty("updateSheetProperties")]
    public virtual UpdateSheetPropertiesRequest UpdateSheetProperties { get; set; }
    [JsonProperty("updateSpreadsheetProperties")]
    public virtual UpdateSpreadsheetPropertiesRequest UpdateSpreadsheetProperties { get; set; }
    [JsonProperty("appendDimension")] public virtual AppendDimensionRequest AppendDimension { get; set; }
    [JsonProperty("insertDimension")] public virtual InsertDimensionRequest InsertDimension { get; set; }
    [JsonProperty("deleteDimension")] public virtual DeleteDimensionRequest DeleteDimension { get; set; }
    [JsonProperty("updateDimensionProperties")]
    public virtual UpdateDimensionPropertiesRequest UpdateDimensionProperties { get; set; }
    [JsonProperty("updateCells")] public virtual UpdateCellsRequest UpdateCells { get; set; }
    [JsonProperty("repeatCell")] public virtual RepeatCellRequest RepeatCell { get; set; }
    [JsonProperty("copyPaste")] public virtual CopyPasteRequest CopyPaste { get; set; }
    [JsonProperty("setBasicFilter")] public virtual SetBasicFilterRequest SetBasicFilter { get; set; }
    [JsonProperty("clearBasicFilter")] public virtual ClearBasicFilterRequest ClearBasicFilter { get; set; }
    [JsonProperty("addNamedRange")] public virtual AddNamedRangeRequest AddNamedRange { get; set; }
    [JsonProperty("updateNamedRange")] public virtual UpdateNamedRangeRequest UpdateNamedRange { get; set; }
    [JsonProperty("deleteNamedRange")] public virtual DeleteNamedRangeRequest DeleteNamedRange { get; set; }
    [JsonProperty("addProtectedRange")] public virtual AddProtectedRangeRequest AddProtectedRange { get; set; }
    [JsonProperty("updateProtectedRange")]
    public virtual UpdateProtectedRangeRequest UpdateProtectedRange { get; set; }
    [JsonProperty("deleteProtectedRange")]
    public virtual DeleteProtectedRangeRequest DeleteProtectedRange { get; set; }
    [JsonProperty("updateTable")] public virtual UpdateTableRequest UpdateTable { get; set; }
    [JsonProperty("updateFilterView")] public virtual UpdateFilterViewRequest UpdateFilterView { get; set; }
    [JsonProperty("updateBanding")] public virtual UpdateBandingRequest UpdateBanding { get; set; }
    [JsonProperty("updateSlicerSpec")] public virtual UpdateSlicerSpecRequest UpdateSlicerSpec { get; set; }
    [JsonProperty("createDeveloperMetadata")]
    public virtual CreateDeveloperMetadataRequest CreateDeveloperMetadata { get; set; }
    [JsonProperty("updateDeveloperMetadata")]
    public virtual UpdateDeveloperMetadataRequest UpdateDeveloperMetadata { get; set; }
    [JsonProperty("deleteDeveloperMetadata")]
    public virtual DeleteDeveloperMetadataRequest DeleteDeveloperMetadata { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>The answer to one change; without content for most kinds.</summary>
public class Response : IDirectResponseSchema
{
    [JsonProperty("addSheet")] public virtual AddSheetResponse AddSheet { get; set; }
    [JsonProperty("addNamedRange")] public virtual AddNamedRangeResponse AddNamedRange { get; set; }
    [JsonProperty("addProtectedRange")] public virtual AddProtectedRangeResponse AddProtectedRange { get; set; }
    [JsonProperty("createDeveloperMetadata")]
    public virtual CreateDeveloperMetadataResponse CreateDeveloperMetadata { get; set; }
    [JsonProperty("updateDeveloperMetadata")]
    public virtual UpdateDeveloperMetadataResponse UpdateDeveloperMetadata { get; set; }
    [JsonProperty("deleteDeveloperMetadata")]
    public virtual DeleteDeveloperMetadataResponse DeleteDeveloperMetadata { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>The tab that was added.</summary>
public class AddSheetResponse : IDirectResponseSchema
{
    [JsonProperty("properties")] public virtual SheetProperties Properties { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>The named range that was added.</summary>
public class AddNamedRangeResponse : IDirectResponseSchema
{
    [JsonProperty("namedRange")] public virtual NamedRange NamedRange { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>The protected range that was added.</summary>
public class AddProtectedRangeResponse : IDirectResponseSchema
{
    [JsonProperty("protectedRange")] public virtual ProtectedRange ProtectedRange { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>The metadata that was added.</summary>
public class CreateDeveloperMetadataResponse : IDirectResponseSchema
{
    [JsonProperty("developerMetadata")] public virtual DeveloperMetadata DeveloperMetadata { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>The metadata that was changed.</summary>
public class UpdateDeveloperMetadataResponse : IDirectResponseSchema
{
    [JsonProperty("developerMetadata")] public virtual IList<DeveloperMetadata> DeveloperMetadata { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>The metadata that was removed.</summary>
public class DeleteDeveloperMetadataResponse : IDirectResponseSchema
{
    [JsonProperty("deletedDeveloperMetadata")]
    public virtual IList<DeveloperMetadata> DeletedDeveloperMetadata { get; set; }
    public virtual string ETag { get; set; }
}
