using System.Globalization;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;

namespace CountingKit.Schedules;

/// <summary>A time of a schedule that has come.</summary>
/// <param name="At">UTC: the schedule's own time, without what is waited so that not all start at once.</param>
public sealed record DueOccurrence(Guid ScheduleId, Guid ExporterId, Guid WorkspaceId, DateTimeOffset At);

/// <summary>Starts runs as a schedule does, not as a person.</summary>
public interface IScheduledRuns
{
    /// <summary>A repeat for the same exporter and time starts nothing twice.</summary>
    /// <returns>The run that was started or joined; null = the schedule is gone, or paused.</returns>
    /// <exception cref="RefusedException">Why no run may start now.</exception>
    Task<Guid?> Start(DueOccurrence due, CancellationToken ct);
}

internal sealed class ScheduledRuns(Streams streams, CurrentCommand current, RunRequests requests) : IScheduledRuns
{
    public async Task<Guid?> Start(DueOccurrence due, CancellationToken ct)
    {
        var schedules = await streams.Read(ExporterSchedules.StreamOf(due.ExporterId), ExporterSchedules.Decider, ct);
        if (schedules.All.GetValueOrDefault(due.ScheduleId) is not { IsPaused: false, Schedule: var schedule }) return null;
        var exporter = await streams.Read(Exporter.StreamOf(due.ExporterId), Exporter.Decider, ct);
        if (exporter is not Exporter.State.Ready ready) return null;
        if ((await streams.Read(AllSchedules.StreamOf(due.WorkspaceId), AllSchedules.Decider, ct)).ArePaused)
            throw ScheduleCodes.AllPaused.Refuse();

        var id = CommandOf(due);
        current.Context = new(id, id, id, Actor.Schedule, due.WorkspaceId, ready.Configuration.ConnectionIds);
        return (await requests.Start(
            due.ExporterId, exporter, RunTrigger.Schedule, null,
            new(due.ScheduleId, ScheduleWords.Of(schedule), due.At), ct)).RunId;
    }

    /// <summary>Two schedules of an exporter that meet are one run.</summary>
    internal static Guid CommandOf(DueOccurrence due) => DerivedId.From(
        due.ExporterId, "occurrence", due.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
}
