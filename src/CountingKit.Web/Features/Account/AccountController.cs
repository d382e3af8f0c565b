using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CountingKit.Messaging;
using CountingKit.Vault;
using CountingKit.Web.Security;
using CountingKit.Workspaces;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Account;

public sealed record SignInForm(
    [Required(ErrorMessage = "Enter your email address.")] string? Email,
    [Required(ErrorMessage = "Enter your password.")] string? Password,
    bool RememberMe = false,
    string? ReturnTo = null)
{
    public override string ToString() => nameof(SignInForm);
}

public sealed record PasswordForm(
    [Required(ErrorMessage = "Enter your current password.")] string? Current,
    [Required(ErrorMessage = "Enter a new password.")] string? Next,
    string? Again) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Again != Next) yield return new ValidationResult("The two new passwords differ.", [nameof(Again)]);
    }

    public override string ToString() => nameof(PasswordForm);
}

/// <summary>One's own sign-in. Not by messages: who signs in asks for nothing yet.</summary>
public sealed class AccountController : Controller
{
    private const int LeastWaitSeconds = 1;

    [HttpGet("/sign-in"), OpenToStrangers]
    public async Task<IActionResult> SignIn(string? returnTo, [FromServices] FirstOwner owner, CancellationToken ct) =>
        await owner.Exists(ct) ? View(new SignInForm(null, null, ReturnTo: returnTo)) : Redirect("/setup");

    [HttpPost("/sign-in"), OpenToStrangers, TakesAtMost(32)]
    public async Task<IActionResult> SignIn(
        SignInForm form, [FromServices] MemberSignIn members, [FromServices] IServiceProvider services, CancellationToken ct)
    {
        if (!ModelState.IsValid) return Again(form, null, StatusCodes.Status422UnprocessableEntity);

        var browser = services.GetRequiredService<KnownBrowser>().Of(HttpContext);
        var answer = await members.Check(
            new(form.Email!, form.Password!, HttpContext.Network(), browser, HttpContext.Address()), ct);
        if (answer.Wait is { } wait)
        {
            Response.Headers.RetryAfter = Math.Max(LeastWaitSeconds, (int)Math.Ceiling(wait.TotalSeconds))
                .ToString(CultureInfo.InvariantCulture);
            return Again(form, $"The last attempts failed. Wait {wait.InWords()}, then try again.", StatusCodes.Status429TooManyRequests);
        }

        if (answer.Login is not { } login)
            return Again(form, "That email and password do not match. After several failed tries, you will have to wait.",
                StatusCodes.Status422UnprocessableEntity);

        await HttpContext.StartSession(login, form.RememberMe);
        return LocalRedirect(Url.IsLocalUrl(form.ReturnTo) ? HtmxResults.Escaped(form.ReturnTo) : "/");
    }

    [HttpPost("/sign-out"), Needs(Permission.OwnAccount)]
    public async Task<IActionResult> EndSession([FromServices] MemberSessions sessions, CancellationToken ct)
    {
        await sessions.End(User.MemberId(), User.SessionId(), HttpContext.Address(), ct);
        await HttpContext.SignOutAsync(MemberCookie.Scheme);
        return Redirect("/sign-in");
    }

    [HttpGet("/account"), Needs(Permission.OwnAccount)]
    public async Task<IActionResult> Index([FromServices] MemberSessions sessions, CancellationToken ct) =>
        View(new AccountPage(await sessions.List(User.MemberId(), ct), User.SessionId()));

    [HttpPost("/account/sessions/{sessionId:guid}/end"), Needs(Permission.OwnAccount)]
    public async Task<IActionResult> EndOther(Guid sessionId, [FromServices] MemberSessions sessions, CancellationToken ct)
    {
        if (sessionId == User.SessionId()) return await EndSession(sessions, ct);
        await sessions.End(User.MemberId(), sessionId, HttpContext.Address(), ct);
        TempData["Notice"] = "That session has ended.";
        return Redirect("/account");
    }

    [HttpPost("/account/sessions/end"), Needs(Permission.OwnAccount)]
    public async Task<IActionResult> EndAll([FromServices] MemberSessions sessions, CancellationToken ct)
    {
        await sessions.End(User.MemberId(), sessionId: null, HttpContext.Address(), ct);
        await HttpContext.SignOutAsync(MemberCookie.Scheme);
        return Redirect("/sign-in");
    }

    [HttpGet("/account/password"), Needs(Permission.OwnAccount)]
    public IActionResult Password() => View(new PasswordForm(null, null, null));

    [HttpPost("/account/password"), Needs(Permission.OwnAccount)]
    public async Task<IActionResult> Password(
        PasswordForm form, [FromServices] MemberSignIn members, [FromServices] VaultDb vault, CancellationToken ct)
    {
        if (!ModelState.IsValid) return this.PageOrFragment("_PasswordForm", form, status: 422);
        var login = await vault.Logins.FindAsync([User.MemberId()], ct) ?? throw new StrangerException();
        var wrong = await members.ChangePassword(login, form.Current!, form.Next!, HttpContext.Address(), ct);
        foreach (var problem in wrong) ModelState.AddModelError("", problem);
        if (wrong.Count > 0) return this.PageOrFragment("_PasswordForm", form, status: 422);

        await HttpContext.StartSession(login, isKept: false);
        TempData["Notice"] = "Your password is changed. Every other session has ended.";
        return Redirect("/account/password");
    }

    private ViewResult Again(SignInForm form, string? problem, int status)
    {
        if (problem is not null) ModelState.AddModelError("", problem);
        Response.StatusCode = status;
        return View(form);
    }
}

/// <param name="Current">The session that asks.</param>
public sealed record AccountPage(IReadOnlyList<SessionRow> Sessions, Guid Current);
