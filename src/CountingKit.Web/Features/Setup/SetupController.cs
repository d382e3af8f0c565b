using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Web.Hosting;
using CountingKit.Web.Security;
using CountingKit.Workspaces;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Setup;

public sealed record SetupForm(
    [Required(ErrorMessage = "Enter the code from the console.")] string? Code,
    [Required(ErrorMessage = "Name the workspace."), MaxLength(100), Visible] string? Workspace,
    [Required(ErrorMessage = "Enter your name."), MaxLength(200), Visible] string? Name,
    [Required(ErrorMessage = "Enter your email address."), EmailAddress(ErrorMessage = "This is not an email address.")]
    string? Email,
    [Required(ErrorMessage = "Enter a password.")] string? Password,
    string? Again) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Again != Password) yield return new ValidationResult("The two passwords differ.", [nameof(Again)]);
    }

    public override string ToString() => nameof(SetupForm);
}

/// <summary>The first owner, by the code on the console. Afterwards there is nothing here.</summary>
[Route("setup")]
public sealed class SetupController(FirstOwner owner) : Controller
{
    [HttpGet(""), OpenToStrangers]
    public async Task<IActionResult> Index(CancellationToken ct) =>
        await owner.Exists(ct) ? NotFound() : View(new SetupForm(null, null, null, null, null, null));

    [HttpPost(""), OpenToStrangers, TakesAtMost(32)]
    public async Task<IActionResult> Index(SetupForm form, [FromServices] IServiceProvider services, CancellationToken ct)
    {
        if (await owner.Exists(ct)) return NotFound();
        var address = HttpContext.Address();
        if (!ModelState.IsValid) return Again(form);
        var attempts = services.GetRequiredService<Attempts>();
        var knock = Knock.FromNetwork("setup", HttpContext.Network(), "");
        if (await attempts.Begin(knock, ct) is { } wait)
        {
            ModelState.AddModelError("", $"There were several wrong codes. Wait {wait.InWords()}, then try again.");
            return Again(form, StatusCodes.Status429TooManyRequests);
        }

        if (!await owner.IsCode(form.Code!, ct))
        {
            ModelState.AddModelError(nameof(form.Code), $"{WorkspaceCodes.WrongCode.Title}. {WorkspaceCodes.WrongCode.Advice}");
            return Again(form);
        }

        await attempts.Clear(knock, ct);
        var request = new FirstOwnerRequest(form.Workspace!, form.Name!, form.Email!, form.Password!);
        var (login, wrong) = await owner.Create(request, form.Code, address, ct);
        foreach (var problem in wrong) ModelState.AddModelError("", problem);
        if (login is null) return Again(form);

        var position = await owner.Complete(ct);
        await services.GetRequiredService<ApiKeyBySetting>().Apply(services.GetRequiredService<PortalOptions>().ApiKey, ct);
        await services.GetRequiredService<ReadModels>().CaughtUpTo(position!.Value, ct);
        await HttpContext.StartSession(login, isKept: false);
        return Redirect("/");
    }

    /// <summary>The form again; never with the code, which belongs on the console alone.</summary>
    private ViewResult Again(SetupForm form, int status = StatusCodes.Status422UnprocessableEntity)
    {
        ModelState.SetModelValue(nameof(form.Code), rawValue: null, attemptedValue: null);
        Response.StatusCode = status;
        return View(form with { Code = null });
    }
}
