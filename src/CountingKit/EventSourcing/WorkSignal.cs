namespace CountingKit.EventSourcing;

/// <summary>Wakes this process's workers when work was queued here; elsewhere they find it by looking.</summary>
public sealed class WorkSignal
{
    private TaskCompletionSource next = New();

    /// <summary>Ends when raised. Taken before one looks, so that nothing is missed between the look and the wait.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    /// <summary>Wakes all who wait: they may do different work.</summary>
    public void Raise() => Interlocked.Exchange(ref next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
