using CountingKit.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Reads a subscription step by step, past events that are not the test's own.</summary>
internal sealed class SubscriptionReader : IAsyncDisposable
{
    private readonly CancellationTokenSource cancelling;
    private readonly IAsyncEnumerator<SubscriptionMessage> messages;
    private readonly Func<StoredEvent, bool> isOwn;

    public SubscriptionReader(IEventStore store, Position? after, Func<StoredEvent, bool> isOwn, CancellationToken ct)
    {
        this.isOwn = isOwn;
        cancelling = CancellationTokenSource.CreateLinkedTokenSource(ct);
        messages = store.SubscribeToAll(after, cancelling.Token).GetAsyncEnumerator(cancelling.Token);
    }

    /// <summary>The ids of the next own events, in the order given.</summary>
    public async Task<Guid[]> Own(int count)
    {
        List<Guid> ids = [];
        while (ids.Count < count)
            if (await Next() is SubscriptionMessage.Event next && isOwn(next.Stored)) ids.Add(next.Stored.Id);
        return [.. ids];
    }

    /// <summary>Reads until it is said that all history has been given.</summary>
    public async Task CaughtUp()
    {
        while (await Next() is not SubscriptionMessage.CaughtUp) { }
    }

    public Task Cancel() => cancelling.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await messages.DisposeAsync();
        cancelling.Dispose();
    }

    private async Task<SubscriptionMessage> Next()
    {
        (await messages.MoveNextAsync()).Should().BeTrue("a subscription has no end of its own");
        return messages.Current;
    }
}
