using System.Diagnostics;
using System.Globalization;

namespace CountingKit.Schedules;

/// <summary>A schedule in people's words, by which it is called: "Weekdays at 06:00, London".</summary>
public static class ScheduleWords
{
    private static readonly DayOfWeek[] WorkingDays =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    public static string Of(Schedule schedule) =>
        $"{Times(schedule)}, {ZoneOf(schedule.Zone)}{Quiet(schedule)}";

    /// <summary>"New York" of America/New_York.</summary>
    public static string ZoneOf(string zone) => zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    public static string Of(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Times(Schedule schedule) => schedule.Kind switch
    {
        ScheduleKind.Hourly when schedule.Every == 1 => $"Every hour at {Minute(schedule)}",
        ScheduleKind.Hourly => $"Every {schedule.Every} hours at {Minute(schedule)}",
        ScheduleKind.Daily => $"Every day at {Of(schedule.At)}",
        ScheduleKind.Weekly => $"{Days(schedule.Days ?? [])} at {Of(schedule.At)}",
        ScheduleKind.Monthly => $"{Day(schedule)} of each month at {Of(schedule.At)}",
        ScheduleKind.MonthEnd => $"Last day of each month at {Of(schedule.At)}",
        ScheduleKind.LastBusinessDay => $"Last business day of each month at {Of(schedule.At)}",
        ScheduleKind.Quarterly => $"{Day(schedule)} of {Quarters(schedule.Month ?? 1)} at {Of(schedule.At)}",
        ScheduleKind.Yearly => $"{MonthName(schedule.Month ?? 1)} {schedule.Day} each year at {Of(schedule.At)}",
        ScheduleKind.Cron => $"Cron {schedule.Cron}",
        _ => throw new UnreachableException($"{schedule.Kind}"),
    };

    /// <summary>Jan, Apr, Jul and Oct.</summary>
    public static string Quarters(int first) =>
        $"{MonthName(first)}, {MonthName(first + 3)}, {MonthName(first + 6)} and {MonthName(first + 9)}";

    public static string MonthName(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month);

    private static string Minute(Schedule schedule) => string.Create(CultureInfo.InvariantCulture, $":{schedule.At.Minute:00}");

    private static string Day(Schedule schedule) =>
        schedule.Day > 28 ? $"Day {schedule.Day} (or the last day)" : $"Day {schedule.Day}";

    private static string Days(IReadOnlyList<DayOfWeek> days) =>
        days.Count == WorkingDays.Length && WorkingDays.All(days.Contains)
            ? "Weekdays"
            : string.Join(", ", days.OrderBy(day => ((int)day + 6) % 7).Select(day => day.ToString()[..3]));

    private static string Quiet(Schedule schedule) => schedule is { QuietFrom: { } from, QuietTo: { } to }
        ? $", quiet {Of(from)} to {Of(to)}"
        : "";
}
