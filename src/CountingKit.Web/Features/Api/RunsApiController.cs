using System.ComponentModel.DataAnnotations;
using AutoMapper;
using CountingKit.Adapters.Files;
using CountingKit.EventSourcing;
using CountingKit.History;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Web.Features.History;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Api;

/// <summary>Runs: started, followed, canceled, replayed, taken along as a file.</summary>
public sealed class RunsApiController(IMediator mediator, IMapper mapper, ReadModels readModels) : ApiBase(mediator)
{
    /// <summary>The newest first; the header <c>Link</c> leads to the next page.</summary>
    /// <param name="from">UTC, inclusive: when they were started.</param>
    /// <param name="to">UTC, exclusive.</param>
    /// <param name="before">The last run of the page before.</param>
    [HttpGet("runs"), Needs(Permission.View)]
    public async Task<IReadOnlyList<RunResource>> Runs(
        Guid? exporter, Guid? connection, Guid? spreadsheet, RunStatus? status, DateTimeOffset? from, DateTimeOffset? to,
        Guid? before, [Range(1, 200)] int limit = 50, CancellationToken ct = default)
    {
        var runs = await Mediator.Send(
            new ListRuns(exporter, status, before, limit, connection, spreadsheet, from?.UtcDateTime, to?.UtcDateTime), ct);
        Next(runs.Count == limit ? runs[^1].RunId.ToString() : null);
        return mapper.Map<IReadOnlyList<RunResource>>(runs);
    }

    [HttpGet("runs/{runId:guid}"), Needs(Permission.View)]
    public async Task<RunResource> Run(Guid runId, CancellationToken ct) =>
        mapper.Map<RunResource>(await Mediator.Send(new GetRun(runId), ct));

    /// <summary>All rows of the run as a file. The audit trail notes who took it.</summary>
    [HttpGet("runs/{runId:guid}/file"), Needs(Permission.View)]
    public async Task<IActionResult> Download(Guid runId, FileFormat format = FileFormat.Csv, CancellationToken ct = default)
    {
        var file = await Mediator.Send(new GetRowsFile(runId, format), ct);
        await Mediator.Send(new NoteDownload(Guid.CreateVersion7(), runId, format), ct);
        return new FileDownload(file, new FileChoices());
    }

    /// <summary>Starts a run, or answers the one that is active.</summary>
    [HttpPost("exporters/{exporterId:guid}/runs"), Needs(Permission.Run)]
    public Task<IActionResult> StartRun(
        Guid exporterId, [FromHeader(Name = KeyHeader)] Guid? key, CancellationToken ct) =>
        Do(key, async number => await Started(
            exporterId, await Mediator.Send(new RunExport(number, exporterId, RunTrigger.Api), ct), ct));

    /// <summary>Writes the rows of a past run to a tab beside the exporter's own. Xero is not asked.</summary>
    /// <param name="tab">Its name.</param>
    [HttpPost("runs/{runId:guid}/replays"), Needs(Permission.Run)]
    public Task<IActionResult> Replay(
        Guid runId, [MaxLength(100)] string? tab, [FromHeader(Name = KeyHeader)] Guid? key, CancellationToken ct) =>
        Do(key, async number =>
        {
            var run = await Mediator.Send(new GetRun(runId), ct);
            return await Started(run.ExporterId, await Mediator.Send(new ReplayExport(number, runId, tab), ct), ct);
        });

    [HttpPost("runs/{runId:guid}/cancel"), Needs(Permission.Run)]
    public Task<IActionResult> Cancel(Guid runId, [FromHeader(Name = KeyHeader)] Guid? key, CancellationToken ct) =>
        Do(key, number => Mediator.Send(new CancelRun(number, runId), ct));

    /// <summary>202 with the run, and where to follow it.</summary>
    private async Task<IActionResult> Started(Guid exporterId, RunRequested requested, CancellationToken ct)
    {
        if (!await readModels.CaughtUpTo(requested.Appended.Position, ct))
            return AcceptedAtAction(
                nameof(Run), new { runId = requested.RunId },
                new { id = requested.RunId, exporter = exporterId, status = nameof(RunStatus.Queued), ended = false });
        var run = mapper.Map<RunResource>(await Mediator.Send(new GetRun(requested.RunId), ct));
        return AcceptedAtAction(nameof(Run), new { runId = run.Id }, run);
    }
}
