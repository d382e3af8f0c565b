namespace CountingKit.Datasets;

/// <summary>An organization's days: when one ends, and when its financial year does.</summary>
/// <param name="YearEnd">The last day of a financial year, of any year; null = not known.</param>
public sealed record ReportCalendar(TimeZoneInfo Zone, (int Month, int Day)? YearEnd)
{
    private const int MonthsOfAQuarter = 3;

    public DateOnly Today(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    /// <summary>Whether the periods can be told.</summary>
    public bool Knows(ReportOptions options) => YearEnd is not null || !options.NeedsFinancialYear();

    /// <summary>The periods of a report, earliest first.</summary>
    /// <param name="from">Of a fixed range.</param>
    /// <param name="at">UTC: what is current, is at this moment.</param>
    /// <exception cref="InvalidOperationException">The financial year is needed and not known.</exception>
    public IReadOnlyList<WantedPeriod> Periods(
        ReportKind kind, ReportOptions options, DateOnly? from, DateOnly? to, DateTimeOffset at)
    {
        var (first, last) = Range(options, from, to, Today(at));
        if (kind.IsByMonth) (first, last) = (MonthOf(first), EndOfMonth(last));
        var periods = new List<WantedPeriod>();
        for (var start = first; start <= last;)
        {
            var end = options.Unit == ReportUnit.Whole ? last : Earlier(EndOf(options.Unit, start), last);
            periods.Add(Wanted(new(kind.IsAsAt ? null : start, end)));
            if (end == DateOnly.MaxValue) break;
            start = end.AddDays(1);
        }

        return periods;
    }

    private WantedPeriod Wanted(ReportPeriod period)
    {
        var settles = period.To.AddDays(1 + WantedPeriod.DaysOpenAfterwards).ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(settles)) settles = settles.AddMinutes(30); // Clocks go forward at midnight in some places.
        return new(period, new DateTimeOffset(settles, Zone.GetUtcOffset(settles)).ToUniversalTime());
    }

    private (DateOnly First, DateOnly Last) Range(ReportOptions options, DateOnly? from, DateOnly? to, DateOnly today) =>
        options.Range switch
        {
            ReportRange.ThisMonth => Of(ReportUnit.Month, today, 0),
            ReportRange.LastMonth => Of(ReportUnit.Month, today, 1),
            ReportRange.ThisQuarter => Of(ReportUnit.Quarter, today, 0),
            ReportRange.LastQuarter => Of(ReportUnit.Quarter, today, 1),
            ReportRange.ThisYear => Of(ReportUnit.Year, today, 0),
            ReportRange.LastYear => Of(ReportUnit.Year, today, 1),
            ReportRange.YearToDate => (
                StartOf(ReportUnit.Year, today), Earlier(EndOf(Counted(options.Unit), today), YearEndFrom(today))),
            ReportRange.Last => (
                Of(Counted(options.Unit), today, Math.Max(1, options.Count) - 1).First, EndOf(Counted(options.Unit), today)),
            _ => (from ?? today, to ?? today),
        };

    /// <summary>What is all in one is counted by months.</summary>
    private static ReportUnit Counted(ReportUnit unit) => unit == ReportUnit.Whole ? ReportUnit.Month : unit;

    /// <summary>The unit that lies so many before the one of a day.</summary>
    private (DateOnly First, DateOnly Last) Of(ReportUnit unit, DateOnly day, int before)
    {
        for (; before > 0; before--) day = StartOf(unit, day).AddDays(-1);
        return (StartOf(unit, day), EndOf(unit, day));
    }

    private DateOnly StartOf(ReportUnit unit, DateOnly day)
    {
        if (unit == ReportUnit.Month) return MonthOf(day);
        var end = EndIn(day.Year);
        var year = (end < day ? end : EndIn(day.Year - 1)).AddDays(1);
        return unit == ReportUnit.Year ? year : year.AddMonths(MonthsOfAQuarter * QuarterOf(year, day));
    }

    private DateOnly EndOf(ReportUnit unit, DateOnly day) => unit switch
    {
        ReportUnit.Month => EndOfMonth(day),
        ReportUnit.Year => YearEndFrom(day),
        _ => Earlier(YearEndFrom(day), StartOf(unit, day).AddMonths(MonthsOfAQuarter).AddDays(-1)),
    };

    private static int QuarterOf(DateOnly year, DateOnly day)
    {
        var quarter = 0;
        while (quarter < 3 && year.AddMonths(MonthsOfAQuarter * (quarter + 1)) <= day) quarter++;
        return quarter;
    }

    /// <summary>The first end of a financial year on that day or later.</summary>
    private DateOnly YearEndFrom(DateOnly day)
    {
        var end = EndIn(day.Year);
        return end >= day ? end : EndIn(day.Year + 1);
    }

    private DateOnly EndIn(int year)
    {
        var (month, day) = YearEnd ?? throw new InvalidOperationException("The financial year is not known.");
        var days = DateTime.DaysInMonth(year, month);
        // A year that ends with February ends on the 29th where there is one.
        return new(year, month, month == 2 && day == 28 ? days : Math.Min(day, days));
    }

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    private static DateOnly EndOfMonth(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
