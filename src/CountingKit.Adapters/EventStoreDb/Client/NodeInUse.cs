namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>The node that calls of one kind go to now; found once for all callers, forgotten when it fails them.</summary>
internal sealed class NodeInUse(
    EventStoreClientSettings settings, Cluster cluster, NodePreference preference) : IDisposable
{
    private readonly SemaphoreSlim finding = new(1);
    private readonly Lock gate = new();
    private NodeEndPoint? current = settings.Discovers ? null : settings.Nodes[0];
    private NodeEndPoint? failed;

    public async Task<NodeEndPoint> Get(CancellationToken ct)
    {
        if (Current is { } known) return known;
        await finding.WaitAsync(ct);
        try
        {
            if (Current is { } found) return found;
            var node = await cluster.Discover(preference, failed, ct);
            lock (gate) current = node;
            return node;
        }
        finally
        {
            finding.Release();
        }
    }

    /// <summary>A call to the node failed: find another one, or go back to the only one there is.</summary>
    public void Failed(NodeEndPoint node) => Replace(node, settings.Discovers ? null : settings.Nodes[0]);

    /// <summary>A node told who leads.</summary>
    public void Redirected(NodeEndPoint from, NodeEndPoint to) => Replace(from, to);

    public void Dispose() => finding.Dispose();

    private NodeEndPoint? Current
    {
        get
        {
            lock (gate) return current;
        }
    }

    // Of many callers that fail at once the first one moves on; the others follow.
    private void Replace(NodeEndPoint from, NodeEndPoint? to)
    {
        lock (gate)
        {
            if (current != from) return;
            current = to;
            failed = from;
        }
    }
}
