using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Routing;

namespace CountingKit.Web.Features;

/// <summary>
/// What was sent by htmx and leads to another page leads the browser there: htmx itself would follow the redirect, also to
/// another site, and put that page into this one.
/// </summary>
internal sealed class HtmxRedirects(IUrlHelperFactory urls) : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (!context.HttpContext.Request.IsOfAPage()) return;
        var url = context.Result switch
        {
            RedirectResult redirect => redirect.Url,
            LocalRedirectResult redirect => redirect.Url,
            RedirectToActionResult redirect => urls.GetUrlHelper(context)
                .Action(redirect.ActionName, redirect.ControllerName, redirect.RouteValues, null, null, redirect.Fragment),
            _ => null,
        };
        if (url is null) return;
        context.HttpContext.Response.Htmx(headers => headers.Redirect(url));
        context.Result = new EmptyResult();
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
