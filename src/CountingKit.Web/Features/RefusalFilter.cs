using CountingKit.Messaging;
using CountingKit.Web.Features.Shared;
using CountingKit.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CountingKit.Web.Features;

/// <summary>
/// Turns a "no" into an answer: in <c>#notice</c> for htmx, as a page for a browser, as Problem Details for the API. What
/// is no "no" is a bug and passes through.
/// </summary>
internal sealed class RefusalFilter(IModelMetadataProvider metadata) : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is StrangerException) context.Result = new ChallengeResult();
        else if (Refusal.Of(context.Exception) is { } refusal) context.Result = Answer(context.HttpContext, refusal, metadata);
        context.ExceptionHandled = context.Result is not null;
    }

    internal static IActionResult Answer(HttpContext http, Refusal refusal, IModelMetadataProvider metadata)
    {
        if (http.Request.IsApi())
            return new ObjectResult(refusal.ToProblem(http)) { StatusCode = refusal.Status };

        var data = new ViewDataDictionary<Refusal>(metadata, new ModelStateDictionary()) { Model = refusal };
        if (!http.Request.IsOfAPage())
            return new ViewResult { ViewName = "Refusal", ViewData = data, StatusCode = refusal.Status };

        http.Response.ToNotice();
        return new PartialViewResult { ViewName = "_Refusal", ViewData = data, StatusCode = refusal.Status };
    }
}
