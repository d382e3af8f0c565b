using System.Globalization;

namespace CountingKit.Datasets;

/// <summary>What a report's dates mean to Xero (Xero Accounting API, Reports).</summary>
public enum ReportDates
{
    /// <summary>What happened from a first day to a last one.</summary>
    Range,
    /// <summary>How things stood at the end of a day.</summary>
    Day,
    /// <summary>How things stood at the end of a month: any day of it means all of it.</summary>
    MonthEnd,
    /// <summary>What happened in the month of a day.</summary>
    Month,
    /// <summary>What is planned from the month of a day on.</summary>
    Budget,
}

/// <summary>How a report is asked for, one call a period, and what can be chosen of it.</summary>
public sealed class ReportKind
{
    private const string AllReports = "accounting.reports.read";

    /// <param name="name">Below <c>Reports/</c>; part of what is stored in events: <c>ProfitAndLoss</c>.</param>
    /// <param name="scope">The permission that opens it, as Xero names it.</param>
    /// <param name="hasBasis">It can be asked for on cash basis, too.</param>
    /// <param name="hasLayout">It can be asked for as the organization has arranged it, too.</param>
    public ReportKind(string name, string scope, ReportDates dates, bool hasBasis = false, bool hasLayout = false)
    {
        (Dates, HasBasis, HasLayout) = (dates, hasBasis, hasLayout);
        Resources =
        [
            .. from isOwn in Ways(hasLayout) from isCash in Ways(hasBasis)
            select new Resource(
                $"{name}{(isCash ? "Cash" : "")}{(isOwn ? "OwnLayout" : "")}", "ReportID", "", [scope, AllReports])
            {
                Path = $"Reports/{name}", Paging = Paging.Periods, IsOrdered = false, TellsChanges = false,
                Report = new(this, isCash, isOwn), Passing = ["UpdatedDateUTC", "ReportDate", "ReportID"],
            },
        ];
    }

    public ReportDates Dates { get; }

    public bool HasBasis { get; }

    public bool HasLayout { get; }

    public IReadOnlyList<ReportUnit> Units { get; init; } =
        [ReportUnit.Month, ReportUnit.Quarter, ReportUnit.Year, ReportUnit.Whole];

    /// <summary>Some of its lines add up others.</summary>
    public bool HasTotals { get; init; } = true;

    /// <summary>Xero knows only whole months of it.</summary>
    public bool IsByMonth => Dates is ReportDates.MonthEnd or ReportDates.Month or ReportDates.Budget;

    /// <summary>It tells how things stand, not what happened.</summary>
    public bool IsAsAt => Dates is ReportDates.Day or ReportDates.MonthEnd;

    /// <summary>One for each way of asking; the usual one first.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    public Resource ResourceOf(ReportOptions options) =>
        Resources.First(resource => resource.Report!.IsCash == (options.IsCash && HasBasis)
            && resource.Report.IsOwnLayout == (options.IsOwnLayout && HasLayout));

    private static IEnumerable<bool> Ways(bool hasOther) => hasOther ? [false, true] : [false];
}

/// <summary>One way of asking for a report.</summary>
public sealed record ReportRequest(ReportKind Kind, bool IsCash, bool IsOwnLayout)
{
    /// <summary>Of the URL, for one period.</summary>
    public string Query(ReportPeriod period)
    {
        var parts = new List<string>();
        if (Kind.Dates == ReportDates.Range)
            parts.AddRange([$"fromDate={Day(period.From ?? period.To)}", $"toDate={Day(period.To)}"]);
        else parts.Add($"date={Day(Kind.IsAsAt ? period.To : period.From ?? period.To)}");
        if (Kind.Dates == ReportDates.Budget)
            parts.AddRange(["periods=1", string.Create(CultureInfo.InvariantCulture, $"timeframe={Months(period)}")]);
        if (Kind.HasLayout) parts.Add(IsOwnLayout ? "standardLayout=false" : "standardLayout=true");
        if (Kind.HasBasis) parts.Add(IsCash ? "paymentsOnly=true" : "paymentsOnly=false");
        return string.Join('&', parts);
    }

    private static int Months(ReportPeriod period) =>
        period.From is { } from ? ((period.To.Year - from.Year) * 12) + period.To.Month - from.Month + 1 : 1;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
