using System.Globalization;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Xero.Ledger;

namespace CountingKit.Sandbox.Xero.Reports;

/// <summary>
/// Earned and spent in one or more periods. A column to compare with is the first one moved back whole: one that is a year
/// long stays a year long, whatever the timeframe.
/// </summary>
internal static class ProfitAndLoss
{
    public const string Income = "Income";
    public const string CostOfSales = "Cost of Sales";
    public const string OtherIncome = "Other Income";
    public const string Expenses = "Operating Expenses";

    public static Report Of(ReportContext context)
    {
        var to = context.Query.Date("toDate");
        var from = context.Query.Date("fromDate") ?? Months.First(to ?? context.Today);
        var end = to ?? Months.Last(context.Query.Date("fromDate") ?? context.Today);
        var columns = Columns(context, from, end);
        return new Report(["Profit & Loss", context.Organization, $"{Rows.Long(from)} to {Rows.Long(end)}"],
            [Rows.Header("", columns.Select(column => column.Title)), .. Body(columns)]);
    }

    /// <summary>In which part an account stands; null: in none.</summary>
    public static string? PartOf(LedgerAccount account) => account switch
    {
        { Type: "OTHERINCOME" } => OtherIncome,
        { Type: "DIRECTCOSTS" } => CostOfSales,
        { Class: "REVENUE" } => Income,
        { Class: "EXPENSE" } => Expenses,
        _ => null,
    };

    /// <summary>What a part comes to: earnings positive in income, costs positive elsewhere.</summary>
    public static decimal Total(Dictionary<LedgerAccount, decimal> sums, string part) =>
        Sign(part) * sums.Where(sum => PartOf(sum.Key) == part).Sum(sum => sum.Value);

    public static decimal GrossProfit(Dictionary<LedgerAccount, decimal> sums) =>
        Total(sums, Income) - Total(sums, CostOfSales);

    public static decimal NetProfit(Dictionary<LedgerAccount, decimal> sums) =>
        -sums.Where(sum => sum.Key.IsProfitOrLoss).Sum(sum => sum.Value);

    public static int Sign(string part) => part is Income or OtherIncome ? -1 : 1;

    private static IEnumerable<JsonObject> Body(IReadOnlyList<Column> columns)
    {
        foreach (var row in Section(columns, Income, "Income")) yield return row;
        foreach (var row in Section(columns, CostOfSales, "Less Cost of Sales")) yield return row;
        yield return Computed("Gross Profit", columns.Select(column => GrossProfit(column.Sums)));
        foreach (var row in Section(columns, OtherIncome, "Plus Other Income")) yield return row;
        foreach (var row in Section(columns, Expenses, "Less Operating Expenses")) yield return row;
        yield return Computed("Net Profit", columns.Select(column => NetProfit(column.Sums)));
    }

    private static JsonObject Computed(string label, IEnumerable<decimal> amounts) =>
        Rows.Section("", [Rows.Plain(label, amounts)]);

    /// <summary>A part without a row is left out.</summary>
    private static IEnumerable<JsonObject> Section(IReadOnlyList<Column> columns, string part, string title)
    {
        var accounts = columns.SelectMany(column => column.Sums.Keys).Where(account => PartOf(account) == part).Distinct()
            .Where(account => columns.Any(column => column.Sums.GetValueOrDefault(account) != 0))
            .OrderBy(account => account.Name, StringComparer.OrdinalIgnoreCase).ToList();
        if (accounts.Count == 0) yield break;
        yield return Rows.Section(title,
        [
            .. accounts.Select(account => Rows.Account(account,
                columns.Select(column => Sign(part) * column.Sums.GetValueOrDefault(account)))),
            Rows.Summary($"Total {part}", columns.Select(column => Total(column.Sums, part))),
        ]);
    }

    private static List<Column> Columns(ReportContext context, DateOnly from, DateOnly to)
    {
        var tracking = new TrackingChoice(context);
        if (tracking.Columns is { } split)
            return [.. split.Select(each => new Column(each.Title, Sums(from, to, each.Counts)))];
        var (periods, months) = (context.Query.Periods(0), context.Query.Timeframe());
        return [.. Enumerable.Range(0, periods + 1).Select(period => -period * months).Select(back => new Column(
            to.AddMonths(back).ToString("d MMM yy", CultureInfo.InvariantCulture),
            Sums(from.AddMonths(back), to.AddMonths(back), tracking.Counts)))];

        Dictionary<LedgerAccount, decimal> Sums(DateOnly first, DateOnly last, Func<EntryLine, bool>? counts) =>
            OrganizationLedger.Sums(context.Entries, first, last, counts);
    }

    private sealed record Column(string Title, Dictionary<LedgerAccount, decimal> Sums);
}
