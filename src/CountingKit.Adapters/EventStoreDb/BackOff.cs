namespace CountingKit.Adapters.EventStoreDb;

/// <summary>Pauses that double from the first to the longest; each is shortened by chance, down to half.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest, TimeProvider time)
{
    private int waits;

    public void Reset() => waits = 0;

    public Task Wait(CancellationToken ct)
    {
        var full = Math.Min(longest.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(waits++, 16)));
#pragma warning disable CA5394 // Spreads callers over time; nobody gains by guessing it.
        return Task.Delay(TimeSpan.FromMilliseconds(full * (0.5 + (Random.Shared.NextDouble() / 2))), time, ct);
#pragma warning restore CA5394
    }
}
