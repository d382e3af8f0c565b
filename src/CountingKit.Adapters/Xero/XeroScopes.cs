using CountingKit.Connections;

namespace CountingKit.Adapters.Xero;

/// <summary>Permissions as Xero names them.</summary>
internal static class XeroScopes
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
}
