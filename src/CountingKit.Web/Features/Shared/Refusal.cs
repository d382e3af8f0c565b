using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Shared;

/// <summary>A "no" as it is shown.</summary>
/// <param name="Code">The stable code.</param>
public sealed record Refusal(int Status, string Title, string Message, string Code)
{
    /// <summary>Null = not a "no" but a bug.</summary>
    internal static Refusal? Of(Exception exception) => exception switch
    {
        RefusedException e => new(StatusCodes.Status422UnprocessableEntity, "That didn't work", e.Message, e.Code),
        InvalidMessageException e =>
            new(StatusCodes.Status422UnprocessableEntity, RequestCodes.Invalid.Title, e.Message, RequestCodes.Invalid.Code),
        NotFoundException e =>
            new(StatusCodes.Status404NotFound, RequestCodes.NotFound.Title, e.Message, RequestCodes.NotFound.Code),
        ForbiddenException => Forbidden,
        _ => null,
    };

    internal static Refusal Forbidden { get; } = new(
        StatusCodes.Status403Forbidden, RequestCodes.Forbidden.Title, RequestCodes.Forbidden.Advice,
        RequestCodes.Forbidden.Code);

    /// <summary>For endpoints that answer JSON.</summary>
    internal ProblemDetails ToProblem(HttpContext http) => new()
    {
        Status = Status,
        Title = Title,
        Detail = Message,
        Instance = http.Request.Path,
        Extensions = { ["code"] = Code, ["correlationId"] = http.CorrelationId() },
    };
}
