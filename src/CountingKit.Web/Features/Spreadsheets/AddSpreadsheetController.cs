using System.ComponentModel.DataAnnotations;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CountingKit.Web.Features.Spreadsheets;

/// <param name="SpreadsheetKey">Made when the form was rendered: sent twice, it makes one.</param>
public sealed record CreateSpreadsheetForm(
    Guid CommandId, Guid SpreadsheetKey,
    [Required(ErrorMessage = "Give the spreadsheet a name."), Visible]
    [MaxLength(200, ErrorMessage = "A name has at most 200 characters.")]
    string? Title)
{
    public static CreateSpreadsheetForm New() => new(Guid.CreateVersion7(), Guid.CreateVersion7(), null);
}

/// <param name="SpreadsheetKey">Made when the form was rendered: sent twice, it makes one.</param>
public sealed record LinkSpreadsheetForm(
    Guid CommandId, Guid SpreadsheetKey,
    [Required(ErrorMessage = "Paste the spreadsheet's link."), MaxLength(500, ErrorMessage = "A link has at most 500 characters.")]
    string? Link)
{
    public static LinkSpreadsheetForm New() => new(Guid.CreateVersion7(), Guid.CreateVersion7(), null);
}

/// <summary>A spreadsheet for a connected account: a new one, or one that is there.</summary>
[Route("spreadsheets/connect/{accountId:guid}")]
public sealed class AddSpreadsheetController(IMediator mediator) : Controller
{
    private const string Views = "/Features/Spreadsheets/";

    [HttpGet(""), Needs(Permission.Connect)]
    public async Task<IActionResult> Index(Guid accountId, CancellationToken ct) =>
        View(Views + "Add.cshtml", await Page(accountId, ct));

    [HttpPost("create"), Needs(Permission.Connect)]
    public async Task<IActionResult> Create(Guid accountId, CreateSpreadsheetForm form, CancellationToken ct)
    {
        var added = await Try(nameof(form.Title), async () => await mediator.Send(
            new CreateSpreadsheet(form.CommandId, form.SpreadsheetKey, accountId, form.Title!), ct));
        return added is null
            ? Again("_CreateForm", (await Page(accountId, ct)) with { Create = form with { CommandId = Guid.CreateVersion7() } })
            : await ToList(added, $"{form.Title} is created. Exporters can write to it now.", ct);
    }

    [HttpPost("link"), Needs(Permission.Connect)]
    public async Task<IActionResult> Link(Guid accountId, LinkSpreadsheetForm form, CancellationToken ct)
    {
        var added = await Try(nameof(form.Link), async () => await mediator.Send(
            new LinkSpreadsheet(form.CommandId, form.SpreadsheetKey, accountId, form.Link!), ct));
        return added is null
            ? Again("_LinkForm", (await Page(accountId, ct)) with { Link = form with { CommandId = Guid.CreateVersion7() } })
            : await ToList(added, "The spreadsheet is connected. Exporters can write to it now.", ct);
    }

    /// <summary>The link's form with what Google says of the link. Connects nothing.</summary>
    [HttpPost("check"), Needs(Permission.Connect)]
    public async Task<IActionResult> Check(Guid accountId, LinkSpreadsheetForm form, CancellationToken ct)
    {
        var page = (await Page(accountId, ct)) with { Link = form };
        if (!ModelState.IsValid) return Again("_LinkForm", page);
        page = page with { Access = await mediator.Send(new CheckSpreadsheetLink(accountId, form.Link!), ct) };
        return Request.WantsFragment() ? PartialView(Views + "_LinkForm.cshtml", page) : View(Views + "Add.cshtml", page);
    }

    private async Task<Appended?> Try(string field, Func<Task<Appended>> add)
    {
        if (!ModelState.IsValid) return null;
        try
        {
            return await add();
        }
        catch (RefusedException refused)
        {
            ModelState.AddModelError(field, $"{refused.Message} {refused.Code}");
            return null;
        }
    }

    private async Task<IActionResult> ToList(Appended added, string notice, CancellationToken ct)
    {
        await this.Done(added, notice, ct);
        // At first the dashboard shows the next step.
        return Redirect((await mediator.Send(new ListConnections(), ct)).All == 0 ? "/" : "/spreadsheets");
    }

    private async Task<AddSpreadsheetPage> Page(Guid accountId, CancellationToken ct)
    {
        var list = await mediator.Send(new ListSpreadsheets(), ct);
        var account = list.Accounts.FirstOrDefault(a => a.AccountId == accountId) ?? throw new NotFoundException();
        return new(
            account, list.States.GetValueOrDefault(accountId), CreateSpreadsheetForm.New(), LinkSpreadsheetForm.New());
    }

    private IActionResult Again(string fragment, AddSpreadsheetPage page)
    {
        Response.Headers.Append(HeaderNames.Vary, "HX-Request");
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Request.WantsFragment()
            ? PartialView($"{Views}{fragment}.cshtml", page)
            : View(Views + "Add.cshtml", page);
    }
}

/// <param name="State">Null = the vault holds no sign-in of it.</param>
/// <param name="Access">What Google said of the link; null = it was not asked.</param>
public sealed record AddSpreadsheetPage(
    GoogleAccountRow Account, GoogleAccountState? State, CreateSpreadsheetForm Create, LinkSpreadsheetForm Link,
    LinkAccess? Access = null)
{
    public bool IsServiceAccount => Account.Kind == AccountKind.ServiceAccount;

    /// <summary>A person's account that may create files; a service account owns no storage.</summary>
    public bool CanCreate => !IsServiceAccount && Account.Scopes.Contains("drive.file", StringComparison.Ordinal);

    public bool SeesOwnFilesOnly => !Account.Scopes.Contains("auth/spreadsheets", StringComparison.Ordinal);

    public string PathOf(string action) => $"/spreadsheets/connect/{Account.AccountId}/{action}";
}
