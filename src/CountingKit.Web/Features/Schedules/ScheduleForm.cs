using System.ComponentModel.DataAnnotations;
using CountingKit.Schedules;

namespace CountingKit.Web.Features.Schedules;

/// <param name="ScheduleId">Made when the form was rendered: sent twice, it makes one schedule.</param>
/// <param name="Minute">Of an hourly one.</param>
/// <param name="Quarter">Of a quarterly one, the first month that it runs in, 1 to 3.</param>
/// <param name="Zone">IANA's name; null = none was chosen yet.</param>
public sealed record ScheduleForm(
    Guid CommandId,
    Guid ScheduleId,
    ScheduleKind Kind = ScheduleKind.Daily,
    int? Every = null,
    [Range(0, 59, ErrorMessage = "A minute is 0 to 59.")] int? Minute = null,
    TimeOnly? At = null,
    IReadOnlyList<DayOfWeek>? Days = null,
    int? Day = null,
    int? Quarter = null,
    int? Month = null,
    [MaxLength(100, ErrorMessage = "A cron expression has at most 100 characters.")] string? Cron = null,
    [MaxLength(60, ErrorMessage = "This is no time zone.")] string? Zone = null,
    TimeOnly? QuietFrom = null,
    TimeOnly? QuietTo = null)
{
    private static readonly TimeOnly Morning = new(6, 0);

    private static readonly IReadOnlyList<DayOfWeek> WorkingDays =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <param name="zone">Null = only the member's browser knows one.</param>
    public static ScheduleForm New(string? zone) => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), ScheduleKind.Weekly, At: Morning, Days: WorkingDays, Zone: zone);

    public static ScheduleForm Of(Guid scheduleId, Schedule schedule) => new(
        Guid.CreateVersion7(), scheduleId, schedule.Kind, schedule.Every, schedule.At.Minute, schedule.At, schedule.Days,
        schedule.Day, schedule.Kind is ScheduleKind.Quarterly ? schedule.Month : null,
        schedule.Kind is ScheduleKind.Yearly ? schedule.Month : null, schedule.Cron, schedule.Zone, schedule.QuietFrom,
        schedule.QuietTo);

    /// <summary>What was entered, for the rules to judge.</summary>
    public Schedule ToSchedule() => new(
        Kind, Zone ?? "", Kind is ScheduleKind.Hourly ? new(0, Minute ?? 0) : At ?? Morning, Every ?? 1, Days, Day ?? 1,
        (Kind is ScheduleKind.Quarterly ? Quarter : Month) ?? 1, Cron ?? "", QuietFrom, QuietTo);
}
