namespace CountingKit.Adapters.Mirror;

/// <summary>
/// Looks at a disk that may not answer at all, such as a network drive whose server is away: whoever looks waits a few
/// seconds, and nobody does again before it has answered. The disk's time is meant, not the portal's.
/// </summary>
internal sealed class DiskPatience(TimeSpan atMost)
{
    private volatile Task? silent;

    /// <exception cref="TimeoutException">It does not answer. The look goes on, on a thread of its own.</exception>
    public T Look<T>(Func<T> look)
    {
        if (silent is { IsCompleted: false }) throw new TimeoutException();
        var begun = Task.Factory.StartNew(look, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (Task.WaitAny([begun], atMost) < 0)
        {
            silent = begun;
            throw new TimeoutException();
        }

        return begun.GetAwaiter().GetResult();
    }
}
