using System.Globalization;
using System.Net;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// A whole answer, read to its end. Bodies can hold secrets: it never prints itself. Disposed, it gives a large body's
/// memory to the next answer; one that is not disposed is only collected later.
/// </summary>
internal sealed class XeroAnswer(HttpStatusCode status, XeroHeaders headers, AnswerBody body) : IDisposable
{
    public HttpStatusCode Status { get; } = status;

    public XeroHeaders Headers { get; } = headers;

    public ReadOnlyMemory<byte> Body => body.Bytes;

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>
    /// Worth another try: 5xx, but for "not supported"; too late, too early; sent elsewhere, where we never go.
    /// </summary>
    public bool IsTransient =>
        ((int)Status >= 500 && Status != HttpStatusCode.NotImplemented)
        || Status is HttpStatusCode.RequestTimeout or (HttpStatusCode)425
        || ((int)Status is >= 300 and < 400 && Status != HttpStatusCode.NotModified);

    public void Dispose() => body.Dispose();
}

/// <summary>What Xero tells beside the body. Null = was not there.</summary>
/// <param name="Challenge"><c>WWW-Authenticate</c>: what a refusal wanted. Foreign text.</param>
internal sealed record XeroHeaders(
    int? DayRemaining, int? MinuteRemaining, int? AppMinuteRemaining, TimeSpan? RetryAfter, string? LimitProblem,
    string? CorrelationId, DateTimeOffset? Date, string? Challenge = null)
{
    public static XeroHeaders Of(HttpResponseMessage response, DateTimeOffset now) => new(
        Number(response, "X-DayLimit-Remaining"),
        Number(response, "X-MinLimit-Remaining"),
        Number(response, "X-AppMinLimit-Remaining"),
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
            _ => null,
        },
        Text(response, "X-Rate-Limit-Problem"),
        Text(response, "Xero-Correlation-Id"),
        response.Headers.Date,
        Text(response, "WWW-Authenticate"));

    private static int? Number(HttpResponseMessage response, string name) =>
        int.TryParse(Text(response, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string? Text(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}

/// <summary>No answer, or one that broke off.</summary>
internal sealed class XeroSilentException(string message, Exception inner) : Exception(message, inner);
