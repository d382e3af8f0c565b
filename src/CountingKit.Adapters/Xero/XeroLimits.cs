namespace CountingKit.Adapters.Xero;

internal enum XeroLimit
{
    Concurrent,
    Minute,
    AppMinute,
    Day,
}

/// <summary>What Xero's refusals for too many calls mean (developer.xero.com, OAuth 2.0 limits).</summary>
internal static class XeroLimits
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestMinute = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ShortestDay = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan UntoldDay = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestDay = TimeSpan.FromHours(25);

    /// <summary>Spellings vary (<c>day</c>, <c>Daily</c>, <c>DayLimit</c>); a nameless wait beyond minutes is the day's.</summary>
    public static XeroLimit Of(XeroHeaders headers)
    {
        var problem = headers.LimitProblem ?? "";
        if (Says("day") || Says("daily")) return XeroLimit.Day;
        if (Says("app")) return XeroLimit.AppMinute;
        if (Says("min")) return XeroLimit.Minute;
        return headers.DayRemaining is <= 0 || headers.RetryAfter > LongestMinute ? XeroLimit.Day : XeroLimit.Concurrent;

        bool Says(string word) => problem.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// How long Xero is left alone after a refusal: as it said, within what such a limit can mean. A day's limit that is over
    /// at once would be asked for again and again; one of years would stop the organization.
    /// </summary>
    public static TimeSpan WaitOf(XeroHeaders headers) => Of(headers) switch
    {
        XeroLimit.Day => Within(headers.RetryAfter ?? UntoldDay, ShortestDay, LongestDay),
        XeroLimit.Concurrent => Within(
            headers.RetryAfter ?? Moment * (1 + Random.Shared.NextDouble()), Moment, LongestMinute),
        _ => Within(headers.RetryAfter ?? TimeSpan.FromMinutes(1), Moment, LongestMinute),
    };

    private static TimeSpan Within(TimeSpan wait, TimeSpan least, TimeSpan most) =>
        wait < least ? least : wait > most ? most : wait;
}
