using CountingKit.EventSourcing;
using Microsoft.AspNetCore.Diagnostics;

namespace CountingKit.Web.Features.Errors;

internal static class Outage
{
    /// <summary>
    /// The request failed because what the portal stands on is away, and its page is made now: nothing of it may ask the
    /// database again.
    /// </summary>
    public static bool IsShownBy(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>() is { Error: { } failure }
        && context.RequestServices.GetRequiredService<Outages>().Is(failure);
}
