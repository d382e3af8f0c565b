namespace CountingKit.Adapters.EventStoreDb;

/// <summary>Since when the server fails its callers. Before it was reached for the first time it counts as long away.</summary>
internal sealed class Outage(TimeProvider time)
{
    private readonly Lock gate = new();
    private bool wasReached;
    private long? began;

    public void Noticed()
    {
        lock (gate) began ??= time.GetTimestamp();
    }

    /// <summary>The server answered, though not with what was asked for.</summary>
    public void Answered()
    {
        lock (gate) wasReached = true;
    }

    public void Over()
    {
        lock (gate) (wasReached, began) = (true, null);
    }

    public bool IsShorterThan(TimeSpan span)
    {
        lock (gate) return wasReached && (began is not { } start || time.GetElapsedTime(start) < span);
    }
}
