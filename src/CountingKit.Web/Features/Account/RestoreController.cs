using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Web.Security;
using CountingKit.Workspaces;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Account;

public sealed record RestoreForm(
    [Required(ErrorMessage = "Enter the code from the console.")] string? Code,
    [Required(ErrorMessage = "Enter a new password.")] string? Password,
    string? Again) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Again != Password) yield return new ValidationResult("The two passwords differ.", [nameof(Again)]);
    }

    public override string ToString() => nameof(RestoreForm);
}

/// <summary>A new password for an owner, by the code that <c>restore-owner</c> printed.</summary>
[Route("restore")]
public sealed class RestoreController(OwnerRestoration restoration, Attempts attempts) : Controller
{
    [HttpGet(""), OpenToStrangers]
    public IActionResult Index() => View("~/Features/Account/Restore.cshtml", new RestoreForm(null, null, null));

    [HttpPost(""), OpenToStrangers, TakesAtMost(32)]
    public async Task<IActionResult> Index(RestoreForm form, CancellationToken ct)
    {
        if (!ModelState.IsValid) return Again();
        var knock = Knock.FromNetwork("restore", HttpContext.Network(), "");
        if (await attempts.Begin(knock, ct) is { } wait)
            return Again($"There were several wrong codes. Wait {wait.InWords()}, then try again.", StatusCodes.Status429TooManyRequests);
        try
        {
            var (login, wrong) = await restoration.Restore(form.Code!, form.Password!, HttpContext.Address(), ct);
            await attempts.Clear(knock, ct);
            if (login is null) return Again(string.Join(' ', wrong));
            await HttpContext.StartSession(login, isKept: false);
            return Redirect("/");
        }
        catch (RefusedException refused)
        {
            return Again($"{refused.Message} {refused.Code}");
        }
    }

    /// <summary>The form again; never with the code, which belongs on the console alone.</summary>
    private ViewResult Again(string? problem = null, int status = StatusCodes.Status422UnprocessableEntity)
    {
        if (problem is not null) ModelState.AddModelError("", problem);
        ModelState.SetModelValue(nameof(RestoreForm.Code), rawValue: null, attemptedValue: null);
        Response.StatusCode = status;
        return View("~/Features/Account/Restore.cshtml", new RestoreForm(null, null, null));
    }
}
