using CountingKit.EventSourcing;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Truncated exponential back-off with jitter, as Google asks for (Sheets API, usage limits): 1 to 2 s, 2 to 4 s …</summary>
internal static class GooglePause
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(64);

    /// <param name="attempt">How many have failed before this one, from 0.</param>
    public static TimeSpan After(int attempt) => BackOff.Of(attempt, Least, Most);
}
