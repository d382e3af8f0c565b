namespace CountingKit.Web.Hosting;

/// <summary>
/// Looks at folders whose disk may not answer at all, such as a network drive whose server is away: nobody waits for one
/// without end, none is looked at again before the last look at it has ended, and one that has been silent for long is
/// told at once: whoever asks for the portal's health may have little patience.
/// </summary>
internal sealed class FolderLooks(TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (Task Look, long Since)> last = [];

    /// <param name="place">Who looks at the same one meanwhile gets the answer of the look that is under way.</param>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public Task<T> At<T>(string place, Func<T> look, CancellationToken ct)
    {
        var (begun, since) = Begun(place, look);
        var left = Timeout - time.GetElapsedTime(since);
        return begun.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, ct);
    }

    private (Task<T> Look, long Since) Begun<T>(string place, Func<T> look)
    {
        lock (gate)
        {
            if (last.TryGetValue(place, out var under) && under is (Task<T> { IsCompleted: false } waiting, var since))
                return (waiting, since);
            // On a thread of its own: where requests are served, none is missing while it hangs.
            var begun = Task.Factory.StartNew(
                look, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            var now = time.GetTimestamp();
            last[place] = (begun, now);
            return (begun, now);
        }
    }
}
