namespace CountingKit.EventSourcing;

/// <summary>
/// Pauses between tries: they double from the least to the most, and each is shortened by chance, down to half, so that
/// many who failed together do not come back together.
/// </summary>
public sealed class BackOff(TimeSpan least, TimeSpan most, TimeProvider time)
{
    private const int Doublings = 30;

    private int failures;

    /// <summary>It went well: the next pause is the least again.</summary>
    public void Reset() => failures = 0;

    public Task Wait(CancellationToken ct) => Task.Delay(Of(failures++, least, most), time, ct);

    /// <param name="failures">How many there were before this one, from 0.</param>
    public static TimeSpan Of(int failures, TimeSpan least, TimeSpan most)
    {
        var full = Math.Min(most.TotalMilliseconds, least.TotalMilliseconds * Math.Pow(2, Math.Min(failures, Doublings)));
#pragma warning disable CA5394 // Spreads callers over time; nobody gains by guessing it.
        return TimeSpan.FromMilliseconds(full * (0.5 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394
    }
}
