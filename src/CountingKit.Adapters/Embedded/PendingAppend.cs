using CountingKit.EventSourcing;

namespace CountingKit.Adapters.Embedded;

/// <summary>An append on its way to the writer. Cancelled before the writer takes it, it is never written.</summary>
internal sealed class PendingAppend(string stream, ExpectedRevision expected, IReadOnlyList<EventData> events)
{
    private readonly TaskCompletionSource<Appended> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int taken;

    public string Stream => stream;

    public ExpectedRevision Expected => expected;

    public IReadOnlyList<EventData> Events => events;

    public Task<Appended> Answer => answer.Task;

    /// <summary>Whether the writer may go on with it; from then on it can't be cancelled.</summary>
    public bool TryTake() => Interlocked.Exchange(ref taken, 1) == 0;

    public void Cancel(CancellationToken ct)
    {
        if (TryTake()) answer.SetCanceled(ct);
    }

    public void Succeed(Appended appended) => answer.SetResult(appended);

    public void Fail(Exception reason) => answer.SetException(reason);
}
