using static Google.Apis.Sheets.v4.SheetsService;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Google's permissions, by their addresses.</summary>
public static class GoogleScopes
{
    public const string DriveFile = ScopeConstants.DriveFile;
    public const string Spreadsheets = ScopeConstants.Spreadsheets;

    private const string Prefix = "https://www.googleapis.com/auth/";

    /// <summary>Whole addresses for short names; unknown ones as they are.</summary>
    internal static IReadOnlyList<string> Expand(string scopes) =>
        [.. Split(scopes).Select(s => s.StartsWith("https://", StringComparison.Ordinal) ? s : Prefix + s)];

    internal static IReadOnlyList<string> Split(string scopes) =>
        scopes.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal static bool IsSupported(string scope) => scope is DriveFile or Spreadsheets;

    /// <summary>Those of <paramref name="required"/> that were not granted; people can uncheck them.</summary>
    public static IReadOnlyList<string> Missing(IEnumerable<string> required, IEnumerable<string> granted) =>
        [.. required.Except(granted, StringComparer.Ordinal)];

    /// <summary>Whether Drive may be asked: the permission for spreadsheets alone does not cover it.</summary>
    internal static bool MayAskDrive(string granted) => Split(granted).Contains(DriveFile);
}
