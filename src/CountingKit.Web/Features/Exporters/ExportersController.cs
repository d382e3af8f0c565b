using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Schedules;
using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Runs;
using CountingKit.Web.Features.Schedules;
using CountingKit.Web.Features.Shared;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Exporters;

/// <summary>The list of exporters, the page of each, and what can be done there.</summary>
[Route("exporters")]
public sealed class ExportersController(IMediator mediator) : Controller
{
    private const int RunsShown = 10;

    [HttpGet(""), Needs(Permission.View)]
    public async Task<IActionResult> Index(ExporterFilter filter, CancellationToken ct)
    {
        var exporters = await mediator.Send(new ListExporters(), ct);
        var schedules = await mediator.Send(new GetAllSchedules(), ct);
        return this.PageOrFragment("_ExporterList", new ExporterListPage(
            exporters, filter,
            (await mediator.Send(new ListConnections(), ct)).Items.ToDictionary(c => c.ConnectionId),
            (await mediator.Send(new ListSpreadsheets(), ct)).Spreadsheets.ToDictionary(s => s.SpreadsheetKey))
        {
            Progress = await mediator.Progress(exporters, ct),
            NextRuns = schedules.Run ? await mediator.Send(new ListNextRuns(), ct) : ExporterListPage.NoneByItself,
            Schedules = schedules,
        });
    }

    [HttpGet("{exporterId:guid}"), Needs(Permission.View)]
    public async Task<IActionResult> Details(Guid exporterId, CancellationToken ct) =>
        this.PageOrFragment("_Exporter", await Page(exporterId, ct));

    [HttpPost("{exporterId:guid}/run"), Needs(Permission.Run)]
    public async Task<IActionResult> Run(Guid exporterId, Guid commandId, Guid? lookedAt, CancellationToken ct)
    {
        var requested = await mediator.Send(new RunExport(commandId, exporterId, LookedAt: lookedAt), ct);
        await this.Done(requested.Appended, requested.Joined ? "It was already running: this is that run." : null, ct);
        return Redirect($"/runs/{requested.RunId}");
    }

    /// <summary>Runs those that the list showed. What one of them refuses holds up no other.</summary>
    [HttpPost("run"), Needs(Permission.Run)]
    public async Task<IActionResult> RunTogether(Guid[] exporters, Guid commandId, CancellationToken ct)
    {
        this.RequireUnderstoodAddress();
        var (started, refused, last) = (0, new List<string>(), (Appended?)null);
        foreach (var exporterId in exporters.Distinct())
        {
            try
            {
                last = (await mediator.Send(
                    new RunExport(DerivedId.From(commandId, "together", exporterId.ToString()), exporterId), ct)).Appended;
                started++;
            }
            catch (Exception refusal) when (refusal is RefusedException or NotFoundException)
            {
                refused.Add(refusal.Message);
            }
        }

        var notice = ExporterLooks.StartedTogether(started, refused);
        if (last is null) TempData["Notice"] = notice;
        else await this.Done(last, notice, ct);
        return Redirect("/exporters");
    }

    [HttpPost("{exporterId:guid}/pause"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Pause(Guid exporterId, Guid commandId, CancellationToken ct)
    {
        var appended = await mediator.Send(new PauseExporter(commandId, exporterId), ct);
        await this.Done(appended, "Paused. It does not run until it is resumed.", ct);
        return await Back(exporterId, ct);
    }

    [HttpPost("{exporterId:guid}/resume"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Resume(Guid exporterId, Guid commandId, CancellationToken ct)
    {
        var appended = await mediator.Send(new ResumeExporter(commandId, exporterId), ct);
        await this.Done(appended, "Resumed.", ct);
        return await Back(exporterId, ct);
    }

    [HttpGet("{exporterId:guid}/delete"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Delete(Guid exporterId, CancellationToken ct)
    {
        var row = await mediator.Send(new GetExporter(exporterId), ct);
        return View("Confirm", new Confirmation(
            $"Delete the exporter {row.Name}", "This cannot be undone.",
            [
                "It can no longer be run.",
                $"The tab {row.Tab} stays in the spreadsheet with what it holds now.",
                "Its runs, their data and its configuration stay in the history.",
            ],
            $"/exporters/{exporterId}/delete", "Delete", $"/exporters/{exporterId}", Guid.CreateVersion7(), IsDangerous: true));
    }

    [HttpPost("{exporterId:guid}/delete"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> DeleteNow(Guid exporterId, Guid commandId, CancellationToken ct)
    {
        var appended = await mediator.Send(new DeleteExporter(commandId, exporterId), ct);
        await this.Done(appended, "Deleted. Its runs and their data are still in the history.", ct);
        return Redirect("/exporters");
    }

    private async Task<ExporterPage> Page(Guid exporterId, CancellationToken ct)
    {
        var row = await mediator.Send(new GetExporter(exporterId), ct);
        var connections = (await mediator.Send(new ListConnections(), ct)).Items;
        var runs = await mediator.Send(new ListRuns(exporterId, Take: RunsShown), ct);
        return new(
            row, row.ReadConfiguration(), DatasetCatalogue.Find(row.Dataset),
            connections.FirstOrDefault(c => row.ConnectionIds().Contains(c.ConnectionId)),
            await mediator.Send(new FindSpreadsheet(row.SpreadsheetKey), ct),
            runs,
            row.ReplayedAt is null ? null : await mediator.Send(new FindReplayed(exporterId), ct))
        {
            Progress = await mediator.Progress(runs, ct),
            Schedules = new(
                exporterId, await mediator.Send(new ListSchedules(exporterId), ct), await mediator.Send(new GetAllSchedules(), ct)),
        };
    }

    private async Task<IActionResult> Back(Guid exporterId, CancellationToken ct) => Request.WantsFragment()
        ? PartialView("_Exporter", await Page(exporterId, ct))
        : RedirectToAction(nameof(Details), new { exporterId });
}

/// <param name="Dataset">Null = this version does not know it.</param>
/// <param name="Connection">Null = it is not connected any more.</param>
/// <param name="Spreadsheet">Null = it was removed from the portal.</param>
/// <param name="Runs">The newest first.</param>
/// <param name="Replayed">Null = its tab holds what its last run wrote.</param>
public sealed record ExporterPage(
    ExporterRow Row, ExporterConfiguration Configuration, Dataset? Dataset, ConnectionListItem? Connection,
    SpreadsheetRow? Spreadsheet, IReadOnlyList<RunRow> Runs, Replayed? Replayed)
{
    /// <summary>How far those are that run.</summary>
    public IReadOnlyDictionary<Guid, RunProgress> Progress { get; init; } = RunningRuns.None;

    /// <summary>When it runs by itself.</summary>
    public required SchedulesCard Schedules { get; init; }

    /// <summary>Why no run can be started; null = one can.</summary>
    public string? WhyNoRun => Connection is { IsPaused: true, Name: var organization }
        ? $"It cannot run: the connection of {organization} is paused."
        : null;
}
