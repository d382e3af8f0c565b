using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Web.Features.Shared;
using CountingKit.Web.Hosting;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Connections;

/// <summary>The way to Xero and back: connect, callback, choose, confirm, reconnect.</summary>
[Route("connections")]
public sealed class XeroController(IMediator mediator) : Controller
{
    /// <summary>The redirect address that is registered with the Xero app.</summary>
    public const string CallbackPath = "connections/xero/callback";

    private const string Views = "/Features/Connections/";

    [HttpGet("connect"), Needs(Permission.View)]
    public async Task<IActionResult> Connect([FromServices] IServiceProvider services, CancellationToken ct)
    {
        var requester = await services.GetRequiredService<IRequesterSource>().Current(ct)
            ?? throw new StrangerException();
        return requester.Role.May(Permission.Connect)
            ? View(
                Views + "Connect.cshtml",
                new ConnectPage(await mediator.Send(new GetReadiness(), ct), Callback(services)))
            : View(Views + "AskToConnect.cshtml");
    }

    [HttpPost("connect"), Needs(Permission.Connect)]
    public async Task<IActionResult> Start(
        Guid commandId, [FromServices] IServiceProvider services, CancellationToken ct)
    {
        var callback = Callback(services);
        var consent = await mediator.Send(new StartXeroSignIn(commandId, this.SignInBrowser(), callback), ct);
        return Redirect(consent.AbsoluteUri);
    }

    [HttpGet("{connectionId:guid}/reconnect"), Needs(Permission.Reconnect)]
    public async Task<IActionResult> Reconnect(Guid connectionId, Guid? signInId, CancellationToken ct)
    {
        var connection = await mediator.Send(new GetConnection(connectionId), ct);
        var signIn = signInId is { } id ? await mediator.Send(new GetXeroSignIn(id), ct) : null;
        return View(Views + "Reconnect.cshtml", new ReconnectPage(connection, signIn));
    }

    [HttpPost("{connectionId:guid}/reconnect"), Needs(Permission.Reconnect)]
    public async Task<IActionResult> StartReconnect(
        Guid connectionId, Guid commandId, [FromServices] IServiceProvider services, CancellationToken ct)
    {
        var callback = Callback(services);
        var consent = await mediator.Send(
            new StartXeroReconnect(commandId, connectionId, this.SignInBrowser(), callback), ct);
        return Redirect(consent.AbsoluteUri);
    }

    /// <summary>
    /// Where Xero sends the browser back. Answered by a redirect in every case: the address holds a secret, so nothing
    /// is shown under it. Open to strangers, because a sign-in page would carry that address along.
    /// </summary>
    [HttpGet("xero/callback"), OpenToStrangers]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public async Task<IActionResult> Callback(
        string? state, string? code, string? error, [FromQuery(Name = "error_description")] string? errorDescription,
        CancellationToken ct)
    {
        try
        {
            var answer = new XeroSignInAnswer(
                state, code, error, errorDescription, this.ReturningBrowser());
            return await mediator.Send(new AnswerXeroSignIn(Guid.CreateVersion7(), answer), ct) switch
            {
                XeroSignInGranted { ReconnectId: { } connectionId } granted => await Finish(granted, connectionId, ct),
                XeroSignInGranted granted => await Finish(granted, ct),
                XeroSignInFailed failed => ToProblem(failed),
                var other => throw new InvalidOperationException($"A sign-in does not end as {other.GetType().Name}."),
            };
        }
        catch (Exception stranger) when (stranger is StrangerException or ForbiddenException)
        {
            return ToProblem(new XeroSignInFailed(XeroCodes.NoCookie));
        }
        catch (NotFoundException)
        {
            // Somebody else has signed in to the portal meanwhile.
            return ToProblem(new XeroSignInFailed(XeroCodes.OtherBrowser));
        }
    }

    [HttpGet("xero/problem/{code}"), OpenToStrangers]
    public IActionResult Problem(string code, Guid? connectionId) =>
        XeroCodes.All.Concat(ConnectionCodes.All).FirstOrDefault(
            known => string.Equals(known.Code, code, StringComparison.OrdinalIgnoreCase)) is { } problem
            ? View(Views + "Problem.cshtml", new ProblemPage(problem, TempData["XeroSaid"] as string, connectionId))
            : NotFound();

    [HttpGet("xero/sign-ins/{signInId:guid}"), Needs(Permission.Connect)]
    public async Task<IActionResult> Choose(Guid signInId, CancellationToken ct) =>
        View(Views + "Choose.cshtml", await mediator.Send(new GetXeroSignIn(signInId), ct));

