using System.Text.RegularExpressions;
using CountingKit.Connections;

namespace CountingKit.Adapters.Xero;

/// <summary>Permissions as Xero names them.</summary>
internal static partial class XeroScopes
{
    public const string OfflineAccess = "offline_access";

    public static string[] Split(string scopes) =>
        [.. scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    /// <inheritdoc cref="XeroPermissions.MayWrite"/>
    public static bool MayWrite(string scope) => XeroPermissions.MayWrite(scope);

    public static string[] Missing(IEnumerable<string> asked, IReadOnlyCollection<string> granted) =>
    [
        .. asked.Where(scope => scope.EndsWith(".read", StringComparison.Ordinal)
            && !XeroPermissions.IsCovered(scope, granted)),
    ];

    /// <returns>The first permission that a foreign text names; null = none.</returns>
    public static string? NamedIn(string? text) =>
        text is not null && Named().Match(text) is { Success: true } match ? match.Value : null;

    [GeneratedRegex(@"\baccounting(\.[a-z]{1,40}){1,3}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
