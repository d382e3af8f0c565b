namespace CountingKit.Sandbox.Google.OAuth;

/// <summary>Google's scopes that this stand-in knows, with what its consent page says of them.</summary>
internal static class Scopes
{
    private const string Base = "https://www.googleapis.com/auth/";
    public const string OpenId = "openid";
    public const string Email = Base + "userinfo.email";
    public const string Profile = Base + "userinfo.profile";
    public const string DriveFile = Base + "drive.file";
    public const string Drive = Base + "drive";
    public const string DriveReadonly = Base + "drive.readonly";
    public const string DriveMetadata = Base + "drive.metadata.readonly";
    public const string Spreadsheets = Base + "spreadsheets";
    public const string SpreadsheetsReadonly = Base + "spreadsheets.readonly";

    private static readonly Dictionary<string, string> Meanings = new()
    {
        [OpenId] = "Associate you with your personal info on Google",
        [Email] = "See your primary Google Account email address",
        [Profile] = "See your personal info, including any personal info you've made publicly available",
        [DriveFile] = "See, edit, create, and delete only the specific Google Drive files you use with this app",
        [Drive] = "See, edit, create, and delete all of your Google Drive files",
        [DriveReadonly] = "See and download all your Google Drive files",
        [DriveMetadata] = "See information about your Google Drive files",
        [Spreadsheets] = "See, edit, create, and delete all your Google Sheets spreadsheets",
        [SpreadsheetsReadonly] = "See all your Google Sheets spreadsheets",
    };

    public static bool IsKnown(string scope) => Meanings.ContainsKey(scope);

    public static string Meaning(string scope) => Meanings[scope];

    /// <summary>The scopes of a request, <c>email</c> and <c>profile</c> by their long names.</summary>
    public static IReadOnlyList<string> Read(string? text) =>
        [.. (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(scope => scope switch { "email" => Email, "profile" => Profile, _ => scope }).Distinct()];
}
