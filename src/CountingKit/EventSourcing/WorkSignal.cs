namespace CountingKit.EventSourcing;

/// <summary>Wakes this process's workers when work was queued here; elsewhere they find it by looking.</summary>
public sealed class WorkSignal : IDisposable
{
    private readonly SemaphoreSlim raised = new(0);

    public void Raise()
    {
        if (raised.CurrentCount < 8) raised.Release();
    }

    /// <summary>Returns when raised, or after <paramref name="atMost"/>.</summary>
    public Task Wait(TimeSpan atMost, CancellationToken ct) => raised.WaitAsync(atMost, ct);

    public void Dispose() => raised.Dispose();
}
