using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Shared;
using CountingKit.Web.Hosting;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Spreadsheets;

/// <summary>The way to Google and back.</summary>
[Route("spreadsheets")]
public sealed class GoogleController(IMediator mediator) : Controller
{
    /// <summary>The redirect address that is registered with the Google client.</summary>
    public const string CallbackPath = "spreadsheets/google/callback";

    private const string Views = "/Features/Spreadsheets/";

    [HttpGet("connect"), Needs(Permission.Connect)]
    public async Task<IActionResult> Connect([FromServices] IServiceProvider services, CancellationToken ct) =>
        View(Views + "Connect.cshtml", await ConnectGooglePage.Of(mediator, services, ct));

    [HttpPost("google"), Needs(Permission.Connect)]
    public async Task<IActionResult> Start(Guid commandId, [FromServices] IServiceProvider services, CancellationToken ct)
    {
        var callback = ConnectGooglePage.CallbackOf(services);
        var consent = await mediator.Send(new StartGoogleSignIn(commandId, this.SignInBrowser(), callback), ct);
        return Redirect(consent.AbsoluteUri);
    }

    [HttpPost("accounts/{accountId:guid}/reconnect"), Needs(Permission.Connect)]
    public async Task<IActionResult> Reconnect(
        Guid accountId, Guid commandId, [FromServices] IServiceProvider services, CancellationToken ct)
    {
        var callback = ConnectGooglePage.CallbackOf(services);
        var consent = await mediator.Send(
            new StartGoogleReconnect(commandId, accountId, this.SignInBrowser(), callback), ct);
        return Redirect(consent.AbsoluteUri);
    }

    /// <summary>
    /// Where Google sends the browser back. Answered by a redirect in every case: the address holds a secret, so nothing
    /// is shown under it. Open to strangers, because a sign-in page would carry that address along.
    /// </summary>
    [HttpGet("google/callback"), OpenToStrangers]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public async Task<IActionResult> Callback(string? state, string? code, string? error, CancellationToken ct)
    {
        try
        {
            var answered = await mediator.Send(
                new AnswerGoogleSignIn(Guid.CreateVersion7(), state, code, error, this.ReturningBrowser()), ct);
            if (answered.Outcome is GoogleSignInFailed failed) return ToProblem(failed.Problem.Code, failed.ReconnectId, failed.Detail);

            var granted = (GoogleSignInGranted)answered.Outcome;
            await this.Done(
                answered.Appended!,
                granted.IsNew
                    ? $"{granted.Email} is connected. Next, create a spreadsheet, or use this account for one that is already here."
                    : $"{granted.Email} signed in again. Everything else is as it was.",
                ct);
            // Where a spreadsheet waits for an account, that comes first.
            var there = await mediator.Send(new ListSpreadsheets(), ct);
            var waits = there.Spreadsheets.Any(s => there.Accounts.All(a => a.AccountId != s.AccountId));
            return Redirect(granted.IsNew && !waits ? $"/spreadsheets/connect/{granted.AccountId}" : "/spreadsheets");
        }
        catch (Exception stranger) when (stranger is StrangerException or ForbiddenException)
        {
            return ToProblem(GoogleSignInCodes.NoCookie.Code, null);
        }
        catch (RefusedException refused)
        {
            return ToProblem(refused.Code, null);
        }
    }

    [HttpGet("google/problem/{code}"), OpenToStrangers]
    public IActionResult Problem(string code, Guid? accountId, [FromServices] ErrorCodes codes) =>
        codes.Find(code) is { } problem
            ? View(Views + "Problem.cshtml", new GoogleProblemPage(problem, accountId, TempData["GoogleSaid"] as string))
            : NotFound();

    /// <summary>Written out: made from the route it would come in lower case, and a code is shown as it is.</summary>
    private RedirectResult ToProblem(string code, Guid? accountId, string? detail = null)
    {
        if (detail is not null) TempData["GoogleSaid"] = detail;
        return Redirect($"/spreadsheets/google/problem/{code}" + (accountId is { } id ? $"?accountId={id}" : ""));
    }
}

/// <param name="Callback">To be registered with the Google client.</param>
public sealed record ConnectGooglePage(
    GoogleReadiness Readiness, IReadOnlyList<GooglePermission> Permissions, Uri Callback, SpreadsheetList List)
{
    internal static async Task<ConnectGooglePage> Of(IMediator mediator, IServiceProvider services, CancellationToken ct)
    {
        var readiness = await mediator.Send(new GetGoogleReadiness(), ct);
        return new(
            readiness, GooglePermissions.Table(readiness.Scopes), CallbackOf(services),
            await mediator.Send(new ListSpreadsheets(), ct));
    }

    internal static Uri CallbackOf(IServiceProvider services) =>
        services.GetRequiredService<PortalAddress>().Of(GoogleController.CallbackPath);
}

/// <param name="AccountId">The account that was to be reconnected; null = a new one.</param>
/// <param name="Detail">Which permissions it is about, as Google names them; null = none.</param>
public sealed record GoogleProblemPage(ErrorCode Problem, Guid? AccountId, string? Detail);
