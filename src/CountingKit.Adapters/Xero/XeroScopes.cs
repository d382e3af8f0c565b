namespace CountingKit.Adapters.Xero;

/// <summary>Permissions as Xero names them.</summary>
internal static class XeroScopes
{
    public const string OfflineAccess = "offline_access";

    private static readonly string[] Identity = ["openid", "profile", "email", OfflineAccess];

    public static string[] Split(string scopes) =>
        [.. scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    /// <summary>Anything that is not plainly reading or identity counts as writing.</summary>
    public static bool MayWrite(string scope) =>
        !scope.EndsWith(".read", StringComparison.Ordinal) && !Identity.Contains(scope);

    public static string[] Missing(IEnumerable<string> asked, IReadOnlyCollection<string> granted) =>
        [.. asked.Where(scope => scope.EndsWith(".read", StringComparison.Ordinal) && !granted.Contains(scope))];
}
