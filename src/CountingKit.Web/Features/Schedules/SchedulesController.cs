using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Schedules;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CountingKit.Web.Features.Schedules;

/// <summary>When an exporter runs by itself: the form, and what can be done with each schedule.</summary>
[Route("exporters/{exporterId:guid}/schedules")]
public sealed class SchedulesController(IMediator mediator) : Controller
{
    private const string Views = "/Features/Schedules/";

    [HttpGet("new"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> New(Guid exporterId, CancellationToken ct)
    {
        var page = await Page(exporterId, null, ct);
        return View(Views + "Form.cshtml", page with { Form = ScheduleForm.New(page.OwnZone) });
    }

    [HttpPost("new"), Needs(Permission.ManageExporters)]
    public Task<IActionResult> Add(Guid exporterId, ScheduleForm form, CancellationToken ct) => Save(
        exporterId, null, form, schedule => new AddSchedule(form.CommandId, exporterId, form.ScheduleId, schedule),
        "The schedule is added.", ct);

    [HttpGet("{scheduleId:guid}/edit"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Edit(Guid exporterId, Guid scheduleId, CancellationToken ct)
    {
        var schedule = (await mediator.Send(new ListSchedules(exporterId), ct)).FirstOrDefault(s => s.ScheduleId == scheduleId)
            ?? throw new NotFoundException();
        return View(
            Views + "Form.cshtml",
            (await Page(exporterId, scheduleId, ct)) with { Form = ScheduleForm.Of(scheduleId, schedule.Schedule) });
    }

    [HttpPost("{scheduleId:guid}/edit"), Needs(Permission.ManageExporters)]
    public Task<IActionResult> Change(Guid exporterId, Guid scheduleId, ScheduleForm form, CancellationToken ct) => Save(
        exporterId, scheduleId, form, schedule => new ChangeSchedule(form.CommandId, exporterId, scheduleId, schedule),
        "The schedule is saved.", ct);

    /// <summary>The form as it was sent, with the fields of another kind of times, and its next runs.</summary>
    [HttpPost("new/form"), HttpPost("{scheduleId:guid}/edit/form"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Again(Guid exporterId, Guid? scheduleId, ScheduleForm form, CancellationToken ct)
    {
        ModelState.Clear();
        var id = RouteData.Values.ContainsKey("scheduleId") ? scheduleId : null;
        var page = await Page(exporterId, id, ct);
        return Answer(page with { Form = form, Preview = await Preview(exporterId, form, ct) }, StatusCodes.Status200OK);
    }

    [HttpPost("preview"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> ShowPreview(Guid exporterId, ScheduleForm form, CancellationToken ct)
    {
        ModelState.Clear();
        return PartialView(Views + "_NextRuns.cshtml", await Preview(exporterId, form, ct));
    }

    [HttpPost("{scheduleId:guid}/pause"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Pause(Guid exporterId, Guid scheduleId, Guid commandId, CancellationToken ct)
    {
        await this.Done(
            await mediator.Send(new PauseSchedule(commandId, exporterId, scheduleId), ct), "The schedule is paused.", ct);
        return Redirect($"/exporters/{exporterId}");
    }

    [HttpPost("{scheduleId:guid}/resume"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Resume(Guid exporterId, Guid scheduleId, Guid commandId, CancellationToken ct)
    {
        await this.Done(
            await mediator.Send(new ResumeSchedule(commandId, exporterId, scheduleId), ct), "The schedule is resumed.", ct);
        return Redirect($"/exporters/{exporterId}");
    }

    [HttpPost("{scheduleId:guid}/remove"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Remove(Guid exporterId, Guid scheduleId, Guid commandId, CancellationToken ct)
    {
        await this.Done(
            await mediator.Send(new RemoveSchedule(commandId, exporterId, scheduleId), ct), "The schedule is removed.", ct);
        return Redirect($"/exporters/{exporterId}");
    }

    [HttpPost("/exporters/schedules/pause-all"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> PauseAll(Guid commandId, CancellationToken ct)
    {
        await this.Done(await mediator.Send(new PauseAllSchedules(commandId), ct), "All schedules are paused.", ct);
        return Redirect("/exporters");
    }

    [HttpPost("/exporters/schedules/resume-all"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> ResumeAll(Guid commandId, CancellationToken ct)
    {
        await this.Done(await mediator.Send(new ResumeAllSchedules(commandId), ct), "All schedules are resumed.", ct);
        return Redirect("/exporters");
    }

    private async Task<IActionResult> Save(
        Guid exporterId, Guid? scheduleId, ScheduleForm form, Func<Schedule, ICommand<Appended>> command, string notice,
        CancellationToken ct)
    {
        var page = await Page(exporterId, scheduleId, ct);
        if (ModelState.IsValid)
        {
            try
            {
                await this.Done(await mediator.Send(command(form.ToSchedule()), ct), notice, ct);
                return Redirect($"/exporters/{exporterId}");
            }
            catch (RefusedException refused)
            {
                ModelState.AddModelError(ScheduleLooks.FieldOf(refused.Code), $"{refused.Message} {refused.Code}");
            }
        }

        // Another number, and for a new schedule another id: what comes next is another command.
        var again = form with { CommandId = Guid.CreateVersion7(), ScheduleId = scheduleId ?? Guid.CreateVersion7() };
        return Answer(page with { Form = again }, StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<NextRunsPage> Preview(Guid exporterId, ScheduleForm form, CancellationToken ct)
    {
        try
        {
            return new(await mediator.Send(new PreviewSchedule(exporterId, form.ScheduleId, form.ToSchedule()), ct), null);
        }
        catch (Exception wrong) when (wrong is RefusedException or InvalidMessageException)
        {
            return new(null, wrong is RefusedException ? wrong.Message : "Some fields are filled in wrongly.");
        }
    }

    private async Task<ScheduleFormPage> Page(Guid exporterId, Guid? scheduleId, CancellationToken ct)
    {
        var exporter = await mediator.Send(new GetExporter(exporterId), ct);
        if (exporter.DeletedAt is not null) throw new NotFoundException();
        var zone = await mediator.Send(new FindOrganizationZone(exporterId), ct);
        return new(ScheduleForm.New(zone), exporter, scheduleId, zone);
    }

    private IActionResult Answer(ScheduleFormPage page, int status)
    {
        Response.Headers.Append(HeaderNames.Vary, "HX-Request");
        Response.StatusCode = status;
        return Request.WantsFragment()
            ? PartialView(Views + "_ScheduleForm.cshtml", page)
            : View(Views + "Form.cshtml", page);
    }
}

/// <param name="ScheduleId">The schedule that is being changed; null = a new one.</param>
/// <param name="OwnZone">The organization's, by IANA's name; null = Xero has not told it.</param>
/// <param name="Preview">Null = not asked for; scripts ask for it by themselves.</param>
public sealed record ScheduleFormPage(
    ScheduleForm Form, ExporterRow Exporter, Guid? ScheduleId, string? OwnZone, NextRunsPage? Preview = null)
{
    private string Root => $"/exporters/{Exporter.ExporterId}/schedules";

    public string PostTo => ScheduleId is null ? $"{Root}/new" : $"{Root}/{ScheduleId}/edit";

    public string PreviewAt => $"{Root}/preview";
}

/// <param name="Preview">Null = it could not be made.</param>
/// <param name="Problem">Why not; null = it could.</param>
public sealed record NextRunsPage(SchedulePreview? Preview, string? Problem);
