namespace CountingKit.Spreadsheets;

/// <param name="Scope">As Google names it.</param>
/// <param name="Allows">What it allows.</param>
/// <param name="Why">Why it is needed.</param>
public sealed record GooglePermission(string Name, string Scope, string Allows, string Why);

/// <summary>What Google's page asks for, as people read it.</summary>
public static class GooglePermissions
{
    private static readonly IReadOnlyList<GooglePermission> Known =
    [
        new("Files used with CountingKit", "https://www.googleapis.com/auth/drive.file",
            "see, create and change the spreadsheets that CountingKit itself created, and no other file in your Drive",
            "to create spreadsheets and to write the exported data into them"),
        new("Your spreadsheets", "https://www.googleapis.com/auth/spreadsheets",
            "see, create and change all your Google Sheets spreadsheets",
            "to write into existing spreadsheets that are linked here; nothing is read but the tabs that exporters write"),
    ];

    private static readonly IReadOnlyList<GooglePermission> Beside =
    [
        new("Your email address", "openid email", "see whose account it is",
            "to show which account is connected, and to recognize it when it signs in again"),
        new("Stay signed in", "offline access", "use these permissions while you are away",
            "to run exports that others in the workspace start"),
    ];

    /// <param name="scopes">What the installation asks for; what it does not know is shown as Google names it.</param>
    public static IReadOnlyList<GooglePermission> Table(IReadOnlyList<string> scopes) =>
    [
        .. scopes.Select(scope => Known.FirstOrDefault(known => known.Scope == scope)
            ?? new(scope, scope, "as Google's page describes it", "asked for by this installation's settings")),
        .. Beside,
    ];
}
