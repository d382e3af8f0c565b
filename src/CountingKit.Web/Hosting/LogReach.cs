using CountingKit.EventSourcing;

namespace CountingKit.Web.Hosting;

/// <summary>Whether the event store answers just now.</summary>
internal sealed class LogReach(IEventStore store, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <exception cref="EventStoreUnavailableException">It does not, or refuses; why, in words.</exception>
    public async Task Try(CancellationToken ct)
    {
        using var end = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, ct);
        try
        {
            await foreach (var _ in store.ReadAll(ReadDirection.Backwards, null, 1, either.Token)) break;
        }
        catch (OperationCanceledException silent) when (!ct.IsCancellationRequested)
        {
            throw new EventStoreUnavailableException("The event store does not answer.", silent);
        }
    }
}
