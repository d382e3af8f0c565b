using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Schedules;

/// <summary>An exporter is to run by itself at these times, too.</summary>
[Asks(Permission.ManageExporters)]
public sealed record AddSchedule(
    Guid CommandId, Guid ExporterId, Guid ScheduleId, [property: Required] Schedule Schedule)
    : ICommand<Appended>, IConcernsExporter, IBringsId
{
    public Guid BroughtId => ScheduleId;
}

/// <summary>Other times from now on. What has begun goes on.</summary>
[Asks(Permission.ManageExporters)]
public sealed record ChangeSchedule(
    Guid CommandId, Guid ExporterId, Guid ScheduleId, [property: Required] Schedule Schedule)
    : ICommand<Appended>, IConcernsExporter;

[Asks(Permission.ManageExporters)]
public sealed record RemoveSchedule(Guid CommandId, Guid ExporterId, Guid ScheduleId) : ICommand<Appended>, IConcernsExporter;

/// <summary>It starts no run until it is resumed; what it would have started meanwhile is not made up for.</summary>
[Asks(Permission.ManageExporters)]
public sealed record PauseSchedule(Guid CommandId, Guid ExporterId, Guid ScheduleId) : ICommand<Appended>, IConcernsExporter;

[Asks(Permission.ManageExporters)]
public sealed record ResumeSchedule(Guid CommandId, Guid ExporterId, Guid ScheduleId) : ICommand<Appended>, IConcernsExporter;

internal sealed class ScheduleHandlers(Streams streams, CurrentRequester current, ScheduleCosts costs, TimeProvider time) :
    IRequestHandler<AddSchedule, Appended>,
    IRequestHandler<ChangeSchedule, Appended>,
    IRequestHandler<RemoveSchedule, Appended>,
    IRequestHandler<PauseSchedule, Appended>,
    IRequestHandler<ResumeSchedule, Appended>
{
    public async Task<Appended> Handle(AddSchedule command, CancellationToken ct)
    {
        var schedule = await Fitting(command.Schedule, command.ExporterId, command.ScheduleId, ct);
        return await Decide(
            command.ExporterId,
            state => ExporterSchedules.Add(state, command.ExporterId, command.ScheduleId, schedule), ct);
    }

    public async Task<Appended> Handle(ChangeSchedule command, CancellationToken ct)
    {
        var schedule = await Fitting(command.Schedule, command.ExporterId, command.ScheduleId, ct);
        return await Decide(
            command.ExporterId,
            state => ExporterSchedules.Change(state, command.ExporterId, command.ScheduleId, schedule), ct);
    }

    public async Task<Appended> Handle(RemoveSchedule command, CancellationToken ct) => await Decide(
        command.ExporterId, state => ExporterSchedules.Remove(state, command.ExporterId, command.ScheduleId), ct);

    public async Task<Appended> Handle(PauseSchedule command, CancellationToken ct) => await Decide(
        command.ExporterId, state => ExporterSchedules.Pause(state, command.ExporterId, command.ScheduleId), ct);

    public async Task<Appended> Handle(ResumeSchedule command, CancellationToken ct) => await Decide(
        command.ExporterId, state => ExporterSchedules.Resume(state, command.ExporterId, command.ScheduleId), ct);

    private async Task<Schedule> Fitting(Schedule wished, Guid exporterId, Guid scheduleId, CancellationToken ct)
    {
        var schedule = ScheduleRules.Trimmed(wished);
        ScheduleRules.Check(schedule, time.GetUtcNow());
        (await costs.Of(await Exporter(exporterId, ct), schedule, scheduleId, ct)).Require();
        return schedule;
    }

    private async Task<Appended> Decide(
        Guid exporterId, Func<ExporterSchedules.State, IReadOnlyList<IEvent>> decide, CancellationToken ct)
    {
        await Exporter(exporterId, ct);
        return (await streams.Transact(
            ExporterSchedules.StreamOf(exporterId), ExporterSchedules.Decider, decide, ct)).Appended;
    }

    private async Task<ExporterConfiguration> Exporter(Guid exporterId, CancellationToken ct) => Exporters.Exporter.Require(
        (await streams.Read(Exporters.Exporter.StreamOf(exporterId), Exporters.Exporter.Decider, ct)).For(current.Requester))
        .Configuration;
}

/// <summary>No schedule of the workspace starts a run until all are resumed.</summary>
[Asks(Permission.ManageExporters), Touches(Organizations.None)]
public sealed record PauseAllSchedules(Guid CommandId) : ICommand<Appended>;

[Asks(Permission.ManageExporters), Touches(Organizations.None)]
public sealed record ResumeAllSchedules(Guid CommandId) : ICommand<Appended>;

internal sealed class AllSchedulesHandlers(Streams streams, CurrentRequester current) :
    IRequestHandler<PauseAllSchedules, Appended>,
    IRequestHandler<ResumeAllSchedules, Appended>
{
    public Task<Appended> Handle(PauseAllSchedules command, CancellationToken ct) => Decide(AllSchedules.Pause, ct);

    public Task<Appended> Handle(ResumeAllSchedules command, CancellationToken ct) => Decide(AllSchedules.Resume, ct);

    private async Task<Appended> Decide(
        Func<AllSchedules.State, Guid, IReadOnlyList<IEvent>> decide, CancellationToken ct)
    {
        if (current.Requester.Connections is not null) throw ScheduleCodes.NotForAll.Refuse();
        var workspaceId = current.Requester.WorkspaceId;
        return (await streams.Transact(
            AllSchedules.StreamOf(workspaceId), AllSchedules.Decider, state => decide(state, workspaceId), ct)).Appended;
    }
}
