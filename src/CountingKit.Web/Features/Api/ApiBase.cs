using CountingKit.EventSourcing;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CountingKit.Web.Features.Api;

/// <summary>
/// The JSON API, for automation: <c>Authorization: Bearer</c> with an API key. A "no" is Problem Details with its code.
/// </summary>
[ApiController, Route("api/v1"), IgnoreAntiforgeryToken]
public abstract class ApiBase(IMediator mediator) : ControllerBase
{
    /// <summary>A GUID of the caller's; a command that is sent again with the same one does nothing twice.</summary>
    protected const string KeyHeader = "Idempotency-Key";

    protected IMediator Mediator { get; } = mediator;

    /// <summary>Does what the caller asks under its number.</summary>
    protected async Task<IActionResult> Do(Guid? key, Func<Guid, Task<IActionResult>> act)
    {
        if (key != Guid.Empty) return await act(key ?? Guid.CreateVersion7());
        ModelState.AddModelError(KeyHeader, "");
        return UnreadableRequest.Answer(ControllerContext);
    }

    /// <summary>Likewise, where nothing is to be told of it but that it is done: 204.</summary>
    protected Task<IActionResult> Do(Guid? key, Func<Guid, Task<Appended>> act) => Do(key, async number =>
    {
        await act(number);
        return (IActionResult)NoContent();
    });

    /// <summary>Tells where the next page of a list is (RFC 8288). On the last one nothing is told.</summary>
    /// <param name="before">What the next page comes after.</param>
    protected void Next(string? before)
    {
        if (before is null) return;
        var query = Request.Query.Where(part => !part.Key.Equals("before", StringComparison.OrdinalIgnoreCase))
            .SelectMany(part => part.Value, (part, value) => KeyValuePair.Create(part.Key, value))
            .Append(KeyValuePair.Create<string, string?>("before", before));
        Response.Headers[HeaderNames.Link] = $"<{QueryHelpers.AddQueryString(Request.Path, query)}>; rel=\"next\"";
    }
}
