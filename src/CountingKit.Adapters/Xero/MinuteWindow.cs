namespace CountingKit.Adapters.Xero;

/// <summary>At most so many starts in any 60 seconds, so in any minute of Xero's. Not thread-safe.</summary>
internal sealed class MinuteWindow(int limit)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Queue<DateTimeOffset> starts = new();
    private DateTimeOffset pausedUntil;

    /// <summary>Zero = now.</summary>
    public TimeSpan Wait(DateTimeOffset now)
    {
        while (starts.TryPeek(out var oldest) && oldest + Minute <= now) starts.Dequeue();
        var free = starts.Count < limit ? now : starts.Peek() + Minute;
        var next = free > pausedUntil ? free : pausedUntil;
        return next > now ? next - now : TimeSpan.Zero;
    }

    public void Count(DateTimeOffset now) => starts.Enqueue(now);

    public void PauseUntil(DateTimeOffset until) => pausedUntil = until > pausedUntil ? until : pausedUntil;

    /// <summary>Xero's minute is used up: it ends no later than 60 s after the oldest call in ours.</summary>
    public void UsedUp(DateTimeOffset now) =>
        PauseUntil((starts.TryPeek(out var oldest) ? oldest : now) + Minute);
}
