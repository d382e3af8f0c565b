#nullable disable
using Google.Apis.Services;

namespace Google.Apis.Sheets.v4;

/// <summary>Google Sheets API v4. Safe to use from several threads; one instance per sign-in.</summary>
public class SheetsService : BaseClientService
{
    public const string Version = "v4";

    public SheetsService() : this(new Initializer()) { }

    public SheetsService(Initializer initializer) : base(initializer)
    {
        Spreadsheets = new SpreadsheetsResource(this);
        BaseUri = GetEffectiveUri(BaseUriOverride, "https://sheets.googleapis.com/");
        BatchUri = GetEffectiveUri(null, "https://sheets.googleapis.com/batch");
    }

    public override IList<string> Features => [];
    public override string Name => "sheets";
    public override string BaseUri { get; }
    public override string BasePath => "";
    public override string BatchUri { get; }
    public override string BatchPath => "batch";

    public virtual SpreadsheetsResource Spreadsheets { get; }

    /// <summary>OAuth scopes that the API accepts.</summary>
    public class Scope
    {
        public static string Drive = ScopeConstants.Drive;
        public static string DriveFile = ScopeConstants.DriveFile;
        public static string DriveReadonly = ScopeConstants.DriveReadonly;
        public static string Spreadsheets = ScopeConstants.Spreadsheets;
        public static string SpreadsheetsReadonly = ScopeConstants.SpreadsheetsReadonly;
    }

    /// <summary>The same scopes as constants.</summary>
    public static class ScopeConstants
    {
        public const string Drive = "https://www.googleapis.com/auth/drive";
        public const string DriveFile = "https://www.googleapis.com/auth/drive.file";
        public const string DriveReadonly = "https://www.googleapis.com/auth/drive.readonly";
        public const string Spreadsheets = "https://www.googleapis.com/auth/spreadsheets";
        public const string SpreadsheetsReadonly = "https://www.googleapis.com/auth/spreadsheets.readonly";
    }
}
