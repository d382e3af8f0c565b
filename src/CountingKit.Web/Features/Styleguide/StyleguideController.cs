using CountingKit.Messaging;
using CountingKit.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Styleguide;

/// <summary>
/// The parts that pages are made of, as pages have them, so that a new page is like the others. For who works on the portal: in
/// Development only.
/// </summary>
[Route("styleguide")]
public sealed class StyleguideController(IWebHostEnvironment environment, ErrorCodes codes, TimeProvider time) : Controller
{
    /// <summary>The field that is shown as one that was refused.</summary>
    internal const string WrongField = "Email";

    [HttpGet(""), Needs(Permission.View)]
    public IActionResult Index()
    {
        if (!environment.IsDevelopment()) return NotFound();
        ModelState.AddModelError("", "This is told of the form as a whole.");
        ModelState.AddModelError(WrongField, "Enter an email address, such as mary@example.com.");
        return View(StyleguidePage.Of(codes, time.GetUtcNow().UtcDateTime));
    }

    /// <summary>Where the page's own forms lead.</summary>
    [HttpPost(""), Needs(Permission.View)]
    public IActionResult Send()
    {
        if (!environment.IsDevelopment()) return NotFound();
        TempData["Notice"] = "Nothing was done: this page only shows what things look like.";
        return RedirectToAction(nameof(Index));
    }
}
