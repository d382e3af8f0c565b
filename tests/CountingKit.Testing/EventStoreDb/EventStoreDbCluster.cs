using CountingKit.Testing.Portal;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>
/// Three stand-in nodes on ports of their own with one replicated log. What is acknowledged is on the disks of all that
/// live, and two at least do.
/// </summary>
public sealed class EventStoreDbCluster : IAsyncDisposable
{
    private const int Size = 3;
    private readonly TempFolder _folder = new();
    private readonly ClusterState _state;

    private EventStoreDbCluster(EventStoreDbOptions options)
    {
        _state = new(options);
        for (var i = 0; i < Size; i++)
        {
            _state.Nodes.Add(new EventStoreDbNode(
                _folder[$"node-{i}"], FreePort.Find(), options, null, node => new ClusterMember(_state, node, options)));
        }
    }

    public IReadOnlyList<EventStoreDbNode> Nodes => _state.Nodes;

    /// <summary>Null between a leader's death and the next one, and without a quorum.</summary>
    public EventStoreDbNode? Leader => _state.Leader;

    /// <summary>Names all nodes, and so is looked up by gossip.</summary>
    public string ConnectionString =>
        $"esdb://{string.Join(',', Nodes.Select(node => $"{EventStoreDbNode.Host}:{node.Port}"))}?{Nodes[0].Security}";

    public static async Task<EventStoreDbCluster> Start(EventStoreDbOptions? options = null)
    {
        var cluster = new EventStoreDbCluster(options ?? EventStoreDbOptions.Insecure);
        foreach (var node in cluster.Nodes) await cluster._state.Join(node);
        await cluster._state.Elect();
        return cluster;
    }

    /// <summary>Resets the leader's connections and takes it down. Another leads a while later.</summary>
    /// <returns>Which it was.</returns>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<EventStoreDbNode> KillLeader()
    {
        var leader = Leader ?? throw new InvalidOperationException("Nobody leads.");
        await Kill(leader);
        return leader;
    }

    public Task Kill(EventStoreDbNode node) => _state.Kill(node);

    /// <summary>
    /// The leader hangs: it keeps its connections and answers nobody, and the others go on naming it until another leads.
    /// </summary>
    /// <returns>Which it was; it stays so.</returns>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<EventStoreDbNode> FreezeLeader()
    {
        var leader = Leader ?? throw new InvalidOperationException("Nobody leads.");
        await Freeze(leader);
        return leader;
    }

    /// <summary>Any node hangs.</summary>
    public async Task Freeze(EventStoreDbNode node)
    {
        node.Faults.IsFrozen = true;
        await _state.Freeze(node);
    }

    /// <summary>Brings a dead node back: it takes over what it missed and follows.</summary>
    public async Task Restart(EventStoreDbNode node)
    {
        await _state.Join(node);
        _state.ElectSoon();
    }

    /// <exception cref="TimeoutException">Nobody leads after 30 seconds.</exception>
    public async Task<EventStoreDbNode> WaitForLeader()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!patience.IsCancellationRequested)
        {
            if (Leader is { } leader) return leader;
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        }

        throw new TimeoutException("The cluster has no leader.");
    }

    public async ValueTask DisposeAsync()
    {
        await _state.DisposeAsync();
        _folder.Dispose();
    }
}
