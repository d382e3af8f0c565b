using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Settings;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Settings;

/// <summary>What the owner looks after: the tables that pages read, and what could not be taken in.</summary>
[Route("settings")]
public sealed class SettingsController(IMediator mediator) : Controller
{
    [HttpGet("read-models"), Needs(Permission.ManageSettings)]
    public async Task<IActionResult> ReadModels(CancellationToken ct) => this.PageOrFragment(
        "_ReadModels", new ReadModelsPage(await mediator.Send(new GetReadModels(), ct), Guid.CreateVersion7()));

    [HttpGet("set-aside"), Needs(Permission.ManageSettings)]
    public async Task<IActionResult> SetAside(CancellationToken ct) => this.PageOrFragment(
        "_SetAside", new SetAsidePage(
            await mediator.Send(new GetSetAside(), ct), await mediator.Send(new GetOlderLog(), ct), Guid.CreateVersion7(),
            Guid.CreateVersion7()));

    [HttpPost("set-aside/older-log"), Needs(Permission.ManageSettings)]
    public async Task<IActionResult> DismissOlderLog(Guid commandId, CancellationToken ct)
    {
        var appended = await mediator.Send(new DismissOlderLog(commandId), ct);
        await this.Done(appended, null, ct);
        return Redirect(Url.Action(nameof(SetAside))!);
    }

    [HttpPost("set-aside/try-again"), Needs(Permission.ManageSettings)]
    public async Task<IActionResult> TryAgain(Guid commandId, CancellationToken ct)
    {
        var appended = await mediator.Send(new TrySetAsideAgain(commandId), ct);
        await this.Done(appended, null, ct);
        return Redirect(Url.Action(nameof(SetAside))!);
    }

    [HttpPost("read-models/rebuild"), Needs(Permission.ManageSettings)]
    public async Task<IActionResult> Rebuild(Guid commandId, CancellationToken ct)
    {
        var appended = await mediator.Send(new RebuildReadModels(commandId), ct);
        await this.Done(appended, null, ct);
        return Redirect(Url.Action(nameof(ReadModels))!);
    }
}

/// <param name="CommandId">For the form that may be on the page.</param>
public sealed record ReadModelsPage(ReadModelsState State, Guid CommandId);

/// <param name="OlderLog">Null = none, or it was dismissed.</param>
/// <param name="CommandId">For the form that may be on the page.</param>
/// <param name="DismissId">For the form that dismisses an older log.</param>
public sealed record SetAsidePage(SetAsideState State, OlderLog? OlderLog, Guid CommandId, Guid DismissId);
