namespace CountingKit.Adapters.Embedded;

/// <summary>Wakes those who wait for the next append of this process.</summary>
internal sealed class AppendSignal
{
    private volatile TaskCompletionSource next = New();

    /// <summary>Take it before looking: what is appended afterwards completes it.</summary>
    public Task Next => next.Task;

    public void Set() => Interlocked.Exchange(ref next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
