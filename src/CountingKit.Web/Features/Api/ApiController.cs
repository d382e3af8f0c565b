using AutoMapper;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Api;

/// <summary>
/// The JSON API, for automation: <c>Authorization: Bearer</c> with an API key. A "no" is Problem Details with its code.
/// </summary>
[ApiController, Route("api/v1"), IgnoreAntiforgeryToken]
public sealed class ApiController(IMediator mediator, IMapper mapper, ReadModels readModels) : ControllerBase
{
    private const string KeyHeader = "Idempotency-Key";

    [HttpGet("connections"), Needs(Permission.View)]
    public async Task<IReadOnlyList<ConnectionResource>> Connections(CancellationToken ct) =>
        mapper.Map<IReadOnlyList<ConnectionResource>>((await mediator.Send(new ListConnections(), ct)).Items);

    [HttpGet("exporters"), Needs(Permission.View)]
    public async Task<IReadOnlyList<ExporterResource>> Exporters(CancellationToken ct) =>
        mapper.Map<IReadOnlyList<ExporterResource>>(await mediator.Send(new ListExporters(), ct));

    [HttpGet("runs"), Needs(Permission.View)]
    public async Task<IReadOnlyList<RunResource>> Runs(Guid? exporter, CancellationToken ct) =>
        mapper.Map<IReadOnlyList<RunResource>>(await mediator.Send(new ListRuns(exporter), ct));

    [HttpGet("runs/{runId:guid}"), Needs(Permission.View)]
    public async Task<RunResource> Run(Guid runId, CancellationToken ct) =>
        mapper.Map<RunResource>(await mediator.Send(new GetRun(runId), ct));

    /// <summary>Starts a run, or answers the one that is active.</summary>
    /// <param name="key">A GUID of the caller's; sent again with the same one, nothing is started twice.</param>
    [HttpPost("exporters/{exporterId:guid}/runs"), Needs(Permission.Run)]
    public async Task<IActionResult> StartRun(
        Guid exporterId, [FromHeader(Name = KeyHeader)] Guid? key, CancellationToken ct)
    {
        if (key == Guid.Empty)
        {
            ModelState.AddModelError(KeyHeader, "");
            return UnreadableRequest.Answer(ControllerContext);
        }

        var requested = await mediator.Send(
            new RunExport(key ?? Guid.CreateVersion7(), exporterId, RunTrigger.Api), ct);
        if (!await readModels.CaughtUpTo(requested.Appended.Position, ct))
            return AcceptedAtAction(
                nameof(Run), new { runId = requested.RunId },
                new { id = requested.RunId, exporter = exporterId, status = nameof(RunStatus.Queued), ended = false });
        var run = mapper.Map<RunResource>(await mediator.Send(new GetRun(requested.RunId), ct));
        return AcceptedAtAction(nameof(Run), new { runId = run.Id }, run);
    }
}
