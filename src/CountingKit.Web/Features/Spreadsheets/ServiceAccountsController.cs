using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CountingKit.Web.Features.Spreadsheets;

/// <param name="Key">The key file's content, pasted.</param>
/// <param name="KeyFile">Or the file itself.</param>
/// <param name="OfInstallation">Or the key that the settings name.</param>
public sealed record ServiceAccountForm(
    Guid CommandId, string? Key = null, IFormFile? KeyFile = null, bool OfInstallation = false)
{
    /// <returns>Null = there is none, or it is too long to be one.</returns>
    public async Task<string?> Read(CancellationToken ct)
    {
        if (Key?.Trim() is { Length: > 0 and <= ConnectServiceAccount.LongestKey } pasted) return pasted;
        if (KeyFile is not { Length: > 0 and <= ConnectServiceAccount.LongestKey }) return null;
        using var reader = new StreamReader(KeyFile.OpenReadStream());
        return await reader.ReadToEndAsync(ct);
    }

    public override string ToString() => nameof(ServiceAccountForm);
}

/// <summary>Service accounts, by their keys. A key is never shown again, not even in the form that held it.</summary>
[Route("spreadsheets")]
public sealed class ServiceAccountsController(IMediator mediator) : Controller
{
    private const string Views = "/Features/Spreadsheets/";

    [HttpPost("service-account"), Needs(Permission.Connect), TakesAtMost(64, Files = true)]
    public async Task<IActionResult> Connect(
        ServiceAccountForm form, [FromServices] IServiceProvider services, CancellationToken ct)
    {
        if (await Keep(form, key => new ConnectServiceAccount(form.CommandId, key), ct) is { } connected)
            return Redirect($"/spreadsheets/connect/{connected.AccountId}");

        var page = await ConnectGooglePage.Of(mediator, services, ct);
        return Again("Connect", "_ServiceAccountForm", page);
    }

    [HttpGet("accounts/{accountId:guid}/key"), Needs(Permission.Connect)]
    public async Task<IActionResult> Key(Guid accountId, CancellationToken ct) =>
        View(Views + "Key.cshtml", await KeyPage(accountId, ct));

    [HttpPost("accounts/{accountId:guid}/key"), Needs(Permission.Connect), TakesAtMost(64, Files = true)]
    public async Task<IActionResult> Key(Guid accountId, ServiceAccountForm form, CancellationToken ct)
    {
        if (await Keep(form, key => new ReconnectServiceAccount(form.CommandId, accountId, key), ct) is null)
            return Again("Key", "_KeyForm", await KeyPage(accountId, ct));
        return Redirect("/spreadsheets");
    }

    /// <returns>Null = it was not kept; the form's errors say why.</returns>
    private async Task<ServiceAccountConnected?> Keep(
        ServiceAccountForm form, Func<string?, ICommand<ServiceAccountConnected>> command, CancellationToken ct)
    {
        var key = await form.Read(ct);
        if (key is null && !form.OfInstallation)
        {
            ModelState.AddModelError(nameof(form.Key), "Paste the key, or choose the file that holds it.");
            return null;
        }

        try
        {
            var connected = await mediator.Send(command(form.OfInstallation ? null : key), ct);
            await this.Done(connected.Appended, $"The service account {connected.Email} is connected.", ct);
            return connected;
        }
        catch (RefusedException refused)
        {
            ModelState.AddModelError(nameof(form.Key), $"{refused.Message} {refused.Code}");
            return null;
        }
    }

    private async Task<KeyPage> KeyPage(Guid accountId, CancellationToken ct)
    {
        var list = await mediator.Send(new ListSpreadsheets(), ct);
        var account = list.Accounts.FirstOrDefault(a => a.AccountId == accountId && a.Kind == AccountKind.ServiceAccount)
            ?? throw new NotFoundException();
        return new(accountId, list.States.GetValueOrDefault(account.AccountId)?.Email);
    }

    private IActionResult Again(string page, string fragment, object model)
    {
        Response.Headers.Append(HeaderNames.Vary, "HX-Request");
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Request.WantsFragment()
            ? PartialView($"{Views}{fragment}.cshtml", model)
            : View($"{Views}{page}.cshtml", model);
    }
}

/// <param name="Email">Null = the vault does not know it any more.</param>
public sealed record KeyPage(Guid AccountId, string? Email);
