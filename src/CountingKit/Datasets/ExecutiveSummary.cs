using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per measure and month (Xero Accounting API, Reports/ExecutiveSummary).</summary>
internal static class ExecutiveSummary
{
    private const string AsShown = "A percentage is the number before its sign; ratios have six decimals.";

    public static Dataset Dataset { get; } = ReportColumns.Of(
        "executiveSummary", "Executive Summary",
        new("ExecutiveSummary", "accounting.reports.executivesummary.read", ReportDates.Month)
        {
            Units = [ReportUnit.Month], HasTotals = false,
        },
        [
            ColumnSets.Organization, ReportColumns.Period, ReportColumns.From, ReportColumns.To, ReportColumns.Section,
            new("measure", "Measure", Text, "Rows[].Cells[0].Value"),
            new("thisMonth", "This Month", ColumnType.Decimal, "Rows[].Cells[1].Value", Note: AsShown),
            new("lastMonth", "Last Month", ColumnType.Decimal, "Rows[].Cells[2].Value", Note: AsShown),
            new("unit", "Unit", Text, "=unit(Rows[])", Note: "% where the two months are percentages."),
            new("variance", "Variance %", ColumnType.Decimal, "Rows[].Cells[3].Value", Note: AsShown),
            .. ReportColumns.Ids(ofAccounts: false),
        ],
        nameColumn: "measure");
}