    [HttpPost("xero/sign-ins/{signInId:guid}"), Needs(Permission.Connect)]
    public async Task<IActionResult> Choose(Guid signInId, IReadOnlyList<Guid> tenants, CancellationToken ct)
    {
        if (tenants.Count > 0) return Redirect(await Connect(signInId, tenants, ct));
        ModelState.AddModelError("", "Choose at least one organization.");
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(Views + "Choose.cshtml", await mediator.Send(new GetXeroSignIn(signInId), ct));
    }

    [HttpGet("connected"), Needs(Permission.View)]
    public async Task<IActionResult> Connected([FromQuery(Name = "id")] IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var all = await mediator.Send(new ListConnections(), ct);
        var connected = all.Items.Where(item => ids.Contains(item.ConnectionId)).ToList();
        return connected.Count > 0 ? View(Views + "Connected.cshtml", connected) : Redirect("/connections");
    }

    private async Task<IActionResult> Finish(XeroSignInGranted granted, CancellationToken ct)
    {
        var choices = (await mediator.Send(new GetXeroSignIn(granted.SignInId), ct)).Choices;
        var free = choices.Where(c => c is { State: ChoiceState.Free, Organization.JustGranted: true }).ToList();
        var isPlain = free.Count == 1 && choices.Count(c => c.Organization.JustGranted) == 1;
        if (!isPlain) return RedirectToAction(nameof(Choose), new { signInId = granted.SignInId });
        try
        {
            return Redirect(await Connect(granted.SignInId, [free[0].Organization.TenantId], ct));
        }
        catch (Exception refused) when (refused is RefusedException or ForbiddenException)
        {
            // The page that chooses tells why: it looks again at what stands in the way.
            return RedirectToAction(nameof(Choose), new { signInId = granted.SignInId });
        }
    }

    private async Task<IActionResult> Finish(XeroSignInGranted granted, Guid connectionId, CancellationToken ct)
    {
        try
        {
            var commandId = DerivedId.From(granted.SignInId, "reconnect");
            var appended = await mediator.Send(new Reconnect(commandId, connectionId, granted.SignInId), ct);
            await this.Done(appended, "Reconnected. Exporters and history are as they were.", ct);
            return Redirect($"/connections/{connectionId}");
        }
        catch (Exception refused) when (refused is RefusedException or NotFoundException)
        {
            return RedirectToAction(nameof(Reconnect), new { connectionId, signInId = granted.SignInId });
        }
    }

    /// <returns>The address of the confirmation. A repeat connects nothing twice.</returns>
    private async Task<string> Connect(Guid signInId, IReadOnlyList<Guid> tenants, CancellationToken ct)
    {
        var ids = new List<Guid>();
        Appended? last = null;
        try
        {
            foreach (var tenantId in tenants)
            {
                var commandId = DerivedId.From(signInId, "connect", tenantId.ToString());
                var connected = await mediator.Send(new ConnectOrganization(commandId, signInId, tenantId), ct);
                last = connected.Appended;
                ids.Add(connected.ConnectionId);
            }
        }
        finally
        {
            // Also where one is refused: the page behind it shows the others.
            if (last is not null) await this.Done(last, null, ct);
        }
        return $"/connections/connected?{string.Join('&', ids.Select(id => $"id={id}"))}";
    }

    private RedirectResult ToProblem(XeroSignInFailed failed)
    {
        if (failed.Detail is { } said) TempData["XeroSaid"] = said;
        // Written out: made from the route it would come in lower case, and a code is shown as it is.
        var about = failed.ReconnectId is { } connectionId ? $"?connectionId={connectionId}" : "";
        return Redirect($"/connections/xero/problem/{failed.Problem.Code}{about}");
    }

    private static Uri Callback(IServiceProvider services) =>
        services.GetRequiredService<PortalAddress>().Of(CallbackPath);
}

/// <param name="Callback">To be registered with the Xero app.</param>
public sealed record ConnectPage(ConnectReadiness Readiness, Uri Callback);

/// <param name="SignIn">What a sign-in covered that did not fit; null = none was tried.</param>
public sealed record ReconnectPage(ConnectionDetails Connection, XeroSignInChoices? SignIn);

/// <param name="XeroSaid">Foreign text; null = nothing.</param>
/// <param name="ConnectionId">The connection that was to be reconnected; null = a new one.</param>
public sealed record ProblemPage(ErrorCode Problem, string? XeroSaid, Guid? ConnectionId);
