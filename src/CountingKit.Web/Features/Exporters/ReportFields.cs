using CountingKit.Datasets;

namespace CountingKit.Web.Features.Exporters;

/// <summary>The form's fields of a report. Nothing chosen = as usual.</summary>
/// <param name="Count">For ranges of the last so many.</param>
/// <param name="Basis"><see cref="Cash"/>, else accrual.</param>
/// <param name="Layout"><see cref="Own"/>, else Xero's standard one.</param>
/// <param name="Totals">Null = not checked.</param>
public sealed record ReportFields(
    ReportUnit? Unit = null, ReportRange? Range = null, int? Count = null, string? Basis = null, string? Layout = null,
    string? Totals = null)
{
    public const string Cash = "cash";
    public const string Own = "own";
    public const string With = "with";

    public static ReportFields Of(ReportOptions options) => new(
        options.Unit, options.Range, options.Count, options.IsCash ? Cash : "accrual", options.IsOwnLayout ? Own : "standard",
        options.WithTotals ? With : null);

    /// <summary>For the rules to judge; what this report does not offer is left out.</summary>
    public ReportOptions ToOptions(ReportKind kind)
    {
        var usual = new ReportOptions();
        var unit = Unit ?? usual.Unit;
        var range = Range ?? usual.Range;
        return new(
            kind.Units.Contains(unit) ? unit : kind.Units[0], range,
            range == ReportRange.Last ? Count ?? usual.Count : usual.Count,
            kind.HasBasis && Basis == Cash, kind.HasLayout && Layout == Own, kind.HasTotals && Totals == With);
    }
}

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
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the last {options.Count} {unit}s with the current one");
    }

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
