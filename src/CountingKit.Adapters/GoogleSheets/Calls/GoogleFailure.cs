using System.Net;
using CountingKit.Spreadsheets;
using Google;
using Newtonsoft.Json;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>One call to Google that failed, with what that means.</summary>
/// <param name="mayHaveLanded">It may have been carried out all the same: time-outs, broken connections, 5xx.</param>
/// <param name="retry">The identical request may succeed later.</param>
internal sealed class GoogleFailure(
    SpreadsheetProblem problem, ErrorCode code, bool retry, bool mayHaveLanded, Exception cause)
    : Exception(code.Title, cause)
{
    /// <summary>Google counts by the minute.</summary>
    private static readonly TimeSpan OfALimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public SpreadsheetProblem Problem { get; } = problem;

    public ErrorCode Code { get; } = code;

    public bool Retry { get; } = retry;

    public bool MayHaveLanded { get; } = mayHaveLanded;

    public bool IsLimit => Code == GoogleCodes.Busy;

    /// <summary>An hour at most; null = the answer did not say.</summary>
    public TimeSpan? RetryAfter
    {
        get;
        init => field = value > Longest ? Longest : value;
    }

    /// <summary>It is known when to ask again.</summary>
    public bool TellsWhen => Retry && (IsLimit || RetryAfter is not null);

    public SpreadsheetException ToException(DateTimeOffset now) => new(Problem, Code.Code,
        $"{Code.Title}. {Code.Advice}", Retry && (RetryAfter ?? (IsLimit ? OfALimit : null)) is { } wait ? now + wait : null, this);

    /// <summary>An answer that says yes and holds nothing: a proxy's, or a passing trouble of Google.</summary>
    public static GoogleFailure Unreadable() => Down(new InvalidDataException("The answer holds nothing."), null);

    /// <summary>Null = not Google's doing: it must go its way.</summary>
    public static GoogleFailure? Of(Exception thrown, TimeSpan? retryAfter, CancellationToken ct) => thrown switch
    {
        _ when AnswerTooLargeException.IsBehind(thrown) => new(
            SpreadsheetProblem.Unavailable, GoogleCodes.AnswerTooLarge, retry: false, mayHaveLanded: true, thrown),
        GoogleApiException { HttpStatusCode: 0 } => Down(thrown, retryAfter),
        GoogleApiException answered => OfAnswer(answered, retryAfter),
        HttpRequestException or IOException or TimeoutException or JsonException => Down(thrown, retryAfter),
        OperationCanceledException when !ct.IsCancellationRequested => Down(thrown, retryAfter),
        _ => null,
    };

    private static GoogleFailure OfAnswer(GoogleApiException e, TimeSpan? retryAfter)
    {
        var error = GoogleError.Read(e.Error?.ErrorResponseContent);
        return e.HttpStatusCode switch
        {
            HttpStatusCode.BadRequest => Final(SpreadsheetProblem.Refused, OfBadRequest(error.Message), e),
            HttpStatusCode.Unauthorized => Final(SpreadsheetProblem.SignInExpired, GoogleCodes.SignInExpired, e),
            HttpStatusCode.Forbidden => OfForbidden(error, e.ServiceName == "drive", e, retryAfter),
            HttpStatusCode.NotFound => Final(SpreadsheetProblem.NoAccess, GoogleCodes.Gone, e),
            HttpStatusCode.Conflict => Later(GoogleCodes.Unavailable, e, retryAfter),
            HttpStatusCode.RequestEntityTooLarge => Final(SpreadsheetProblem.Refused, SheetCodes.TooLarge, e),
            HttpStatusCode.RequestTimeout => Down(e, retryAfter),
            HttpStatusCode.TooManyRequests => Later(GoogleCodes.Busy, e, retryAfter),
            >= HttpStatusCode.InternalServerError => Down(e, retryAfter),
            _ => Final(SpreadsheetProblem.Refused, GoogleCodes.Refused, e),
        };
    }

    private static GoogleFailure OfForbidden(GoogleError error, bool ofDrive, Exception e, TimeSpan? retryAfter)
    {
        if (error.Has("rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED")) return Later(GoogleCodes.Busy, e, retryAfter);
        if (error.Has("SERVICE_DISABLED", "accessNotConfigured"))
            return Final(
                SpreadsheetProblem.Configuration, ofDrive ? GoogleCodes.DriveApiDisabled : GoogleCodes.ApiDisabled, e);
        if (error.Has("ACCESS_TOKEN_SCOPE_INSUFFICIENT"))
            return Final(SpreadsheetProblem.SignInExpired, GoogleCodes.ScopeMissing, e);
        if (error.Message.Contains("protected cell", StringComparison.Ordinal))
            return Final(SpreadsheetProblem.Refused, SheetCodes.Protected, e);
        return error.Has("storageQuotaExceeded")
            ? Final(SpreadsheetProblem.Refused, OfFullDrive(error, ofDrive), e)
            : Final(SpreadsheetProblem.NoAccess, GoogleCodes.NoAccess, e);
    }

    /// <summary>A new file counts for who makes it, one that is there for who owns it.</summary>
    private static ErrorCode OfFullDrive(GoogleError error, bool ofDrive) =>
        error.Message.Contains("Service Accounts do not have storage quota", StringComparison.OrdinalIgnoreCase)
            ? GoogleCodes.CannotCreate
            : ofDrive ? GoogleCodes.DriveFull : GoogleCodes.OwnersDriveFull;

    private static ErrorCode OfBadRequest(string message)
    {
        if (Says("above the limit of 10000000 cells")) return SheetCodes.TooManyCells;
        if (Says("maximum of 50000 characters")) return SheetCodes.TextTooLong;
        if (Says("payload size exceeds")) return SheetCodes.TooLarge;
        if (Says("protected cell")) return SheetCodes.Protected;
        return Says("not supported for this document") ? GoogleCodes.NotASpreadsheet : GoogleCodes.Refused;

        bool Says(string words) => message.Contains(words, StringComparison.Ordinal);
    }

    private static GoogleFailure Final(SpreadsheetProblem problem, ErrorCode code, Exception cause) =>
        new(problem, code, retry: false, mayHaveLanded: false, cause);

    private static GoogleFailure Later(ErrorCode code, Exception cause, TimeSpan? retryAfter) =>
        new(SpreadsheetProblem.Unavailable, code, retry: true, mayHaveLanded: false, cause) { RetryAfter = retryAfter };

    private static GoogleFailure Down(Exception cause, TimeSpan? retryAfter) =>
        new(SpreadsheetProblem.Unavailable, GoogleCodes.Unavailable, retry: true, mayHaveLanded: true, cause)
        {
            RetryAfter = retryAfter,
        };
}
