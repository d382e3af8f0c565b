using System.Globalization;

namespace CountingKit.Datasets;

/// <summary>The days that one report is of. A record of a report's resource is one period, and this is its key.</summary>
/// <param name="From">The first day; null = the report tells how things stand at the end of the last one.</param>
/// <param name="To">The last day, inclusive.</param>
public readonly record struct ReportPeriod(DateOnly? From, DateOnly To)
{
    private const string Form = "yyyy-MM-dd";

    /// <summary><c>2026-10-01/2026-10-31</c>, or <c>2026-10-31</c>: stored in events.</summary>
    public string Key => From is { } from ? $"{Text(from, Form)}/{Text(To, Form)}" : Text(To, Form);

    /// <summary>"Oct 2026" for a whole month or its end, "Jul–Sep 2026", "Jul 2026–Jun 2027", else the days.</summary>
    public string Label
    {
        get
        {
            var endsMonth = To.Day == DateTime.DaysInMonth(To.Year, To.Month);
            var from = From ?? new DateOnly(To.Year, To.Month, 1);
            if (!endsMonth || from.Day != 1) return From is null || from == To ? Day(To) : $"{Day(from)}–{Day(To)}";
            if (from.Year != To.Year) return $"{Text(from, "MMM yyyy")}–{Text(To, "MMM yyyy")}";
            return from.Month == To.Month ? Text(To, "MMM yyyy") : $"{Text(from, "MMM")}–{Text(To, "MMM yyyy")}";
        }
    }

    /// <exception cref="FormatException">It is no period's key.</exception>
    public static ReportPeriod Parse(string key) => key.Split('/') switch
    {
        [var day] => new(null, Read(day)),
        [var first, var last] => new(Read(first), Read(last)),
        _ => throw new FormatException($"{key} is not a period."),
    };

    private static DateOnly Read(string day) => DateOnly.ParseExact(day, Form, CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => Text(day, "MMM d, yyyy");

    private static string Text(DateOnly day, string form) => day.ToString(form, CultureInfo.InvariantCulture);
}

/// <summary>A period that a run wants, and until when it is still open.</summary>
/// <param name="SettlesAt">UTC: a report that was read at this moment or later tells a closed period.</param>
public sealed record WantedPeriod(ReportPeriod Period, DateTimeOffset SettlesAt)
{
    /// <summary>People still book into a month that has just ended.</summary>
    public const int DaysOpenAfterwards = 31;

    /// <summary>Whether the report must be asked for.</summary>
    /// <param name="readAt">UTC: when it was read last; null = never.</param>
    /// <param name="asOf">UTC: what was read at this moment or later is fresh enough.</param>
    /// <param name="fullEvery">A closed period is read again after so long: somebody may have booked into it.</param>
    public bool IsDue(DateTimeOffset? readAt, DateTimeOffset asOf, TimeSpan fullEvery) =>
        readAt is not { } read || (read < asOf && (read < SettlesAt || read < asOf - fullEvery));

    /// <summary>It is read by each run.</summary>
    public bool IsOpen(DateTimeOffset at) => at < SettlesAt;
}
