using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Shared;

/// <summary>A friendly word for a status that no feature answered.</summary>
/// <param name="Code">The stable code; null = the message says it all.</param>
/// <param name="CorrelationId">As it stands in the log.</param>
public sealed record ErrorPage(int Status, string Title, string Message, string? Code, string CorrelationId)
{
    internal static ErrorPage Of(ErrorCode outage, string correlationId) =>
        new(StatusCodes.Status503ServiceUnavailable, outage.Title, outage.Advice, outage.Code, correlationId);

    internal static ErrorPage Of(int status, string correlationId)
    {
        var (title, message) = status switch
        {
            400 => ("That form is out of date", "The page was open too long, or was sent without its form. Go back, reload the page and send it again."),
            401 => ("Sign in first", "This needs a sign-in or an API key."),
            403 => ("Not for your role", Refusal.Forbidden.Message),
            404 => ("Nothing here", "This address leads nowhere, or to something that you may not see. If a link brought you here, what it meant may be gone."),
            405 => ("That cannot be done here", "This address does not take what was sent to it. Go back and use the page's own buttons."),
            408 => ("That took too long", "What you sent did not arrive in time. Check your connection and send it again."),
            413 => ("That is too large", "What you sent is larger than this form takes. Nothing was changed. Go back and send less of it."),
            415 => ("That cannot be read here", "This address takes no files and no data of that kind. Nothing was changed."),
            421 => ("Not the portal's own address", "The portal answers only at its own address. Ask whoever looks after this installation for it (setting Portal__PublicUrl)."),
            429 => ("Too many attempts", "There were too many failed attempts. Wait 15 minutes and try again."),
            503 => ("Just a moment", "The portal is reading its history. This page works again shortly; reload it then."),
            >= 500 => ("Something went wrong", "That was our mistake, not yours. Try again in a moment. If it happens again, tell whoever looks after this installation: its log has the details."),
            _ => ("That did not work", "The portal could not answer this request."),
        };
        return new(status, title, message, null, correlationId);
    }

    /// <summary>For a part of a page.</summary>
    internal Refusal ToRefusal() => new(Status, Title, $"{Message} ({CorrelationId})", Code);

    internal ProblemDetails ToProblem() => new()
    {
        Status = Status,
        Title = Title,
        Detail = Message,
        Extensions = { ["code"] = Code, ["correlationId"] = CorrelationId },
    };
}
