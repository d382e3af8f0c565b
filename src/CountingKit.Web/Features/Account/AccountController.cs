using System.ComponentModel.DataAnnotations;
using CountingKit.Messaging;
using CountingKit.Vault;
using CountingKit.Web.Security;
using CountingKit.Workspaces;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Account;

public sealed record SignInForm(
    [Required(ErrorMessage = "Enter your e-mail address.")] string? Email,
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
    [HttpGet("/sign-in"), OpenToStrangers]
    public async Task<IActionResult> SignIn(string? returnTo, [FromServices] FirstOwner owner, CancellationToken ct) =>
        await owner.Exists(ct) ? View(new SignInForm(null, null, ReturnTo: returnTo)) : Redirect("/setup");

    [HttpPost("/sign-in"), OpenToStrangers]
    public async Task<IActionResult> SignIn(
        SignInForm form, [FromServices] MemberSignIn members, [FromServices] IServiceProvider services, CancellationToken ct)
    {
        var attempts = services.GetRequiredService<FailedAttempts>();
        var address = HttpContext.Address();
        if (attempts.MustWait(address))
            return Again(form, "There were too many failed attempts from your network. Wait 15 minutes.", 429);
        if (!ModelState.IsValid) return Again(form, null, 422);

        if (await members.Check(form.Email!, form.Password!, address, ct) is not { } login)
        {
            attempts.Note(address);
            return Again(form, "That e-mail and password do not match. After five failures in a row "
                + "an account cannot sign in for 15 minutes.", 422);
        }

        await HttpContext.StartSession(login, form.RememberMe);
        return LocalRedirect(Url.IsLocalUrl(form.ReturnTo) ? HtmxResults.Escaped(form.ReturnTo) : "/");
    }

    [HttpPost("/sign-out"), Needs(Permission.OwnAccount)]
    public async Task<IActionResult> EndSession([FromServices] MemberSignIn members, CancellationToken ct)
    {
        await members.SignedOut(User.MemberId(), HttpContext.Address(), ct);
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
        return this.GoTo("/account/password");
    }

    private ViewResult Again(SignInForm form, string? problem, int status)
    {
        if (problem is not null) ModelState.AddModelError("", problem);
        Response.StatusCode = status;
        return View(form);
    }
}
