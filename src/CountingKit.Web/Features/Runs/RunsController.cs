using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Web.Security;
using CountingKit.Workspaces;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Runs;

public sealed record ReplayForm(
    Guid CommandId,
    [MaxLength(ConfigurationRules.LongestTabTitle, ErrorMessage = "A tab's name has at most 100 characters.")] string? Tab,
    bool Overwrite = false,
    Guid? LookedAt = null)
{
    /// <summary>
    /// Proposes a tab of its own, named after the rows' moment in UTC, within Google's limit of characters. The rows of a
    /// replay are of the moment that it repeats.
    /// </summary>
    /// <param name="ownTab">The exporter's own tab; null = the one that the run was for.</param>
    public static ReplayForm New(RunRow run, string? ownTab = null)
    {
        var when = (run.DataAt ?? run.QueuedAt).ToString(" yyyy-MM-dd HHmm", CultureInfo.InvariantCulture);
        return new(
            Guid.CreateVersion7(),
            PlainText.Cut(ownTab ?? run.TabTitle, ConfigurationRules.LongestTabTitle - when.Length).Trim() + when);
    }
}

/// <summary>The history: every run, what it did, and its rows written again.</summary>
[Route("runs")]
public sealed class RunsController(IMediator mediator) : Controller
{
    private const int PageSize = 50;

    [HttpGet(""), Needs(Permission.View)]
    public async Task<IActionResult> Index(RunFilter filter, Guid? before, CancellationToken ct)
    {
        this.RequireUnderstoodAddress();
        var found = await mediator.Send(filter.ToQuery(before, PageSize + 1), ct);
        var runs = found.Take(PageSize).ToList();
        return this.PageOrFragment("_RunList", new RunListPage(
            runs, await mediator.Send(new NameStarters(runs), ct), filter, await mediator.Send(new GetRunChoices(), ct), before is null,
            found.Count > PageSize ? runs[^1].RunId : null)
        {
            Progress = await mediator.Progress(runs, ct),
        });
    }

    [HttpGet("{runId:guid}"), Needs(Permission.View)]
    public async Task<IActionResult> Details(Guid runId, CancellationToken ct)
    {
        var run = await mediator.Send(new GetRun(runId), ct);
        var spreadsheet = await mediator.Send(new FindSpreadsheet(run.SpreadsheetKey), ct);
        var names = await mediator.Send(new NameStarters([run]), ct);
        return this.PageOrFragment("_Run", new RunPage(
            run, names[run.RunId], await mediator.Send(new PreviewRun(runId), ct), spreadsheet, Guid.CreateVersion7(),
            run.NeedsALook ? await MayDecide(run, ct) : Decidable.No,
            run.IsReading ? await mediator.Send(new FindShortWait(runId), ct) : null,
            run is { Status: RunStatus.Failed or RunStatus.Canceled, ReplayOf: null } && await MayRunAgain(run, ct))
        {
            Running = run.Status == RunStatus.Running ? await mediator.Send(new FindProgress(runId), ct) : null,
        });
    }

    /// <summary>The part of its page that moves all the time.</summary>
    [HttpGet("{runId:guid}/progress"), Needs(Permission.View)]
    public async Task<IActionResult> Progress(Guid runId, CancellationToken ct)
    {
        var running = await mediator.Send(new FindProgress(runId), ct);
        return Request.WantsFragment()
            ? PartialView("_RunProgress", new RunProgressPart(runId, running))
            : RedirectToAction(nameof(Details), new { runId });
    }

    /// <summary>Says which runs changed, for all pages of a browser at once. Each look checks who asks again.</summary>
    [HttpGet("live"), Needs(Permission.View)]
    public IActionResult Live([FromServices] LiveSessions live) =>
        live.Open(User.MemberId(), User.SessionId()) is { } session
            ? new RunStream(session)
            : StatusCode(StatusCodes.Status429TooManyRequests);

    [HttpPost("{runId:guid}/cancel"), Needs(Permission.Run)]
    public async Task<IActionResult> Cancel(Guid runId, Guid commandId, CancellationToken ct)
    {
        var appended = await mediator.Send(new CancelRun(commandId, runId), ct);
        await this.Done(appended, null, ct);
        return Redirect(Url.Action(nameof(Details), new { runId })!);
    }

    [HttpGet("{runId:guid}/replay"), Needs(Permission.Run)]
    public async Task<IActionResult> Replay(Guid runId, CancellationToken ct) =>
        View(await Page(runId, null, ct));

    [HttpPost("{runId:guid}/replay"), Needs(Permission.Run)]
    public async Task<IActionResult> Replay(Guid runId, ReplayForm form, CancellationToken ct)
    {
        if (ModelState.IsValid)
        {
            try
            {
                var requested = await mediator.Send(new ReplayExport(form.CommandId, runId, form.Tab, form.Overwrite, form.LookedAt), ct);
                await this.Done(requested.Appended, null, ct);
                return Redirect(Url.Action(nameof(Details), new { runId = requested.RunId })!);
            }
            catch (RefusedException refused)
            {
                ModelState.AddModelError(nameof(form.Tab), $"{refused.Message} {refused.Code}");
            }
        }

        // Another number: what comes next is another command.
        var again = form with { CommandId = Guid.CreateVersion7() };
        return this.PageOrFragment("_ReplayForm", await Page(runId, again, ct), status: 422);
    }

