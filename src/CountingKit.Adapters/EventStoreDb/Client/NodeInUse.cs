namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>The node that calls of one kind go to now; found once for all callers, forgotten when it fails them.</summary>
internal sealed class NodeInUse(
    EventStoreClientSettings settings, Cluster cluster, NodePreference preference, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private readonly Lock gate = new();
    private Task<NodeEndPoint>? finding;
    private NodeEndPoint? current = settings.Discovers ? null : settings.Nodes[0];

    /// <param name="atMost">So long a search is waited for.</param>
    /// <exception cref="DiscoveryException">None was found, for whoever waited; or not in time.</exception>
    public async Task<NodeEndPoint> Get(TimeSpan atMost, CancellationToken ct)
    {
        Task<NodeEndPoint> found;
        lock (gate)
        {
            if (current is { } known) return known;
            found = finding ??= Task.Run(Find, CancellationToken.None);
        }

        try
        {
            return await found.WaitAsync(atMost, time, ct);
        }
        catch (TimeoutException late)
        {
            throw new DiscoveryException(late);
        }
    }

    /// <summary>A call to the node failed: find another one, or go back to the only one there is.</summary>
    public void Failed(NodeEndPoint node) => Replace(node, settings.Discovers ? null : settings.Nodes[0]);

    /// <summary>A node told who leads.</summary>
    public void Redirected(NodeEndPoint from, NodeEndPoint to) => Replace(from, cluster.IsLost(to) ? null : to);

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    private async Task<NodeEndPoint> Find()
    {
        NodeEndPoint? node = null;
        try
        {
            return (node = await cluster.Discover(preference, closing.Token)).Value;
        }
        finally
        {
            lock (gate) (current, finding) = (node, null);
        }
    }

    // Of many callers that fail at once the first one moves on; the others follow.
    private void Replace(NodeEndPoint from, NodeEndPoint? to)
    {
        lock (gate)
        {
            if (current != from) return;
            current = to;
        }
    }
}
