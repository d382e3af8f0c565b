namespace CountingKit.Connections;

/// <summary>
/// A permission as people read it, over the permission lines that Xero's own page shows. All are read-only.
/// </summary>
/// <param name="Lines">Xero's names (scopes) behind it that this installation knows.</param>
public sealed record XeroPermission(string Name, string Allows, string Why, IReadOnlyList<XeroPermissionLine> Lines);

/// <param name="Scope">As Xero names it.</param>
/// <param name="Meaning">What it opens, in an accountant's words.</param>
public sealed record XeroPermissionLine(string Scope, string Meaning);

public enum PermissionState
{
    Granted,
    /// <summary>Some of its lines are missing.</summary>
    Partly,
    Missing,
    /// <summary>This installation does not ask for it.</summary>
    NotAsked,
}

/// <param name="Lines">Those that are asked for or granted, and whether each is granted.</param>
public sealed record PermissionRow(
    XeroPermission Permission, PermissionState State, IReadOnlyList<(XeroPermissionLine Line, bool Granted)> Lines);

/// <summary>The permissions table of the connect page and of each connection's page.</summary>
public static class XeroPermissions
{
    /// <summary>Shown beside the table: they open no accounting data.</summary>
    public static readonly IReadOnlyList<XeroPermissionLine> Beside =
    [
        new("offline_access", "Stay signed in, so that exports can run while you are away"),
        new("openid", "Recognize your Xero sign-in"),
        new("profile", "Your name, to show who connected the organization"),
        new("email", "Your email address, to show who connected the organization"),
    ];

    public static readonly IReadOnlyList<XeroPermission> All =
    [
        new("Read accounting data", "Transactions and records",
            "To export invoices, bills, payments, bank transactions",
            [
                new("accounting.invoices.read", "Invoices, bills, credit notes, quotes, purchase orders, items"),
                new("accounting.payments.read", "Payments, overpayments, prepayments"),
                new("accounting.banktransactions.read", "Bank transactions and transfers"),
                new("accounting.manualjournals.read", "Manual journals"),
                new("accounting.transactions.read", "All transactions (Xero apps made before March 2026)"),
                new("accounting.journals.read", "Journals (where the Xero app's tier allows it)"),
            ]),
        new("Read contacts", "Customers and suppliers", "To export contact details and relationships",
            [new("accounting.contacts.read", "Contacts and contact groups")]),
        new("Read reports", "Financial reports", "To export Profit and Loss, Balance Sheet and other reports",
            [
                new("accounting.reports.profitandloss.read", "Profit and Loss"),
                new("accounting.reports.balancesheet.read", "Balance Sheet"),
                new("accounting.reports.trialbalance.read", "Trial Balance"),
                new("accounting.reports.banksummary.read", "Bank Summary"),
                new("accounting.reports.aged.read", "Aged Receivables and Aged Payables"),
                new("accounting.reports.executivesummary.read", "Executive Summary"),
                new("accounting.reports.budgetsummary.read", "Budget Summary"),
                new("accounting.budgets.read", "Budgets"),
                new("accounting.reports.read", "All reports (Xero apps made before March 2026)"),
            ]),
        new("Read organization data", "Organization information",
            "To identify which organization the data belongs to",
            [new("accounting.settings.read", "Organization, accounts, tax rates, tracking categories, currencies")]),
    ];

    /// <summary>
    /// Permissions of Xero apps made before March 2026, each with what took its place: whoever has the one has the others
    /// (Xero, Scopes).
    /// </summary>
    private static readonly Dictionary<string, string[]> Broad =
        new()
        {
            ["accounting.transactions.read"] =
            [
                "accounting.invoices.read", "accounting.payments.read", "accounting.banktransactions.read",
                "accounting.manualjournals.read",
            ],
            ["accounting.reports.read"] =
            [
                "accounting.reports.profitandloss.read", "accounting.reports.balancesheet.read",
                "accounting.reports.trialbalance.read", "accounting.reports.banksummary.read",
                "accounting.reports.aged.read", "accounting.reports.executivesummary.read",
                "accounting.reports.budgetsummary.read",
            ],
        };

    /// <summary>Anything that is not plainly reading or identity counts as writing.</summary>
    public static bool MayWrite(string scope) =>
        !scope.EndsWith(".read", StringComparison.Ordinal) && Beside.All(line => line.Scope != scope);

    /// <summary>Whether the permission is there: by its own name, by a broad one, or by all that a broad one stood for.</summary>
    public static bool IsCovered(string scope, IReadOnlyCollection<string> granted) =>
        granted.Contains(scope)
        || Broad.Any(broad => granted.Contains(broad.Key) && broad.Value.Contains(scope))
        || (Broad.TryGetValue(scope, out var parts) && parts.All(granted.Contains));

    /// <param name="asked">What the settings ask for today.</param>
    /// <param name="granted">What the sign-in has; null = nobody has signed in yet, so nothing is missing.</param>
    public static IReadOnlyList<PermissionRow> Table(IReadOnlyList<string> asked, IReadOnlyList<string>? granted) =>
        [.. All.Select(permission => Row(permission, asked, granted))];

    /// <summary>
    /// Permissions asked for today and not granted, as people read them; an unknown one by Xero's name.
    /// </summary>
    public static IReadOnlyList<string> MissingMeanings(IReadOnlyList<string> asked, IReadOnlyList<string> granted) =>
    [
        .. asked.Except(Beside.Select(line => line.Scope)).Where(scope => !IsCovered(scope, granted)).Select(Meaning),
    ];

    /// <summary>What a permission opens, as people read it; an unknown one by Xero's name.</summary>
    public static string Meaning(string scope) =>
        All.SelectMany(permission => permission.Lines).FirstOrDefault(line => line.Scope == scope)?.Meaning ?? scope;

    private static PermissionRow Row(
        XeroPermission permission, IReadOnlyList<string> asked, IReadOnlyList<string>? granted)
    {
        var lines = permission.Lines
            .Where(line => asked.Contains(line.Scope) || granted?.Contains(line.Scope) == true)
            .Select(line => (Line: line, Granted: granted is null || IsCovered(line.Scope, granted)))
            .ToList();
        var has = lines.Count(line => line.Granted);
        var state = lines.Count == 0 ? PermissionState.NotAsked
            : has == lines.Count ? PermissionState.Granted
            : has == 0 ? PermissionState.Missing
            : PermissionState.Partly;
        return new PermissionRow(permission, state, lines);
    }
}
