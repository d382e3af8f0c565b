using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Shared;

/// <summary>A "no" as it is shown.</summary>
/// <param name="Code">The stable code; null = the message says it all.</param>
public sealed record Refusal(int Status, string Title, string Message, string? Code)
{
    /// <summary>Null = not a "no" but a bug.</summary>
    internal static Refusal? Of(Exception exception) => exception switch
    {
        RefusedException e => new(StatusCodes.Status422UnprocessableEntity, "That did not happen", e.Message, e.Code),
        InvalidMessageException e =>
            new(StatusCodes.Status422UnprocessableEntity, "Check what was entered", e.Message, null),
        NotFoundException e => new(StatusCodes.Status404NotFound, "Nothing here", e.Message, null),
        ForbiddenException => Forbidden,
        _ => null,
    };

    internal static Refusal Forbidden { get; } = new(
        StatusCodes.Status403Forbidden, "Not for your role",
        "Your role does not allow this. Ask an owner or admin of the workspace.", null);

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
