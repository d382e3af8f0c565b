using CountingKit.Runs;

namespace CountingKit.Adapters.Xero;

/// <summary>What one organization may still be asked, and when. Used under the budget's lock.</summary>
internal sealed class TenantBudget(int dayLimit)
{
    /// <summary>Xero allows 5 calls at once and 60 a minute; one and five are left to others.</summary>
    private const int AtOnce = 4;
    private const int PerMinute = 55;

    private int inFlight;

    public SemaphoreSlim Places { get; } = new(AtOnce, AtOnce);

    public MinuteWindow Minute { get; } = new(PerMinute);

    public DayCount Day { get; } = new(dayLimit);

    /// <returns>Zero = go; else how long to wait before asking again.</returns>
    /// <exception cref="SourceException"><see cref="SourceProblem.DayLimit"/>.</exception>
    public TimeSpan Begin(DateTimeOffset now, bool urgent, MinuteWindow app)
    {
        Day.Check(now, urgent);
        var (mine, ours) = (Minute.Wait(now), app.Wait(now));
        var wait = mine > ours ? mine : ours;
        if (wait > TimeSpan.Zero) return wait;

        inFlight++;
        Day.Count();
        Minute.Count(now);
        app.Count(now);
        return TimeSpan.Zero;
    }

    public void End() => inFlight--;

    public void Learn(XeroHeaders headers, DateTimeOffset now, MinuteWindow app)
    {
        if (headers.DayRemaining is { } day) Day.Learn(day, inFlight - 1);
        if (headers.MinuteRemaining is <= 0) Minute.UsedUp(now);
        if (headers.AppMinuteRemaining is <= 0) app.UsedUp(now);
    }
}
