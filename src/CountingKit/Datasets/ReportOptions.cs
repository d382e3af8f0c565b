namespace CountingKit.Datasets;

/// <summary>How long one period is. Months are the calendar's, quarters and years the organization's financial ones.</summary>
public enum ReportUnit
{
    Month,
    Quarter,
    Year,
    /// <summary>All days of the range in one report.</summary>
    Whole,
}

/// <summary>Which days periods are made of, counted from the day on which a run is queued.</summary>
public enum ReportRange
{
    /// <summary>So many units, of which the last is the current one.</summary>
    Last,
    ThisMonth,
    LastMonth,
    ThisQuarter,
    LastQuarter,
    ThisYear,
    LastYear,
    /// <summary>From the financial year's first day to the end of the current unit.</summary>
    YearToDate,
    /// <summary>From the configuration's first day to its last one.</summary>
    Fixed,
}

/// <summary>What an exporter wants of a report.</summary>
/// <param name="Count">For <see cref="ReportRange.Last"/>: how many units; of <see cref="ReportUnit.Whole"/>, months.</param>
/// <param name="IsCash">False = accrual basis.</param>
/// <param name="IsOwnLayout">True = with the sections that the organization has arranged; false = Xero's standard ones.</param>
/// <param name="WithTotals">False = lines that add up others are left out, so that the rows can be summed.</param>
public sealed record ReportOptions(
    ReportUnit Unit = ReportUnit.Month, ReportRange Range = ReportRange.Last, int Count = 12, bool IsCash = false,
    bool IsOwnLayout = false, bool WithTotals = false)
{
    /// <summary>Only the organization's financial year says which days these are.</summary>
    public bool NeedsFinancialYear() => Unit is ReportUnit.Quarter or ReportUnit.Year || Range is ReportRange.ThisQuarter
        or ReportRange.LastQuarter or ReportRange.ThisYear or ReportRange.LastYear or ReportRange.YearToDate;

    /// <summary>Whether the range is made of whole units.</summary>
    public bool Fits() => (Unit, Range) switch
    {
        (ReportUnit.Quarter or ReportUnit.Year, ReportRange.ThisMonth or ReportRange.LastMonth) => false,
        (ReportUnit.Year, ReportRange.ThisQuarter or ReportRange.LastQuarter) => false,
        _ => true,
    };
}
