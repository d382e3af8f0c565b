using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Runs;

/// <summary>The filter of the list, as it stands in its address.</summary>
/// <param name="Before">UTC: the next page.</param>
public sealed record RunFilter(Guid? Exporter = null, RunStatus? Status = null, DateTime? Before = null);

public sealed record ReplayForm(
    Guid CommandId,
    [MaxLength(ConfigurationRules.LongestTabTitle, ErrorMessage = "A tab's name has at most 100 characters.")] string? Tab);

/// <summary>The history: every run, what it did, and its rows written again.</summary>
[Route("runs")]
public sealed class RunsController(IMediator mediator, ReadModels readModels) : Controller
{
    private const int PageSize = 50;

    [HttpGet(""), Needs(Permission.View)]
    public async Task<IActionResult> Index(RunFilter filter, CancellationToken ct)
    {
        var before = filter.Before is { } at ? DateTime.SpecifyKind(at, DateTimeKind.Utc) : (DateTime?)null;
        var runs = await mediator.Send(new ListRuns(filter.Exporter, filter.Status, before, PageSize), ct);
        var exporters = await mediator.Send(new ListExporters(WithDeleted: true), ct);
        return this.PageOrFragment("_RunList", new RunListPage(
            runs, filter, exporters, runs.Count == PageSize ? runs[^1].QueuedAt : null));
    }

    [HttpGet("{runId:guid}"), Needs(Permission.View)]
    public async Task<IActionResult> Details(Guid runId, CancellationToken ct)
    {
        var run = await mediator.Send(new GetRun(runId), ct);
        var spreadsheet = await mediator.Send(new FindSpreadsheet(run.SpreadsheetKey), ct);
        return this.PageOrFragment("_Run", new RunPage(
            run, await mediator.Send(new PreviewRun(runId), ct), spreadsheet, Guid.CreateVersion7()));
    }

    /// <summary>The run as it changes, one fragment an event, until it has ended. Each look checks who asks again.</summary>
    [HttpGet("{runId:guid}/live"), Needs(Permission.View)]
    public async Task<IActionResult> Live(Guid runId, CancellationToken ct) =>
        new RunStream(runId, await mediator.Send(new GetRun(runId), ct));

    [HttpPost("{runId:guid}/cancel"), Needs(Permission.Run)]
    public async Task<IActionResult> Cancel(Guid runId, Guid commandId, CancellationToken ct)
    {
        var appended = await mediator.Send(new CancelRun(commandId, runId), ct);
        TempData["Notice"] = "It stops before its next step. What is written already stays.";
        await readModels.CaughtUpTo(appended.Position, ct);
        return this.GoTo(Url.Action(nameof(Details), new { runId })!);
    }

    [HttpGet("{runId:guid}/replay"), Needs(Permission.Run)]
    public async Task<IActionResult> Replay(Guid runId, CancellationToken ct) =>
        View(new ReplayPage(await mediator.Send(new GetRun(runId), ct), new ReplayForm(Guid.CreateVersion7(), null)));

    [HttpPost("{runId:guid}/replay"), Needs(Permission.Run)]
    public async Task<IActionResult> Replay(Guid runId, ReplayForm form, CancellationToken ct)
    {
        if (ModelState.IsValid)
        {
            try
            {
                var requested = await mediator.Send(new ReplayExport(form.CommandId, runId, form.Tab), ct);
                await readModels.CaughtUpTo(requested.Appended.Position, ct);
                return this.GoTo(Url.Action(nameof(Details), new { runId = requested.RunId })!);
            }
            catch (RefusedException refused)
            {
                ModelState.AddModelError(nameof(form.Tab), $"{refused.Message} {refused.Code}");
            }
        }

        return this.PageOrFragment(
            "_ReplayForm", new ReplayPage(await mediator.Send(new GetRun(runId), ct), form), status: 422);
    }
}

/// <param name="Next">Where the next page begins; null = this is the last.</param>
public sealed record RunListPage(
    IReadOnlyList<RunRow> Runs, RunFilter Filter, IReadOnlyList<ExporterRow> Exporters, DateTime? Next);

/// <param name="CommandId">For the form that may be on the page.</param>
/// <param name="Spreadsheet">Null = it was removed from the portal.</param>
public sealed record RunPage(RunRow Run, RunPreview Preview, SpreadsheetRow? Spreadsheet, Guid CommandId)
{
    public string? SheetUrl => Spreadsheet is null ? null : RunBadges.SheetUrl(Spreadsheet.Url, Run.SheetId);
}

public sealed record ReplayPage(RunRow Run, ReplayForm Form);
