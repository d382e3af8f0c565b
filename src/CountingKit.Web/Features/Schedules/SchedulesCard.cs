using CountingKit.Schedules;

namespace CountingKit.Web.Features.Schedules;

/// <summary>The schedules on an exporter's page.</summary>
public sealed record SchedulesCard(Guid ExporterId, IReadOnlyList<ScheduleItem> Schedules, AllSchedulesState All);
