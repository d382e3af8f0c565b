namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Truncated exponential back-off with jitter, as Google asks for (Sheets API, usage limits).</summary>
internal static class BackOff
{
    public static readonly TimeSpan Cap = TimeSpan.FromSeconds(64);

    /// <param name="attempt">How many have failed before this one, from 0.</param>
    /// <param name="retryAfter">What the answer asked for; it is never undercut.</param>
    public static TimeSpan Wait(int attempt, TimeSpan? retryAfter)
    {
        var jitter = TimeSpan.FromMilliseconds(Random.Shared.Next(0, 1001));
        var grown = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempt, 6))) + jitter;
        var wait = grown < Cap ? grown : Cap;
        return retryAfter > wait ? retryAfter.Value : wait;
    }
}
