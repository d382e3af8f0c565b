using System.ComponentModel.DataAnnotations;

namespace CountingKit.Schedules;

/// <summary>How the times of a schedule are chosen.</summary>
public enum ScheduleKind { Hourly, Daily, Weekly, Monthly, MonthEnd, LastBusinessDay, Quarterly, Yearly, Cron }

/// <summary>When an exporter runs by itself, by the clock of one time zone.</summary>
/// <param name="Zone">IANA's name: Europe/London.</param>
/// <param name="At">The time of day; of an hourly one only its minute counts, of a cron expression nothing.</param>
/// <param name="Every">Of an hourly one: every so many hours from midnight, a divisor of 24.</param>
/// <param name="Days">Of a weekly one, at least one; else null.</param>
/// <param name="Day">Of a monthly, quarterly or yearly one, 1 to 31: in a shorter month its last day. Else null.</param>
/// <param name="Month">Of a yearly one, 1 to 12; of a quarterly one the first month that it runs in, 1 to 3; else null.</param>
/// <param name="Cron">Five fields; null = of another kind.</param>
/// <param name="QuietFrom">No run starts from this time of day until <paramref name="QuietTo"/>; null = at any time.</param>
/// <param name="QuietTo">What would start in the quiet hours starts at their end, once. Null with the other.</param>
public sealed record Schedule(
    ScheduleKind Kind,
    [property: MaxLength(60)] string Zone,
    TimeOnly At = default,
    int Every = 1,
    [property: MaxLength(7)] IReadOnlyList<DayOfWeek>? Days = null,
    int? Day = null,
    int? Month = null,
    [property: MaxLength(100)] string? Cron = null,
    TimeOnly? QuietFrom = null,
    TimeOnly? QuietTo = null)
{
    /// <summary>Records compare their lists by reference; here their content counts.</summary>
    public bool SameAs(Schedule other) =>
        (Days ?? []).SequenceEqual(other.Days ?? []) && this with { Days = null } == other with { Days = null };
}
