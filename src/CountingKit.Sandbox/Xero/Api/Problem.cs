using System.Text.Encodings.Web;
using System.Text.Json;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>Xero's error answers, each in the shape that is on record.</summary>
internal static class Problem
{
    private static readonly JsonSerializerOptions AsIs =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>No token, or one that is none: lower-case members and a challenge.</summary>
    public static IResult InvalidToken(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer error=invalid_token";
        return Json(StatusCodes.Status401Unauthorized, new
        {
            title = "Unauthorized",
            status = StatusCodes.Status401Unauthorized,
            detail = "AuthenticationUnsuccessful",
            instance = Guid.CreateVersion7(),
        });
    }

    /// <summary>The token's time is over, the scope is missing, and the like.</summary>
    public static IResult Unauthorized(string detail) =>
        Titled(StatusCodes.Status401Unauthorized, "Unauthorized", detail);

    /// <summary>The tenant is unknown, not connected, or not named.</summary>
    public static IResult WrongTenant() =>
        Titled(StatusCodes.Status403Forbidden, "Forbidden", "AuthenticationUnsuccessful");

    public static IResult NotFound() => Results.Text(
        "The resource you're looking for cannot be found", "text/plain", statusCode: StatusCodes.Status404NotFound);

    public static IResult QueryParse(string message) => Json(StatusCodes.Status400BadRequest, new
    {
        ErrorNumber = 16,
        Type = "QueryParseException",
        Message = message,
    });

    public static IResult Validation(string message) => Json(StatusCodes.Status400BadRequest, new
    {
        ErrorNumber = 10,
        Type = "ValidationException",
        Message = "A validation exception occurred",
        Elements = new[] { new { ValidationErrors = new[] { new { Message = message } } } },
    });

    public static IResult Text(int status, string text) => Results.Text(text, "text/plain", statusCode: status);

    private static IResult Titled(int status, string title, string detail) => Json(status, new
    {
        Type = (string?)null,
        Title = title,
        Status = status,
        Detail = detail,
        Instance = Guid.CreateVersion7(),
        Extensions = new { },
    });

    private static IResult Json(int status, object body) => Results.Json(body, AsIs, statusCode: status);
}

/// <summary>A filter or an order that cannot be read; becomes a 400.</summary>
internal sealed class QueryParseException(string message) : Exception(message);

/// <summary>A parameter whose value means nothing; becomes a 400.</summary>
internal sealed class InvalidParameterException(string message) : Exception(message);