    private async Task<bool> MayRunAgain(RunRow run, CancellationToken ct) =>
        (await mediator.Send(new ListExporters(), ct)).FirstOrDefault(e => e.ExporterId == run.ExporterId)
            is { IsPaused: false, ActiveRunId: null } exporter && exporter.LastRunId == run.RunId
        && !(await mediator.Send(new ListConnections(), ct)).Items.Any(c => c.IsPaused && exporter.ConnectionIds().Contains(c.ConnectionId));

    /// <summary>
    /// Nothing came after it for its tab, and nothing is active. An exporter is freed of a run just after its end.
    /// </summary>
    private async Task<Decidable> MayDecide(RunRow run, CancellationToken ct)
    {
        var exporters = await mediator.Send(new ListExporters(WithDeleted: true), ct);
        if (exporters.FirstOrDefault(e => e.ExporterId == run.ExporterId) is not { } exporter) return Decidable.No;
        if (exporter.DeletedAt is not null && !run.IsBeside) return Decidable.NoMore;

        var isLastOfOwnTab = exporter.LastOwnRunId == run.RunId;
        if (exporter.ActiveRunId is { } active && active != run.RunId)
            return isLastOfOwnTab && await IsBeside(active, run.ExporterId, ct) ? Decidable.Later : Decidable.No;
        return isLastOfOwnTab || (exporter.ActiveRunId ?? exporter.LastRunId) == run.RunId ? Decidable.Now : Decidable.No;
    }

    /// <summary>The exporter's active run is a replay into another tab.</summary>
    private async Task<bool> IsBeside(Guid active, Guid exporterId, CancellationToken ct) =>
        await mediator.Send(new ListRuns(exporterId, Take: 1), ct) is [{ IsBeside: true } newest] && newest.RunId == active;

    private async Task<ReplayPage> Page(Guid runId, ReplayForm? form, CancellationToken ct)
    {
        var run = await mediator.Send(new GetRun(runId), ct);
        var own = run.ContentHash is null ? null : await mediator.Send(new PreviewReplay(runId), ct);
        return new(run, form ?? ReplayForm.New(run, run.IsBeside ? own?.TabTitle : null), own);
    }
}

/// <param name="Starters">Who or what started each, in words.</param>
/// <param name="IsFirst">The newest that fit the filter are on it.</param>
/// <param name="Next">The run after which the next page begins; null = this is the last.</param>
public sealed record RunListPage(
    IReadOnlyList<RunRow> Runs, IReadOnlyDictionary<Guid, string> Starters, RunFilter Filter, RunChoices Choices, bool IsFirst, Guid? Next)
{
    /// <summary>How far those are that run.</summary>
    public IReadOnlyDictionary<Guid, RunProgress> Progress { get; init; } = RunningRuns.None;
}

/// <summary>Whether a person may decide on the page of a run what becomes of the rows that it stopped with.</summary>
public enum Decidable
{
    /// <summary>It stopped for nothing that a person decides, or what came after it took its place.</summary>
    No,

    /// <summary>Nothing writes its tab any more: the exporter was deleted.</summary>
    NoMore,

    /// <summary>Once a replay into another tab has ended.</summary>
    Later,

    /// <summary>Nothing came after it for its tab.</summary>
    Now,
}

/// <param name="Starter">Who or what started it, in words.</param>
/// <param name="CommandId">For the form that may be on the page.</param>
/// <param name="Spreadsheet">Null = it was removed from the portal.</param>
/// <param name="MayRunAgain">It ended without what it was started for, and nothing came after it.</param>
/// <param name="ShortWait">It reads, and so long a limit of Xero's lets no call begin; null = otherwise.</param>
public sealed record RunPage(
    RunRow Run, string Starter, RunPreview Preview, SpreadsheetRow? Spreadsheet, Guid CommandId, Decidable Decidable,
    ShortWait? ShortWait, bool MayRunAgain)
{
    /// <summary>What it is doing; null = it does not run.</summary>
    public RunningRun? Running { get; init; }

    /// <summary>It stopped so that a person looks, and that is still to be decided.</summary>
    public bool MayWriteAnyway => Decidable == Decidable.Now;

    public string? SheetUrl => Spreadsheet is null ? null : RunBadges.SheetUrl(Spreadsheet.Url, Run.SheetId);
}

/// <param name="Own">What it would do to the exporter's own tab; null = the run made no rows to write again.</param>
public sealed record ReplayPage(RunRow Run, ReplayForm Form, ReplayPreview? Own);
