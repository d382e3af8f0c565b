#nullable disable
using Google.Apis.Requests;
using Google.Apis.Util;
using Newtonsoft.Json;

namespace Google.Apis.Drive.v3.Data;

/// <summary>What Drive knows of one file.</summary>
public class File : IDirectResponseSchema
{
    [JsonProperty("id")] public virtual string Id { get; set; }
    [JsonProperty("name")] public virtual string Name { get; set; }
    [JsonProperty("mimeType")] public virtual string MimeType { get; set; }
    [JsonProperty("webViewLink")] public virtual string WebViewLink { get; set; }
    [JsonProperty("trashed")] public virtual bool? Trashed { get; set; }

    /// <summary>Rises with every change of the file, our own included.</summary>
    [JsonProperty("version")] public virtual long? Version { get; set; }

    [JsonProperty("modifiedTime")] public virtual string ModifiedTimeRaw { get; set; }

    [JsonIgnore]
    public virtual DateTimeOffset? ModifiedTimeDateTimeOffset
    {
        get => DiscoveryFormat.ParseGoogleDateTimeToDateTimeOffset(ModifiedTimeRaw);
        set => ModifiedTimeRaw = DiscoveryFormat.FormatDateTimeOffsetToGoogleDateTime(value);
    }

    [JsonProperty("ownedByMe")] public virtual bool? OwnedByMe { get; set; }
    [JsonProperty("owners")] public virtual IList<User> Owners { get; set; }
    [JsonProperty("driveId")] public virtual string DriveId { get; set; }

    /// <summary>Whether this app created the file or a person chose it for the app.</summary>
    [JsonProperty("isAppAuthorized")] public virtual bool? IsAppAuthorized { get; set; }

    [JsonProperty("parents")] public virtual IList<string> Parents { get; set; }
    [JsonProperty("appProperties")] public virtual IDictionary<string, string> AppProperties { get; set; }
    [JsonProperty("capabilities")] public virtual CapabilitiesData Capabilities { get; set; }
    public virtual string ETag { get; set; }

    /// <summary>What the signed-in account may do with the file.</summary>
    public class CapabilitiesData
    {
        [JsonProperty("canEdit")] public virtual bool? CanEdit { get; set; }
        [JsonProperty("canShare")] public virtual bool? CanShare { get; set; }
        [JsonProperty("canCopy")] public virtual bool? CanCopy { get; set; }
    }
}

/// <summary>A page of files.</summary>
public class FileList : IDirectResponseSchema
{
    [JsonProperty("files")] public virtual IList<File> Files { get; set; }
    [JsonProperty("nextPageToken")] public virtual string NextPageToken { get; set; }
    [JsonProperty("incompleteSearch")] public virtual bool? IncompleteSearch { get; set; }
    public virtual string ETag { get; set; }
}

/// <summary>A Google account as others see it.</summary>
public class User : IDirectResponseSchema
{
    [JsonProperty("displayName")] public virtual string DisplayName { get; set; }
    [JsonProperty("emailAddress")] public virtual string EmailAddress { get; set; }
    [JsonProperty("me")] public virtual bool? Me { get; set; }
    public virtual string ETag { get; set; }
}
