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

    /// <summary>
    /// A "no" or a failure, in answer to htmx: it stands in <c>#notice</c>, and what was typed stays where it is.
    /// </summary>
    public static void ToNotice(this HttpResponse response) =>
        response.Htmx(headers => headers.Retarget("#notice").Reswap("innerHTML").Reselect("unset"));

    /// <summary>A local address as a header can hold it: what is not ASCII is escaped.</summary>
    public static string Escaped(string localUrl) => new Uri(new Uri("http://localhost"), localUrl)
        .GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped);
}
