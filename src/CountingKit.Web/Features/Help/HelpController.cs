using CountingKit.Messaging;
using CountingKit.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Help;

/// <summary>What every badge means, and what to do about every code that the portal can show.</summary>
[Route("help")]
public sealed class HelpController(ErrorCodes codes) : Controller
{
    [HttpGet(""), Needs(Permission.View)]
    public IActionResult Index() => View(HelpPage.Of(codes));
}
