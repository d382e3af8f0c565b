using System.Globalization;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Xero.Ledger;

namespace CountingKit.Sandbox.Xero.Reports;

/// <summary>The overall budget, a column for each period from the month of the date on.</summary>
internal static class BudgetSummary
{
    private const int PeriodsOfAYear = 12;

    public static Report Of(ReportContext context)
    {
        var first = Months.First(context.Query.Date("date") ?? context.Today);
        var (periods, months) = (context.Query.Periods(PeriodsOfAYear), context.Query.TimeframeInMonths());
        var last = first.AddMonths(periods * months - 1);
        List<(LedgerAccount Account, decimal[] Amounts)> planned = [.. Lines(context)
            .Select(line => (context.Ledger.Chart.Of(Text(line, "AccountID"), Text(line, "AccountCode")),
                Amounts(line, first, periods, months)))];

        return new Report(
            ["Overall Budget", "Budget Summary", context.Organization, $"{Title(first, "MMMM yyyy")} to {Title(last, "MMMM yyyy")}"],
            [
                Rows.Header("Account", Enumerable.Range(1, periods)
                    .Select(period => Title(first.AddMonths(period * months - 1), "MMM-yy"))),
                .. Part(planned, ProfitAndLoss.Income, "Income"),
                .. Part(planned, ProfitAndLoss.CostOfSales, "Less Cost of Sales"),
                Computed("Gross Profit", periods, Gross),
                .. Part(planned, ProfitAndLoss.OtherIncome, "Plus Other Income"),
                .. Part(planned, ProfitAndLoss.Expenses, "Less Operating Expenses"),
                Computed("Total Expenses", periods, period => Sum(ProfitAndLoss.Expenses, period)),
                Computed("Net Profit", periods, period =>
                    Gross(period) + Sum(ProfitAndLoss.OtherIncome, period) - Sum(ProfitAndLoss.Expenses, period)),
            ]);

        decimal Gross(int period) => Sum(ProfitAndLoss.Income, period) - Sum(ProfitAndLoss.CostOfSales, period);

        decimal Sum(string part, int period) =>
            planned.Where(line => ProfitAndLoss.PartOf(line.Account) == part).Sum(line => line.Amounts[period]);
    }

    private static IEnumerable<JsonObject> Part(
        List<(LedgerAccount Account, decimal[] Amounts)> planned, string part, string title)
    {
        var rows = planned.Where(line => ProfitAndLoss.PartOf(line.Account) == part)
            .Select(line => Rows.Account(line.Account, line.Amounts)).ToList();
        return rows.Count == 0 ? [] : [Rows.Section(title, rows)];
    }

    private static JsonObject Computed(string label, int periods, Func<int, decimal> amount) =>
        Rows.Section("", [Rows.Summary(label, Enumerable.Range(0, periods).Select(amount))]);

    private static IEnumerable<JsonNode> Lines(ReportContext context) =>
        context.Records("Budgets").FirstOrDefault(budget => Text(budget, "Type") == "OVERALL")?["BudgetLines"]?.AsArray()
            .OfType<JsonNode>() ?? [];

    private static decimal[] Amounts(JsonNode line, DateOnly first, int periods, int months)
    {
        var byMonth = (line["BudgetBalances"]?.AsArray() ?? []).OfType<JsonNode>()
            .ToLookup(balance => Text(balance, "Period"), balance => decimal.Parse(Text(balance, "Amount"), CultureInfo.InvariantCulture));
        return [.. Enumerable.Range(0, periods).Select(period => Enumerable.Range(0, months)
            .Sum(month => byMonth[Title(first.AddMonths(period * months + month), "yyyy-MM")].Sum()))];
    }

    private static string Text(JsonNode json, string name) => json[name]?.ToString() ?? "";

    private static string Title(DateOnly month, string format) => month.ToString(format, CultureInfo.InvariantCulture);
}
