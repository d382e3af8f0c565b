using System.Globalization;
using CountingKit.Schedules;

namespace CountingKit.Web.Features.Schedules;

/// <summary>How schedules look.</summary>
internal static class ScheduleLooks
{
    public static IReadOnlyList<int> Hours { get; } = [1, 2, 3, 4, 6, 8, 12];

    private static readonly Dictionary<string, string> Fields = new()
    {
        [ScheduleCodes.UnknownZone.Code] = nameof(ScheduleForm.Zone),
        [ScheduleCodes.NoDays.Code] = nameof(ScheduleForm.Days),
        [ScheduleCodes.BadDay.Code] = nameof(ScheduleForm.Day),
        [ScheduleCodes.BadHours.Code] = nameof(ScheduleForm.Every),
        [ScheduleCodes.BadCron.Code] = nameof(ScheduleForm.Cron),
        [ScheduleCodes.BadQuiet.Code] = nameof(ScheduleForm.QuietTo),
        [ScheduleCodes.TooManyCalls.Code] = nameof(ScheduleForm.Kind),
        [ScheduleCodes.Never.Code] = nameof(ScheduleForm.Kind),
    };

    /// <summary>Where in the form a refusal of this code is told; empty = above all of it.</summary>
    public static string FieldOf(string code) => Fields.GetValueOrDefault(code, "");

    public static string Of(ScheduleKind kind) => kind switch
    {
        ScheduleKind.Hourly => "Every few hours",
        ScheduleKind.Daily => "Every day",
        ScheduleKind.Weekly => "On days of the week",
        ScheduleKind.Monthly => "Monthly, on a day",
        ScheduleKind.MonthEnd => "Monthly, on the last day",
        ScheduleKind.LastBusinessDay => "Monthly, on the last business day",
        ScheduleKind.Quarterly => "Quarterly",
        ScheduleKind.Yearly => "Yearly",
        ScheduleKind.Cron => "Cron expression",
    };

    /// <summary>In the schedule's own zone, as its offset tells it: "Mon, Nov 30, 2026, 06:00 (UTC+00:00)".</summary>
    public static string Moment(DateTimeOffset at) =>
        at.ToString("ddd, MMM d, yyyy, HH:mm '(UTC'zzz')'", CultureInfo.InvariantCulture);

    public static string? Time(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <param name="skipped">The code of why a time was skipped, or the schedule is set aside.</param>
    public static string Title(ErrorCodes codes, string skipped) => codes.Find(skipped)?.Title ?? skipped;
}
