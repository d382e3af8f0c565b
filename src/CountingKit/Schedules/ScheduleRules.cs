using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Schedules;

/// <summary>What a schedule must be to be kept.</summary>
public static class ScheduleRules
{
    private const int Hours = 24;

    /// <returns>What counts for its kind, and nothing else.</returns>
    public static Schedule Trimmed(Schedule schedule) => new(
        schedule.Kind, schedule.Zone, schedule.Kind switch
        {
            ScheduleKind.Cron => default,
            ScheduleKind.Hourly => new(0, schedule.At.Minute),
            _ => new(schedule.At.Hour, schedule.At.Minute),
        },
        schedule.Kind is ScheduleKind.Hourly ? schedule.Every : 1,
        schedule.Kind is ScheduleKind.Weekly ? [.. (schedule.Days ?? []).Distinct().Order()] : null,
        schedule.Kind is ScheduleKind.Monthly or ScheduleKind.Quarterly or ScheduleKind.Yearly ? schedule.Day : null,
        schedule.Kind is ScheduleKind.Quarterly or ScheduleKind.Yearly ? schedule.Month : null,
        schedule.Kind is ScheduleKind.Cron ? schedule.Cron?.Trim() : null, schedule.QuietFrom, schedule.QuietTo);

    /// <exception cref="RefusedException">CK-SCHEDULE-02 to 08: what is wrong with it.</exception>
    public static void Check(Schedule schedule, DateTimeOffset now)
    {
        if (ScheduleTimes.FindZone(schedule.Zone) is null) throw ScheduleCodes.UnknownZone.Refuse();
        if (schedule is { Kind: ScheduleKind.Hourly } && (schedule.Every is < 1 or >= Hours || Hours % schedule.Every != 0))
            throw ScheduleCodes.BadHours.Refuse();
        if (schedule is { Kind: ScheduleKind.Weekly } && !(schedule.Days is { Count: > 0 } days && days.All(Enum.IsDefined)))
            throw ScheduleCodes.NoDays.Refuse();
        if (!IsOfTheCalendar(schedule)) throw ScheduleCodes.BadDay.Refuse();
        if (schedule.QuietFrom is null != schedule.QuietTo is null) throw ScheduleCodes.BadQuiet.Refuse();
        if (schedule.QuietFrom is not null && schedule.QuietFrom == schedule.QuietTo) throw ScheduleCodes.BadQuiet.Refuse();
        if (!ScheduleTimes.Of(schedule).After(now).Any()) throw ScheduleCodes.Never.Refuse();
    }

    private static bool IsOfTheCalendar(Schedule schedule) => schedule.Kind switch
    {
        ScheduleKind.Monthly => schedule.Day is >= 1 and <= 31,
        ScheduleKind.Quarterly => schedule is { Day: >= 1 and <= 31, Month: >= 1 and <= 3 },
        ScheduleKind.Yearly => schedule is { Day: >= 1 and <= 31, Month: >= 1 and <= 12 },
        _ => true,
    };
}
