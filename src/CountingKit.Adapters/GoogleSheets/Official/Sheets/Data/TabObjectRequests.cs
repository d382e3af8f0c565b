#nullable disable
using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Sheets.v4.Data;

/// <summary>Changes the fields of a table that <c>fields</c> names.</summary>
public class UpdateTableRequest : IDirectResponseSchema
{
    [JsonProperty("table")] public virtual Table Table { get; set; }
    [JsonProperty("fields")] public virtual object Fields { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Changes the fields of a filter view that <c>fields</c> names.</summary>
public class UpdateFilterViewRequest : IDirectResponseSchema
{
    [JsonProperty("filter")] public virtual FilterView Filter { get; set; }
    [JsonProperty("fields")] public virtual object Fields { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Changes the fields of a banding that <c>fields</c> names.</summary>
public class UpdateBandingRequest : IDirectResponseSchema
{
    [JsonProperty("bandedRange")] public virtual BandedRange BandedRange { get; set; }
    [JsonProperty("fields")] public virtual object Fields { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>Changes the fields of a slicer that <c>fields</c> names.</summary>
public class UpdateSlicerSpecRequest : IDirectResponseSchema
{
    [JsonProperty("slicerId")] public virtual int? SlicerId { get; set; }
    [JsonProperty("spec")] public virtual SlicerSpec Spec { get; set; }
    [JsonProperty("fields")] public virtual object Fields { get; set; }
    public virtual string ETag { get; set; }
}
