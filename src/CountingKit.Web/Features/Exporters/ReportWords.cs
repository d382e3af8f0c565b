using System.Globalization;
using CountingKit.Datasets;

namespace CountingKit.Web.Features.Exporters;

/// <summary>What reports' options are called.</summary>
internal static class ReportWords
{
    public static string Of(ReportUnit unit) => unit switch
    {
        ReportUnit.Month => "A month",
        ReportUnit.Quarter => "A quarter of the financial year",
        ReportUnit.Year => "A financial year",
        ReportUnit.Whole => "All days in one",
    };

    public static string Of(ReportRange range) => range switch
    {
        ReportRange.Last => "The last periods, with the current one",
        ReportRange.ThisMonth => "This month",
        ReportRange.LastMonth => "Last month",
        ReportRange.ThisQuarter => "This quarter",
        ReportRange.LastQuarter => "Last quarter",
        ReportRange.ThisYear => "This financial year",
        ReportRange.LastYear => "Last financial year",
        ReportRange.YearToDate => "This financial year to date",
        ReportRange.Fixed => "From a first day to a last day",
    };

    /// <summary>For a report with balances, a period is the day at whose end they are told.</summary>
    public static string PeriodOf(ReportKind kind) => kind.IsAsAt ? "Balances at the end of" : "One report for";

    /// <summary>Such as "the last 12 months, by month, accrual basis, without totals".</summary>
    public static string Sentence(ReportKind kind, ReportOptions options, string dates)
    {
        var parts = new List<string>
        {
            options.Range switch
            {
                ReportRange.Fixed => dates,
                ReportRange.Last => Last(options),
                _ => Lower(Of(options.Range)),
            },
        };
        if (options.Unit != ReportUnit.Whole) parts.Add($"by {options.Unit.ToString().ToLowerInvariant()}");
        if (kind.HasBasis) parts.Add(options.IsCash ? "cash basis" : "accrual basis");
        if (kind.HasLayout && options.IsOwnLayout) parts.Add("in the organization's own layout");
        if (kind.HasTotals) parts.Add(options.WithTotals ? "with totals" : "without totals");
        return string.Join(", ", parts);
    }

    /// <summary>Why numbers may be others than on Xero's own page of the report; the likeliest first.</summary>
    public static IEnumerable<string> Differences(ReportKind kind, ReportOptions options)
    {
        if (kind.HasBasis)
            yield return options.IsCash
                ? "This is on cash basis. Xero's page may be set to accrual basis."
                : "This is on accrual basis. Xero's page may be set to cash basis.";
        yield return kind.IsAsAt
            ? kind.IsByMonth
                ? "Balances are those at the end of the period, also of a month that is not over: entries with a later date in "
                    + "it are counted. Xero's page may show another day."
                : "Balances are those at the end of the period's last day, also of a period that is not over. "
                    + "Xero's page may show another day."
            : "A period is read to its last day, also the current one: entries with a later date in it are counted. "
                + "Xero's page may end today.";
        yield return $"A period is read again by each run until {WantedPeriod.DaysOpenAfterwards} days after its last day, "
            + "then once a week. "
            + "What somebody books into an older period is here within a week.";
        if (kind.HasLayout)
            yield return options.IsOwnLayout
                ? "Lines are arranged as in the organization's own layout. "
                    + "Who changes it in Xero changes the sections and lines here."
                : "Lines are arranged in Xero's standard layout. "
                    + "In the organization's own one they may stand in other sections, or be grouped.";
        if (kind.HasTotals && !options.WithTotals)
            yield return "Totals are left out, so that the rows can be summed. Edit the exporter to keep them.";
        if (kind.Dates == ReportDates.Budget)
            yield return "This is the overall budget. Xero gives no other budgets in this report.";
        if (kind.Units is [ReportUnit.Month])
            yield return "Ratios are rounded to six decimals here; Xero's page shows fewer.";
        yield return "Xero's page may be filtered by a tracking category; here everything is counted.";
    }

    private static string Last(ReportOptions options)
    {
        var unit = options.Unit switch
        {
            ReportUnit.Quarter => "quarter",
            ReportUnit.Year => "financial year",
            _ => "month",
        };
        return options.Count == 1
            ? $"the current {unit}"
            : string.Create(CultureInfo.InvariantCulture, $"the last {options.Count} {unit}s with the current one");
    }

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
