namespace CountingKit.Web.Hosting;

/// <summary>
/// Looks at folders whose disk may not answer at all, such as a network drive whose server is away: nobody waits for one
/// without end, and none is looked at again before the last look at it has ended.
/// </summary>
internal sealed class FolderLooks(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Task> last = [];

    /// <param name="place">Who looks at the same one meanwhile gets the answer of the look that is under way.</param>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public Task<T> At<T>(string place, Func<T> look, CancellationToken ct) => Begun(place, look).WaitAsync(Patience, time, ct);

    private Task<T> Begun<T>(string place, Func<T> look)
    {
        lock (gate)
        {
            if (last.GetValueOrDefault(place) is Task<T> { IsCompleted: false } waiting) return waiting;
            // On a thread of its own: where requests are served, none is missing while it hangs.
            var begun = Task.Factory.StartNew(
                look, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            last[place] = begun;
            return begun;
        }
    }
}
