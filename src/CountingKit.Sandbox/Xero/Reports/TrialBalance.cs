using System.Text.Json.Nodes;
using CountingKit.Sandbox.Xero.Ledger;

namespace CountingKit.Sandbox.Xero.Reports;

/// <summary>
/// Every account: what moved in the month up to the day, and its balance, which for earnings and costs is that of the
/// financial year.
/// </summary>
internal static class TrialBalance
{
    private static readonly (string Title, string Class)[] Parts =
    [
        ("Revenue", "REVENUE"), ("Expenses", "EXPENSE"), ("Assets", "ASSET"), ("Liabilities", "LIABILITY"),
        ("Equity", "EQUITY"),
    ];

    public static Report Of(ReportContext context)
    {
        var date = context.Query.Date("date") ?? context.Today;
        var moved = OrganizationLedger.Sums(context.Entries, Months.First(date), date);
        var balances = Balances(context, date);
        return new Report(["Trial Balance", context.Organization, $"As at {Rows.Long(date)}"],
        [
            Rows.Header("Account", ["Debit", "Credit", "YTD Debit", "YTD Credit"]),
            .. Parts.Select(part => Part(part.Title, part.Class, moved, balances)).OfType<JsonObject>(),
            Rows.Section("", [Rows.Summary("Total",
                [Debits(moved), -Debits(moved, -1), Debits(balances), -Debits(balances, -1)])]),
        ]);
    }

    private static Dictionary<LedgerAccount, decimal> Balances(ReportContext context, DateOnly date)
    {
        var balances = OrganizationLedger.Sums(context.Entries, null, date);
        var before = OrganizationLedger.Sums(context.Entries, null, context.Year.StartOf(date).AddDays(-1));
        var retained = context.Ledger.Chart.System("RETAINEDEARNINGS");
        balances[retained] = balances.GetValueOrDefault(retained) - ProfitAndLoss.NetProfit(before);
        foreach (var (account, amount) in before.Where(sum => sum.Key.IsProfitOrLoss)) balances[account] -= amount;
        return balances;
    }

    private static JsonObject? Part(
        string title, string accountClass, Dictionary<LedgerAccount, decimal> moved,
        Dictionary<LedgerAccount, decimal> balances)
    {
        var rows = moved.Keys.Union(balances.Keys).Where(account => account.Class == accountClass)
            .Where(account => moved.GetValueOrDefault(account) != 0 || balances.GetValueOrDefault(account) != 0)
            .OrderBy(account => account.Name, StringComparer.OrdinalIgnoreCase)
            .Select(account => Rows.Account(account, Label(account),
                [.. Sides(moved.GetValueOrDefault(account)), .. Sides(balances.GetValueOrDefault(account))]))
            .ToList();
        return rows.Count == 0 ? null : Rows.Section(title, rows);
    }

    private static string Label(LedgerAccount account) =>
        account.Code.Length > 0 ? $"{account.Name} ({account.Code})" : account.Name;

    /// <summary>Debit and credit: one of them is blank.</summary>
    private static string[] Sides(decimal amount) => amount switch
    {
        > 0 => [Rows.Money(amount), ""],
        < 0 => ["", Rows.Money(-amount)],
        _ => ["", ""],
    };

    /// <param name="sign">−1: the credits.</param>
    private static decimal Debits(Dictionary<LedgerAccount, decimal> sums, int sign = 1) =>
        sums.Values.Where(amount => Math.Sign(amount) == sign).Sum();
}
