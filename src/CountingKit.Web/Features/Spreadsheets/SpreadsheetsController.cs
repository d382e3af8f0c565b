using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Shared;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Spreadsheets;

/// <summary>The accounts that we write as, the spreadsheets that we write to, and what can be done with them.</summary>
[Route("spreadsheets")]
public sealed class SpreadsheetsController(IMediator mediator) : Controller
{
    [HttpGet(""), Needs(Permission.View)]
    public async Task<IActionResult> Index(CancellationToken ct) =>
        this.PageOrFragment("_SpreadsheetList", await Page(ct));

    [HttpPost("{spreadsheetKey:guid}/test"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Test(Guid spreadsheetKey, Guid commandId, CancellationToken ct)
    {
        var access = await mediator.Send(new TestSpreadsheet(commandId, spreadsheetKey), ct);
        if (access.Code is not null) TempData["Trouble"] = $"{access.Message} {access.Code}";
        await this.Done(access.Appended, access.Code is null ? "Google answered: the spreadsheet can be written to." : null, ct);
        return await Back(ct);
    }

    [HttpPost("{spreadsheetKey:guid}/account"), Needs(Permission.Connect)]
    public async Task<IActionResult> WriteAs(Guid spreadsheetKey, Guid commandId, Guid accountId, CancellationToken ct)
    {
        var appended = await mediator.Send(new WriteSpreadsheetAs(commandId, spreadsheetKey, accountId), ct);
        await this.Done(appended, "Exporters use this account starting with their next run.", ct);
        return await Back(ct);
    }

    [HttpGet("{spreadsheetKey:guid}/remove"), Needs(Permission.Connect)]
    public async Task<IActionResult> Remove(Guid spreadsheetKey, CancellationToken ct)
    {
        var found = await mediator.Send(new FindSpreadsheet(spreadsheetKey), ct) ?? throw new NotFoundException();
        var page = await Page(ct);
        return View("Confirm", new Confirmation(
            $"Remove the spreadsheet {found.Title}", "It is removed from CountingKit, not from Google Drive.",
            [
                "It stays in Google Drive as it is, with everything in it.",
                "It is no longer offered to exporters; it can be connected again later.",
                .. page.ExportersOf(spreadsheetKey)
                    .Select(e => $"The exporter {e.Name} writes to it and cannot run until it is given another one."),
                .. Hidden(page.List.HiddenExporters(spreadsheetKey), "exporter", "cannot run until another one is given"),
            ],
            $"/spreadsheets/{spreadsheetKey}/remove", "Remove", "/spreadsheets", Guid.CreateVersion7()));
    }

    [HttpPost("{spreadsheetKey:guid}/remove"), Needs(Permission.Connect)]
    public async Task<IActionResult> RemoveNow(Guid spreadsheetKey, Guid commandId, CancellationToken ct)
    {
        var appended = await mediator.Send(new RemoveSpreadsheet(commandId, spreadsheetKey), ct);
        await this.Done(appended, "Removed here. In Google Drive it is as it was.", ct);
        return await Back(ct);
    }

    [HttpGet("accounts/{accountId:guid}/disconnect"), Needs(Permission.Connect)]
    public async Task<IActionResult> Disconnect(Guid accountId, CancellationToken ct)
    {
        var page = await Page(ct);
        var account = page.List.Accounts.FirstOrDefault(a => a.AccountId == accountId) ?? throw new NotFoundException();
        var spreadsheets = page.List.Spreadsheets.Where(s => s.AccountId == accountId).ToList();
        var exporters = spreadsheets.SelectMany(s => page.ExportersOf(s.SpreadsheetKey));
        return View("Confirm", new Confirmation(
            $"Disconnect {page.EmailOf(account)}", "CountingKit can no longer write as this account.",
            [
                account.Kind == AccountKind.Person
                    ? "The sign-in is revoked at Google and destroyed here."
                    : "The key is destroyed here. Delete it in Google Cloud too if nobody else uses it.",
                "Everything in the spreadsheets stays as it is.",
                .. spreadsheets.Select(s => $"{s.Title} can no longer be written to."),
                .. exporters.Select(e => $"The exporter {e.Name} cannot run until another account is chosen for its spreadsheet."),
                .. Hidden(page.List.HiddenSpreadsheets(accountId), "spreadsheet", "can no longer be written to"),
                .. Hidden(page.List.HiddenExporters(accountId), "exporter", "cannot run until another account is chosen"),
            ],
            $"/spreadsheets/accounts/{accountId}/disconnect", "Disconnect", "/spreadsheets", Guid.CreateVersion7(),
            IsDangerous: true));
    }

    [HttpPost("accounts/{accountId:guid}/disconnect"), Needs(Permission.Connect)]
    public async Task<IActionResult> DisconnectNow(Guid accountId, Guid commandId, CancellationToken ct)
    {
        var appended = await mediator.Send(new DisconnectGoogleAccount(commandId, accountId), ct);
        await this.Done(appended, "The account is being disconnected.", ct);
        return await Back(ct);
    }

    /// <summary>What a confirmation must tell although it may not be shown.</summary>
    private static IEnumerable<string> Hidden(int count, string thing, string what) => count == 0
        ? []
        : [$"And {count} {thing}{(count == 1 ? "" : "s")} of organizations that you may not see {what}."];

    private async Task<SpreadsheetListPage> Page(CancellationToken ct) =>
        new(await mediator.Send(new ListSpreadsheets(), ct), await mediator.Send(new ListExporters(), ct));

    private async Task<IActionResult> Back(CancellationToken ct) =>
        Request.WantsFragment() ? PartialView("_SpreadsheetList", await Page(ct)) : RedirectToAction(nameof(Index));
}

/// <param name="Exporters">Those that the requester may see.</param>
public sealed record SpreadsheetListPage(SpreadsheetList List, IReadOnlyList<ExporterRow> Exporters)
{
    public IEnumerable<ExporterRow> ExportersOf(Guid spreadsheetKey) =>
        Exporters.Where(e => e.SpreadsheetKey == spreadsheetKey);

    /// <summary>Accounts that may be chosen for a spreadsheet in place of its own, which is gone or was turned away.</summary>
    public IReadOnlyList<GoogleAccountRow> Choosable(SpreadsheetRow sheet) =>
        List.Accounts.All(account => account.AccountId != sheet.AccountId)
        || (sheet.TestCode is { } code && code != SpreadsheetCodes.InTrash.Code)
            ? [.. List.Accounts.Where(account => account.AccountId != sheet.AccountId)]
            : [];

    public GoogleAccountState? StateOf(GoogleAccountRow account) => List.States.GetValueOrDefault(account.AccountId);

    public string EmailOf(GoogleAccountRow account) => StateOf(account)?.Email ?? account.Kind.Words();
}
