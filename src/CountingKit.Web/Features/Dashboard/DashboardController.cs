using CountingKit.Messaging;
using CountingKit.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Dashboard;

public sealed class DashboardController : Controller
{
    [HttpGet("/"), Needs(Permission.View)]
    public IActionResult Index() => View();
}
