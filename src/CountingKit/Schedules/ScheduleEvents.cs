using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Schedules;

// Stream schedules-{exporterId}: when an exporter runs by itself.

public sealed record ScheduleAdded(Guid ExporterId, Guid ScheduleId, Schedule Schedule) : IEvent, IConcernsExporter;

/// <param name="Before">What it was until now.</param>
public sealed record ScheduleChanged(Guid ExporterId, Guid ScheduleId, Schedule Schedule, Schedule Before)
    : IEvent, IConcernsExporter;

/// <param name="Schedule">What it was.</param>
public sealed record ScheduleRemoved(Guid ExporterId, Guid ScheduleId, Schedule Schedule) : IEvent, IConcernsExporter;

/// <param name="Schedule">What it is, for the trail.</param>
public sealed record SchedulePaused(Guid ExporterId, Guid ScheduleId, Schedule Schedule) : IEvent, IConcernsExporter;

/// <inheritdoc cref="SchedulePaused"/>
public sealed record ScheduleResumed(Guid ExporterId, Guid ScheduleId, Schedule Schedule) : IEvent, IConcernsExporter;

// Stream allschedules-{workspaceId}: one switch over all schedules of a workspace.

[Touches(Organizations.None)]
public sealed record AllSchedulesPaused(Guid WorkspaceId) : IEvent;

[Touches(Organizations.None)]
public sealed record AllSchedulesResumed(Guid WorkspaceId) : IEvent;

public static class ScheduleEvents
{
    public static EventCatalog AddScheduleEvents(this EventCatalog catalog) => catalog
        .Map<ScheduleAdded>("schedule-added.v1", e => new(
            "Added a schedule", "exporter", e.ExporterId, Detail: ScheduleWords.Of(e.Schedule)))
        .Map<ScheduleChanged>("schedule-changed.v1", e => new(
            "Changed a schedule", "exporter", e.ExporterId,
            Detail: $"{ScheduleWords.Of(e.Before)} → {ScheduleWords.Of(e.Schedule)}"))
        .Map<ScheduleRemoved>("schedule-removed.v1", e => new(
            "Removed a schedule", "exporter", e.ExporterId, Detail: ScheduleWords.Of(e.Schedule)))
        .Map<SchedulePaused>("schedule-paused.v1", e => new(
            "Paused a schedule", "exporter", e.ExporterId, Detail: ScheduleWords.Of(e.Schedule)))
        .Map<ScheduleResumed>("schedule-resumed.v1", e => new(
            "Resumed a schedule", "exporter", e.ExporterId, Detail: ScheduleWords.Of(e.Schedule)))
        .Map<AllSchedulesPaused>("all-schedules-paused.v1", e => new("Paused all schedules", "workspace", e.WorkspaceId))
        .Map<AllSchedulesResumed>("all-schedules-resumed.v1", e => new("Resumed all schedules", "workspace", e.WorkspaceId));
}
