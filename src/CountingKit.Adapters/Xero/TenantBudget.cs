using System.Net;
using CountingKit.Mirror;

namespace CountingKit.Adapters.Xero;

/// <summary>What is asked of Xero at most, for one organization.</summary>
internal sealed record BudgetLimits(int AtOnce, int PerMinute, int PerDay)
{
    /// <summary>Of what Xero allows, one call at once and a twelfth of the minute are left to others.</summary>
    public static BudgetLimits Of(XeroOptions options) => new(
        Math.Max(1, options.CallsAtOnce - 1), Math.Max(1, options.CallsPerMinute - options.CallsPerMinute / 12),
        options.DayLimit);

    public BudgetLimits Half => new(Math.Max(1, AtOnce / 2), Math.Max(1, PerMinute / 2), PerDay);
}

/// <param name="Until">UTC: after that it is over, whatever became of its portal.</param>
internal sealed record CallInFlight(Guid Id, DateTimeOffset Until);

/// <summary>
/// What one organization may still be asked, and when. Kept as JSON; changed by one at a time. All times are the database's.
/// </summary>
internal sealed class TenantBudget
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Calls of all portals that have begun and not ended.</summary>
    public List<CallInFlight> Calls { get; set; } = [];

    public MinuteWindow Minute { get; set; } = new();

    public DayCount Day { get; set; } = new();

    /// <param name="lasting">How long the call can last.</param>
    /// <returns>Zero = it has begun; else how long to wait before asking again.</returns>
    /// <exception cref="SourceException"><see cref="SourceProblem.DayLimit"/>.</exception>
    public TimeSpan Begin(Guid call, DateTimeOffset now, bool urgent, TimeSpan lasting, BudgetLimits limits)
    {
        Calls.RemoveAll(other => other.Until <= now);
        Day.Check(now, urgent, limits.PerDay);
        if (Minute.Wait(now, limits.PerMinute) is var wait && wait > TimeSpan.Zero) return wait;
        if (Calls.Count >= limits.AtOnce) return PollInterval;

        Calls.Add(new CallInFlight(call, now + lasting));
        Day.Count(now);
        Minute.Count(now);
        return TimeSpan.Zero;
    }

    /// <param name="answer">What Xero said; null = nothing.</param>
    public void End(Guid call, DateTimeOffset now, (HttpStatusCode Status, XeroHeaders Headers)? answer)
    {
        Calls.RemoveAll(other => other.Id == call);
        if (answer is not (var status, var headers)) return;
        if (headers.DayRemaining is { } day) Day.Learn(day, Calls.Count, now);
        if (headers.MinuteRemaining is <= 0) Minute.UsedUp(now);
        if (status != HttpStatusCode.TooManyRequests) return;

        var wait = XeroLimits.WaitOf(headers);
        switch (XeroLimits.Of(headers))
        {
            case XeroLimit.Day:
                Day.Refused(now, wait);
                break;
            case XeroLimit.Minute or XeroLimit.Concurrent:
                Minute.PauseUntil(now + wait);
                break;
        }
    }
}

/// <summary>
/// What our app may still be asked for all organizations together (10,000 a minute). Portals take their calls from it in
/// blocks, so that not every call of every organization writes the same row.
/// </summary>
internal sealed class AppBudget
{
    public const int Block = 20;
    private const int BlocksPerMinute = 9_500 / Block;

    /// <summary>A block is counted when it is taken, so it must be used soon.</summary>
    public static readonly TimeSpan BlockLasts = TimeSpan.FromSeconds(10);

    public MinuteWindow Blocks { get; set; } = new();

    /// <returns>Zero = now; else how long to wait before asking again.</returns>
    public TimeSpan Wait(DateTimeOffset now, bool takesBlock) =>
        Blocks.Wait(now, takesBlock ? BlocksPerMinute : int.MaxValue);

    public void Take(DateTimeOffset now) => Blocks.Count(now);

    public void Learn(DateTimeOffset now, HttpStatusCode status, XeroHeaders headers)
    {
        if (headers.AppMinuteRemaining is <= 0) Blocks.UsedUp(now);
        if (status == HttpStatusCode.TooManyRequests && XeroLimits.Of(headers) == XeroLimit.AppMinute)
            Blocks.PauseUntil(now + XeroLimits.WaitOf(headers));
    }
}
