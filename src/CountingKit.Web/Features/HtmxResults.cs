using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CountingKit.Web.Features;

/// <summary>One action, two answers: the whole page for a browser, its fragment for htmx.</summary>
internal static class HtmxResults
{
    /// <summary>The view named after the action, or the fragment that is in it.</summary>
    /// <param name="status">422 for a form that comes back as it was sent.</param>
    public static IActionResult PageOrFragment(
        this Controller controller, string fragment, object? model, int status = StatusCodes.Status200OK)
    {
        controller.Response.Headers.Append(HeaderNames.Vary, "HX-Request");
        controller.Response.StatusCode = status;
        return controller.Request.WantsFragment()
            ? controller.PartialView(fragment, model)
            : controller.View(model);
    }

    /// <summary>A local address as a header can hold it: what is not ASCII is escaped.</summary>
    public static string Escaped(string localUrl) => new Uri(new Uri("http://localhost"), localUrl)
        .GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped);

    /// <summary>To another page: a redirect for a browser, an order to go there for htmx.</summary>
    /// <param name="url">Of the portal itself (relative), or of a vendor's sign-in page.</param>
    public static IActionResult GoTo(this Controller controller, string url)
    {
        if (!controller.Request.WantsFragment()) return new RedirectResult(url);
        controller.Response.Htmx(headers => headers.Redirect(url));
        return new EmptyResult();
    }
}
