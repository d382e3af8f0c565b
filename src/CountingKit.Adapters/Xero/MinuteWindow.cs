namespace CountingKit.Adapters.Xero;

/// <summary>
/// At most so many starts in any 60 seconds, so in any minute of Xero's. Kept as JSON; changed by one at a time.
/// </summary>
internal sealed class MinuteWindow
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>When each call of the last minute began, or a block of them, UTC.</summary>
    public List<DateTimeOffset> Starts { get; set; } = [];

    public DateTimeOffset PausedUntil { get; set; }

    /// <summary>Zero = now.</summary>
    public TimeSpan Wait(DateTimeOffset now, int limit)
    {
        var free = Starts.Count(start => start + Minute > now) < limit ? now : Starts[^limit] + Minute;
        var next = free > PausedUntil ? free : PausedUntil;
        return next > now ? next - now : TimeSpan.Zero;
    }

    public void Count(DateTimeOffset now)
    {
        Starts.RemoveAll(start => start + Minute <= now);
        Starts.Add(now);
    }

    public void PauseUntil(DateTimeOffset until) => PausedUntil = until > PausedUntil ? until : PausedUntil;

    /// <summary>Xero's minute is used up: it ends no later than 60 s after the oldest call in ours.</summary>
    public void UsedUp(DateTimeOffset now) =>
        PauseUntil(Starts.Where(start => start + Minute > now).DefaultIfEmpty(now).First() + Minute);
}
