using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using Cronos;

namespace CountingKit.Schedules;

/// <summary>
/// The moments of a schedule. Where clocks are put on, a local time that is skipped is the moment right after the jump;
/// where they are put back, one that comes twice is its first, but an hourly schedule counts real hours.
/// </summary>
public sealed partial class ScheduleTimes
{
    /// <summary>Of a day on which clocks are put back, too.</summary>
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromHours(26);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);
    private const int DaysLookedAt = 32;

    private readonly Schedule schedule;
    private readonly TimeZoneInfo zone;
    private readonly IReadOnlyList<CronExpression> expressions;

    private ScheduleTimes(Schedule schedule, TimeZoneInfo zone, IReadOnlyList<CronExpression> expressions) =>
        (this.schedule, this.zone, this.expressions) = (schedule, zone, expressions);

    /// <exception cref="RefusedException">CK-SCHEDULE-02: its zone is not known. CK-SCHEDULE-06: it is no cron expression.</exception>
    public static ScheduleTimes Of(Schedule schedule) => new(
        schedule, FindZone(schedule.Zone) ?? throw ScheduleCodes.UnknownZone.Refuse(),
        [.. Expressions(schedule).Select(Parse)]);

    /// <param name="name">IANA's.</param>
    /// <returns>Null = it is not known here.</returns>
    public static TimeZoneInfo? FindZone(string name) =>
        ZoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    public TimeZoneInfo Zone => zone;

    /// <returns>In order, each once, with the zone's offset at that moment; without an end, unless there is no more.</returns>
    public IEnumerable<DateTimeOffset> After(DateTimeOffset moment)
    {
        var last = moment;
        for (var next = Next(schedule.QuietFrom is null ? moment : moment - LongestQuiet); next is { } at; next = Next(at))
        {
            var starts = AfterQuiet(at);
            if (starts <= last) continue;
            yield return starts;
            last = starts;
        }
    }

    /// <summary>Of the fullest of the coming days by UTC, by which Xero counts; at least 1.</summary>
    public int MostADay(DateTimeOffset now) => After(now).TakeWhile(at => at < now.AddDays(DaysLookedAt))
        .GroupBy(at => at.UtcDateTime.Date).Select(day => day.Count()).DefaultIfEmpty(1).Max();

    private DateTimeOffset? Next(DateTimeOffset after) => expressions.Select(e => e.GetNextOccurrence(after, zone)).Min();

    private DateTimeOffset AfterQuiet(DateTimeOffset at)
    {
        if (schedule is not { QuietFrom: { } from, QuietTo: { } to }) return at;
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var clock = TimeOnly.FromDateTime(local.DateTime);
        if (!clock.IsBetween(from, to)) return at;
        var end = local.Date + to.ToTimeSpan();
        if (to <= clock) end = end.AddDays(1);
        while (zone.IsInvalidTime(end)) end += Step;
        var offset = zone.IsAmbiguousTime(end) ? zone.GetAmbiguousTimeOffsets(end).Max() : zone.GetUtcOffset(end);
        return new(end, offset);
    }

    private static IEnumerable<string> Expressions(Schedule schedule)
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"{schedule.At.Minute} {schedule.At.Hour}");
        return schedule.Kind switch
        {
            ScheduleKind.Hourly when schedule.Every == 1 => [$"{schedule.At.Minute} * * * *"],
            ScheduleKind.Hourly => [$"{schedule.At.Minute} */{schedule.Every} * * *"],
            ScheduleKind.Daily => [$"{time} * * *"],
            ScheduleKind.Weekly => [$"{time} * * {string.Join(',', (schedule.Days ?? []).Select(day => (int)day))}"],
            ScheduleKind.Monthly => OnDay(time, schedule.Day, Enumerable.Range(1, 12)),
            ScheduleKind.MonthEnd => [$"{time} L * *"],
            ScheduleKind.LastBusinessDay => [$"{time} LW * *"],
            ScheduleKind.Quarterly => OnDay(
                time, schedule.Day, Enumerable.Range(0, 4).Select(quarter => (schedule.Month ?? 1) + (3 * quarter))),
            ScheduleKind.Yearly => OnDay(time, schedule.Day, [schedule.Month ?? 1]),
            ScheduleKind.Cron => [schedule.Cron ?? ""],
            _ => throw new UnreachableException($"{schedule.Kind}"),
        };
    }

    /// <summary>In a month that is too short for the day, on its last one.</summary>
    private static IEnumerable<string> OnDay(string time, int? day, IEnumerable<int> months)
    {
        const int anyYearButALeapYear = 2026;
        foreach (var kind in months.GroupBy(month => day <= DateTime.DaysInMonth(anyYearButALeapYear, month)))
            yield return $"{time} {(kind.Key ? $"{day}" : "L")} {string.Join(',', kind)} *";
    }

    private static CronExpression Parse(string text)
    {
        try
        {
            return CronExpression.Parse(text);
        }
        catch (CronFormatException)
        {
            throw ScheduleCodes.BadCron.Refuse();
        }
    }

    /// <summary>No path to any other file than a zone's: zones are looked up in a folder.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ZoneName();
}
