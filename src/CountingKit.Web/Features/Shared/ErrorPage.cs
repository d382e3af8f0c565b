using CountingKit.Messaging;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Shared;

/// <summary>A friendly word for a status that no feature answered.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="CorrelationId">As it stands in the log.</param>
public sealed record ErrorPage(int Status, string Title, string Message, string Code, string CorrelationId)
{
    internal static ErrorPage Of(ErrorCode outage, string correlationId) =>
        new(StatusCodes.Status503ServiceUnavailable, outage.Title, outage.Advice, outage.Code, correlationId);

    internal static ErrorPage Of(int status, string correlationId)
    {
        var why = RequestCodes.Of(status);
        return new(status, why.Title, why.Advice, why.Code, correlationId);
    }

    /// <summary>For a part of a page.</summary>
    internal Refusal ToRefusal() => new(Status, Title, $"{Message} ({CorrelationId})", Code);

    internal ProblemDetails ToProblem() => ToProblem(new ProblemDetails());

    /// <param name="problem">What else is told.</param>
    internal ProblemDetails ToProblem(ProblemDetails problem)
    {
        (problem.Status, problem.Title, problem.Detail) = (Status, Title, Message);
        (problem.Extensions["code"], problem.Extensions["correlationId"]) = (Code, CorrelationId);
        return problem;
    }
}
