using CountingKit.Datasets;

namespace CountingKit.Web.Features.Exporters;

public enum ReportBasis { Accrual, Cash }

public enum ReportLayout { Standard, Own }

/// <summary>The form's fields of a report. Nothing chosen = as usual.</summary>
/// <param name="Count">For ranges of the last so many.</param>
/// <param name="Totals">Null = not checked.</param>
public sealed record ReportFields(
    ReportUnit? Unit = null, ReportRange? Range = null, int? Count = null, ReportBasis? Basis = null, ReportLayout? Layout = null,
    bool? Totals = null)
{
    public static ReportFields Of(ReportOptions options) => new(
        options.Unit, options.Range, options.Count, options.IsCash ? ReportBasis.Cash : ReportBasis.Accrual,
        options.IsOwnLayout ? ReportLayout.Own : ReportLayout.Standard, options.WithTotals ? true : null);

    /// <summary>For the rules to judge; what this report does not offer is left out.</summary>
    public ReportOptions ToOptions(ReportKind kind)
    {
        var usual = new ReportOptions();
        var unit = Unit ?? usual.Unit;
        var range = Range ?? usual.Range;
        return new(
            kind.Units.Contains(unit) ? unit : kind.Units[0], range,
            range == ReportRange.Last ? Count ?? usual.Count : usual.Count,
            kind.HasBasis && Basis == ReportBasis.Cash, kind.HasLayout && Layout == ReportLayout.Own,
            kind.HasTotals && Totals == true);
    }
}
