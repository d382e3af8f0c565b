#nullable disable
using Google.Apis.Services;

namespace Google.Apis.Drive.v3;

/// <summary>Google Drive API v3. Safe to use from several threads; one instance per sign-in.</summary>
public class DriveService : BaseClientService
{
    public const string Version = "v3";

    public DriveService() : this(new Initializer()) { }

    public DriveService(Initializer initializer) : base(initializer)
    {
        Files = new FilesResource(this);
        BaseUri = GetEffectiveUri(BaseUriOverride, "https://www.googleapis.com/drive/v3/");
        BatchUri = GetEffectiveUri(null, "https://www.googleapis.com/batch/drive/v3");
    }

    public override IList<string> Features => [];
    public override string Name => "drive";
    public override string BaseUri { get; }
    public override string BasePath => "drive/v3/";
    public override string BatchUri { get; }
    public override string BatchPath => "batch/drive/v3";

    public virtual FilesResource Files { get; }

    /// <summary>OAuth scopes that the API accepts.</summary>
    public class Scope
    {
        public static string Drive = ScopeConstants.Drive;
        public static string DriveFile = ScopeConstants.DriveFile;
        public static string DriveReadonly = ScopeConstants.DriveReadonly;
    }

    /// <summary>The same scopes as constants.</summary>
    public static class ScopeConstants
    {
        public const string Drive = "https://www.googleapis.com/auth/drive";
        public const string DriveFile = "https://www.googleapis.com/auth/drive.file";
        public const string DriveReadonly = "https://www.googleapis.com/auth/drive.readonly";
    }
}
