namespace CountingKit.Sandbox.Xero.SignIn;

/// <summary>The scopes that an app can ask for; one of the Starter tier not the premium one.</summary>
internal static class Scopes
{
    private const string Premium = "accounting.journals.read";

    private static readonly string[] Identity = ["openid", "profile", "email", "offline_access"];

    /// <summary>Exist with and without <c>.read</c>.</summary>
    private static readonly string[] ReadAndWrite =
    [
        "accounting.invoices", "accounting.payments", "accounting.banktransactions", "accounting.manualjournals",
        "accounting.settings", "accounting.contacts", "accounting.attachments", "accounting.transactions",
    ];

    private static readonly string[] ReadOnly =
    [
        "accounting.budgets.read", "accounting.reports.read", "accounting.reports.profitandloss.read",
        "accounting.reports.balancesheet.read", "accounting.reports.trialbalance.read",
        "accounting.reports.banksummary.read", "accounting.reports.aged.read",
        "accounting.reports.executivesummary.read", "accounting.reports.budgetsummary.read",
        "accounting.reports.taxreports.read", "accounting.reports.tenninetynine.read",
    ];

    private static readonly HashSet<string> Known =
        [.. Identity, .. ReadAndWrite, .. ReadAndWrite.Select(scope => scope + ".read"), .. ReadOnly];

    public static bool AreKnown(IEnumerable<string> scopes, bool premium) =>
        scopes.All(scope => Known.Contains(scope) || (premium && scope == Premium));

    public static string[] Split(string scopes) =>
        scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether one of the granted scopes opens what any of <paramref name="scopes"/> may read.</summary>
    public static bool Open(IEnumerable<string> granted, IEnumerable<string> scopes) =>
        granted.Intersect(scopes.SelectMany(Enough)).Any();

    /// <summary>The scope itself, with and without <c>.read</c>, and the broad one that it was cut from.</summary>
    private static string[] Enough(string scope) => scope switch
    {
        "accounting.invoices" or "accounting.payments" or "accounting.banktransactions" or "accounting.manualjournals" =>
            [scope, scope + ".read", "accounting.transactions", "accounting.transactions.read"],
        _ when scope.StartsWith("accounting.reports.", StringComparison.Ordinal) =>
            [scope + ".read", "accounting.reports.read"],
        _ => [scope, scope + ".read"],
    };

    /// <summary>What a scope means in the words of the consent page.</summary>
    public static string Meaning(string scope) => scope switch
    {
        "openid" => "Sign in with your Xero account",
        "profile" => "View your name and Xero profile",
        "email" => "View your email address",
        "offline_access" => "Stay signed in while you are away",
        _ when scope.EndsWith(".read", StringComparison.Ordinal) => $"View your organization's data: {scope}",
        _ => $"View and change your organization's data: {scope}",
    };
}
