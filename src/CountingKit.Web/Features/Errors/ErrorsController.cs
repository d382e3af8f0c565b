using System.Globalization;
using CountingKit.EventSourcing;
using CountingKit.Web.Features.Shared;
using CountingKit.Web.Hosting;
using CountingKit.Web.Security;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Errors;

/// <summary>What is shown when no feature has an answer: the pipeline runs a request here a second time.</summary>
[Route("error"), IgnoreAntiforgeryToken]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ErrorsController(ReadModels readModels) : Controller
{
    [Route("{status:int?}"), OpenToStrangers]
    [ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
    public IActionResult Show()
    {
        // Not bound: a form that cannot be read stands in the way of binding, and is one of the things told of here.
        var status = int.TryParse(RouteData.Values["status"] as string, CultureInfo.InvariantCulture, out var given)
            ? given
            : StatusCodes.Status404NotFound;
        var failed = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        var answered = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        if (failed is not null)
            status = (failed.Error as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError;
        if (status is < 400 or > 599) status = StatusCodes.Status404NotFound;
        Response.StatusCode = status;

        var page = status == StatusCodes.Status503ServiceUnavailable && readModels.Trouble is { } trouble
            ? ErrorPage.Of(trouble, HttpContext.CorrelationId())
            : ErrorPage.Of(status, HttpContext.CorrelationId());
        // Decoded already: another time would find in %2500 what no path may hold.
        var asked = new PathString(failed?.Path ?? answered?.OriginalPath ?? Request.Path.Value);
        if (Security.ApiRequests.IsApi(asked))
            return new ObjectResult(page.ToProblem()) { StatusCode = status };
        if (!Request.IsOfAPage()) return View("Error", page);

        Response.ToNotice();
        return PartialView("_Refusal", page.ToRefusal());
    }
}
