using AutoMapper;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Schedules;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Api;

/// <summary>Exporters, and when they run by themselves.</summary>
public sealed class ExportersApiController(IMediator mediator, IMapper mapper) : ApiBase(mediator)
{
    [HttpGet("exporters"), Needs(Permission.View)]
    public async Task<IReadOnlyList<ExporterResource>> Exporters(CancellationToken ct) =>
        mapper.Map<IReadOnlyList<ExporterResource>>(await Mediator.Send(new ListExporters(), ct));

    /// <summary>Also one that was deleted.</summary>
    [HttpGet("exporters/{exporterId:guid}"), Needs(Permission.View)]
    public async Task<ExporterResource> Exporter(Guid exporterId, CancellationToken ct) =>
        mapper.Map<ExporterResource>(await Mediator.Send(new GetExporter(exporterId), ct));

    [HttpPost("exporters/{exporterId:guid}/pause"), Needs(Permission.ManageExporters)]
    public Task<IActionResult> Pause(
        Guid exporterId, [FromHeader(Name = KeyHeader)] Guid? key, CancellationToken ct) =>
        Do(key, number => Mediator.Send(new PauseExporter(number, exporterId), ct));

    [HttpPost("exporters/{exporterId:guid}/resume"), Needs(Permission.ManageExporters)]
    public Task<IActionResult> Resume(
        Guid exporterId, [FromHeader(Name = KeyHeader)] Guid? key, CancellationToken ct) =>
        Do(key, number => Mediator.Send(new ResumeExporter(number, exporterId), ct));

    [HttpGet("exporters/{exporterId:guid}/schedules"), Needs(Permission.View)]
    public async Task<IReadOnlyList<ScheduleResource>> Schedules(Guid exporterId, CancellationToken ct) =>
        mapper.Map<IReadOnlyList<ScheduleResource>>(await Mediator.Send(new ListSchedules(exporterId), ct));

    [HttpPost("exporters/{exporterId:guid}/schedules/{scheduleId:guid}/pause"), Needs(Permission.ManageExporters)]
    public Task<IActionResult> PauseSchedule(
        Guid exporterId, Guid scheduleId, [FromHeader(Name = KeyHeader)] Guid? key, CancellationToken ct) =>
        Do(key, number => Mediator.Send(new PauseSchedule(number, exporterId, scheduleId), ct));

    [HttpPost("exporters/{exporterId:guid}/schedules/{scheduleId:guid}/resume"), Needs(Permission.ManageExporters)]
    public Task<IActionResult> ResumeSchedule(
        Guid exporterId, Guid scheduleId, [FromHeader(Name = KeyHeader)] Guid? key, CancellationToken ct) =>
        Do(key, number => Mediator.Send(new ResumeSchedule(number, exporterId, scheduleId), ct));
}
