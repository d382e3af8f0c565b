using System.Globalization;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Reports;

/// <summary>A month beside the one before. Ratios have all the digits there are.</summary>
internal static class ExecutiveSummary
{
    public static Report Of(ReportContext context)
    {
        var month = Months.First(context.Query.Date("date") ?? context.Today);
        var (now, before) = (new Month(context, month), new Month(context, month.AddMonths(-1)));
        return new Report(
            ["Executive Summary", context.Organization, $"For the month of {month.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}"],
            [
                Rows.Header("", [Title(month), Title(month.AddMonths(-1)), "Variance"]),
                .. Sections.Select(section => Rows.Section(section.Title,
                    section.Measures.Select(measure => Row(measure, now, before)))),
            ]);
    }

    private static readonly (string Title, Measure[] Measures)[] Sections =
    [
        ("Cash",
        [
            Money("Cash received", month => month.Received), Money("Cash spent", month => month.Spent),
            Money("Cash surplus (deficit)", month => month.Received - month.Spent),
            Money("Closing bank balance", month => month.Bank),
        ]),
        ("Profitability",
        [
            Money("Income", month => month.Income), Money("Direct costs", month => month.DirectCosts),
            Money("Gross profit (loss)", month => month.Income - month.DirectCosts),
            Money("Other Income", month => month.OtherIncome), Money("Expenses", month => month.Expenses),
            Money("Profit (loss)", month => month.Profit),
        ]),
        ("Balance Sheet",
        [
            Money("Debtors", month => month.Debtors), Money("Creditors", month => month.Creditors),
            Money("Net assets", month => month.NetAssets),
        ]),
        ("Income",
        [
            new("Number of invoices issued", month => month.Invoices, Plain),
            Money("Average value of invoices", month => Ratio(month.Invoiced, month.Invoices) ?? 0),
        ]),
        ("Performance",
        [
            new("Gross profit margin", month => Ratio(month.Income - month.DirectCosts, month.Income), Percent),
            new("Net profit margin", month => Ratio(month.Profit, month.Income), Percent),
            new("Return on investment (p.a.)", month => Ratio(month.Profit * 12, month.NetAssets) ?? 0, Percent),
        ]),
        ("Position",
        [
            new("Average debtors days", month => Ratio(month.Debtors * month.Days, month.Income) ?? 0, Plain),
            new("Average creditors days",
                month => Ratio(month.Creditors * month.Days, month.DirectCosts + month.Expenses) ?? 0, Plain),
            Money("Short term cash forecast", month => month.Debtors - month.Creditors),
            new("Current assets to liabilities", month => Ratio(month.CurrentAssets, month.CurrentLiabilities), Plain),
            new("Term assets to liabilities", month => Ratio(month.TermAssets, month.TermLiabilities), Plain),
        ]),
    ];

    private static JsonObject Row(Measure measure, Month now, Month before)
    {
        var (value, last) = (measure.Of(now), measure.Of(before));
        return Rows.Plain(measure.Label, (string[])
        [
            value is { } amount ? measure.Text(amount) : "", last is { } other ? measure.Text(other) : "",
            Percent(value is null || last is null ? 0 : Ratio(value.Value - last.Value, Math.Abs(last.Value)) ?? 0),
        ]);
    }

    private static Measure Money(string label, Func<Month, decimal> of) => new(label, month => of(month), Rows.Money);

    private static decimal? Ratio(decimal part, decimal whole) => whole == 0 ? null : part / whole;

    private static string Percent(decimal share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static string Plain(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Title(DateOnly month) => month.ToString("MMM yyyy", CultureInfo.InvariantCulture);

    private sealed record Measure(string Label, Func<Month, decimal?> Of, Func<decimal, string> Text);
}
