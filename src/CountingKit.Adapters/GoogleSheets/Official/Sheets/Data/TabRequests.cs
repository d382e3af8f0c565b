#nullable disable
using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Sheets.v4.Data;

/// <summary>Adds a tab; its id may be chosen by the caller.</summary>
public class AddSheetRequest : IDirectResponseSchema
{
    [JsonProperty("properties")] public virtual SheetProperties Properties { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Removes a tab.</summary>
public class DeleteSheetRequest : IDirectResponseSchema
{
    [JsonProperty("sheetId")] public virtual int? SheetId { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Changes a tab. A smaller number of rows or columns removes cells.</summary>
public class UpdateSheetPropertiesRequest : IDirectResponseSchema
{
    [JsonProperty("properties")] public virtual SheetProperties Properties { get; set; }
    [JsonProperty("fields")] public virtual object Fields { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Changes what belongs to the file.</summary>
public class UpdateSpreadsheetPropertiesRequest : IDirectResponseSchema
{
    [JsonProperty("properties")] public virtual SpreadsheetProperties Properties { get; set; }
    [JsonProperty("fields")] public virtual object Fields { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Adds rows or columns at the end of a tab.</summary>
public class AppendDimensionRequest : IDirectResponseSchema
{
    [JsonProperty("sheetId")] public virtual int? SheetId { get; set; }
    [JsonProperty("dimension")] public virtual string Dimension { get; set; }
    [JsonProperty("length")] public virtual int? Length { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Adds rows or columns before others; references move along.</summary>
public class InsertDimensionRequest : IDirectResponseSchema
{
    [JsonProperty("range")] public virtual DimensionRange Range { get; set; }
    [JsonProperty("inheritFromBefore")] public virtual bool? InheritFromBefore { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Removes rows or columns.</summary>
public class DeleteDimensionRequest : IDirectResponseSchema
{
    [JsonProperty("range")] public virtual DimensionRange Range { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Changes width, height or visibility.</summary>
public class UpdateDimensionPropertiesRequest : IDirectResponseSchema
{
    [JsonProperty("range")] public virtual DimensionRange Range { get; set; }
    [JsonProperty("properties")] public virtual DimensionProperties Properties { get; set; }
    [JsonProperty("fields")] public virtual object Fields { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Size in pixels, and whether a person hid it.</summary>
public class DimensionProperties : IDirectResponseSchema
{
    [JsonProperty("pixelSize")] public virtual int? PixelSize { get; set; }
    [JsonProperty("hiddenByUser")] public virtual bool? HiddenByUser { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Puts the filter of a tab in place of the one it had.</summary>
public class SetBasicFilterRequest : IDirectResponseSchema
{
    [JsonProperty("filter")] public virtual BasicFilter Filter { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Removes the filter of a tab.</summary>
public class ClearBasicFilterRequest : IDirectResponseSchema
{
    [JsonProperty("sheetId")] public virtual int? SheetId { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Adds a named range.</summary>
public class AddNamedRangeRequest : IDirectResponseSchema
{
    [JsonProperty("namedRange")] public virtual NamedRange NamedRange { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Changes a named range.</summary>
public class UpdateNamedRangeRequest : IDirectResponseSchema
{
    [JsonProperty("namedRange")] public virtual NamedRange NamedRange { get; set; }
    [JsonProperty("fields")] public virtual object Fields { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Removes a named range.</summary>
public class DeleteNamedRangeRequest : IDirectResponseSchema
{
    [JsonProperty("namedRangeId")] public virtual string NamedRangeId { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Protects a rectangle.</summary>
public class AddProtectedRangeRequest : IDirectResponseSchema
{
    [JsonProperty("protectedRange")] public virtual ProtectedRange ProtectedRange { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Changes a protection.</summary>
public class UpdateProtectedRangeRequest : IDirectResponseSchema
{
    [JsonProperty("protectedRange")] public virtual ProtectedRange ProtectedRange { get; set; }
    [JsonProperty("fields")] public virtual object Fields { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Removes a protection.</summary>
public class DeleteProtectedRangeRequest : IDirectResponseSchema
{
    [JsonProperty("protectedRangeId")] public virtual int? ProtectedRangeId { get; set; }
    public virtual string ETag { get; set; }
}
