using System.ComponentModel.DataAnnotations;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Connections;

/// <summary>The filter of the list, as it stands in its address.</summary>
public sealed record ConnectionFilter(
    string? Search = null, string? Tag = null, ConnectionHealth? Health = null,
    ConnectionSort Sort = ConnectionSort.Status, bool Descending = false)
{
    public bool IsSet => Search is { Length: > 0 } || Tag is { Length: > 0 } || Health is not null;
}

/// <param name="Version">Of the labels that it was rendered from; null = not told.</param>
public sealed record LabelsForm(
    Guid CommandId,
    [MaxLength(100, ErrorMessage = "An alias has at most 100 characters."), Visible("An alias")] string? Alias,
    [MaxLength(40, ErrorMessage = "A client code has at most 40 characters."), Visible("A client code")]
    string? ClientCode,
    [MaxLength(500, ErrorMessage = "Tags have at most 500 characters together.")] string? Tags,
    int? Version = null) : IValidatableObject
{
    public IReadOnlyList<string> TagList =>
        Tags?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TagList.Count > LabelConnection.MostTags)
            yield return new($"A connection has at most {LabelConnection.MostTags} tags.", [nameof(Tags)]);
        if (TagList.Any(tag => tag.Length > LabelConnection.LongestTag))
            yield return new($"A tag has at most {LabelConnection.LongestTag} characters.", [nameof(Tags)]);
    }
}

public sealed record DisconnectForm(Guid CommandId, string? Typed);

/// <summary>The list of organizations, the page of each, and what can be done there.</summary>
[Route("connections")]
public sealed class ConnectionsController(IMediator mediator) : Controller
{
    [HttpGet(""), Needs(Permission.View)]
    public async Task<IActionResult> Index(ConnectionFilter filter, CancellationToken ct)
    {
        var list = await mediator.Send(
            new ListConnections(filter.Search, filter.Tag, filter.Health, filter.Sort, filter.Descending), ct);
        return this.PageOrFragment("_ConnectionList", new ConnectionListPage(list, filter));
    }

    [HttpGet("{connectionId:guid}"), Needs(Permission.View)]
    public async Task<IActionResult> Details(Guid connectionId, CancellationToken ct) =>
        this.PageOrFragment("_Connection", await Page(connectionId, ct));

    [HttpPost("{connectionId:guid}/test"), Needs(Permission.Reconnect)]
    public async Task<IActionResult> Test(Guid connectionId, Guid commandId, CancellationToken ct)
    {
        var tested = await mediator.Send(new TestConnection(commandId, connectionId), ct);
        if (tested.Code is not null) TempData["Trouble"] = $"{tested.Message} {tested.Code}";
        await this.Done(tested.Appended, tested.Code is null ? "Xero answered: the organization can be read." : null, ct);
        return await Back(connectionId, ct);
    }

    [HttpPost("{connectionId:guid}/pause"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Pause(Guid connectionId, Guid commandId, CancellationToken ct)
    {
        var appended = await mediator.Send(new PauseConnection(commandId, connectionId), ct);
        await this.Done(appended, "Paused. Nothing is read until it is resumed; runs that were under way are canceled.", ct);
        return await Back(connectionId, ct);
    }

    [HttpPost("{connectionId:guid}/resume"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Resume(Guid connectionId, Guid commandId, CancellationToken ct)
    {
        var appended = await mediator.Send(new ResumeConnection(commandId, connectionId), ct);
        await this.Done(appended, "Resumed.", ct);
        return await Back(connectionId, ct);
    }

    /// <summary>Where a browser stands after a refusal, and reloads.</summary>
    [HttpGet("{connectionId:guid}/labels"), Needs(Permission.View)]
    public async Task<IActionResult> Labels(Guid connectionId, CancellationToken ct)
    {
        await mediator.Send(new GetConnection(connectionId), ct);
        return RedirectToAction(nameof(Details), new { connectionId });
    }

    [HttpPost("{connectionId:guid}/labels"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Labels(Guid connectionId, LabelsForm form, CancellationToken ct)
    {
        if (ModelState.IsValid)
        {
            try
            {
                var appended = await mediator.Send(
                    new LabelConnection(
                        form.CommandId, connectionId, form.Alias, form.ClientCode, form.TagList, form.Version), ct);
                await this.Done(appended, "Saved.", ct);
                return await Back(connectionId, ct);
            }
            catch (ChangedMeanwhileException changed)
            {
                // Now they know: sent again, it replaces that, and nothing later.
                ModelState.SetModelValue(nameof(form.Version), changed.Version, $"{changed.Version}");
                ModelState.AddModelError(nameof(form.Version), $"{changed.Message} {changed.Code}");
            }
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Details", await Page(connectionId, ct));
    }

    [HttpGet("{connectionId:guid}/disconnect"), Needs(Permission.Connect)]
    public async Task<IActionResult> Disconnect(Guid connectionId, CancellationToken ct) =>
        View(await Page(connectionId, ct));

    [HttpPost("{connectionId:guid}/disconnect"), Needs(Permission.Connect)]
    public async Task<IActionResult> Disconnect(Guid connectionId, DisconnectForm form, CancellationToken ct)
    {
        try
        {
            var appended = await mediator.Send(new Disconnect(form.CommandId, connectionId, form.Typed ?? ""), ct);
            await this.Done(appended, "Being disconnected: the timeline tells each step.", ct);
            return Redirect($"/connections/{connectionId}");
        }
        catch (RefusedException refused) when (refused.Code == ConnectionCodes.NameDiffers.Code)
        {
            ModelState.AddModelError(nameof(form.Typed), $"{refused.Message} {refused.Code}");
            return this.PageOrFragment(
                "_DisconnectForm", await Page(connectionId, ct), status: 422);
        }
    }

    private async Task<ConnectionPage> Page(Guid connectionId, CancellationToken ct) => new(
        await mediator.Send(new GetConnection(connectionId), ct), await mediator.Send(new ListExportersOf(connectionId), ct));

    private async Task<IActionResult> Back(Guid connectionId, CancellationToken ct) => Request.WantsFragment()
        ? PartialView("_Connection", await Page(connectionId, ct))
        : RedirectToAction(nameof(Details), new { connectionId });
}

public sealed record ConnectionPage(ConnectionDetails Connection, ExportersOf Exporters);

public sealed record ConnectionListPage(ConnectionList List, ConnectionFilter Filter);
