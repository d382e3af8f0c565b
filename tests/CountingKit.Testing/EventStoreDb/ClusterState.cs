using CountingKit.Testing.EventStoreDb.Log;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>Who lives, who leads, and who is said to lead; also brings the leader's writes to the others.</summary>
internal sealed class ClusterState(EventStoreDbOptions options) : IAsyncDisposable
{
    /// <summary>Held while nodes come and go and while a group is on its way.</summary>
    private readonly SemaphoreSlim _change = new(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly HashSet<EventStoreDbNode> _alive = [];
    private volatile Task _election = Task.CompletedTask;
    private volatile EventStoreDbNode? _leader;
    private volatile EventStoreDbNode? _named;

    public List<EventStoreDbNode> Nodes { get; } = [];

    public EventStoreDbNode? Leader => _leader;

    /// <summary>Whom followers name as the leader: for a while a dead one.</summary>
    public EventStoreDbNode? Named => _named;

    private int Quorum => (Nodes.Count / 2) + 1;

    public bool HasQuorum
    {
        get { lock (_alive) return _alive.Count >= Quorum; }
    }

    public bool IsAlive(EventStoreDbNode node)
    {
        lock (_alive) return _alive.Contains(node);
    }

    /// <summary>Starts a node with what the most advanced of the living has.</summary>
    public async Task Join(EventStoreDbNode node)
    {
        await _change.WaitAsync();
        try
        {
            // With a quorum the others know what counts; without, the newcomer may know more than they.
            if (MostAdvanced() is { } source && (HasQuorum || LogCopy.IsBehind(node, source))) LogCopy.Take(source, node);
            await node.Launch();
            lock (_alive) _alive.Add(node);
        }
        finally
        {
            _change.Release();
        }
    }

    public async Task Kill(EventStoreDbNode node)
    {
        var led = await Leave(node);
        await node.Stop();
        if (led) _election = ElectAfter(_election);
    }

    public async Task Freeze(EventStoreDbNode node)
    {
        if (await Leave(node)) _election = ElectAfter(_election);
    }

    /// <returns>Whether it led.</returns>
    private async Task<bool> Leave(EventStoreDbNode node)
    {
        await _change.WaitAsync();
        try
        {
            lock (_alive) _alive.Remove(node);
            if (_leader != node) return false;
            _leader = null;
            return true;
        }
        finally
        {
            _change.Release();
        }
    }

    /// <summary>The leader has found that it has no quorum.</summary>
    public void Resign(EventStoreDbNode leader)
    {
        if (_leader != leader || HasQuorum) return;
        (_leader, _named) = (null, null);
    }

    public void ElectSoon()
    {
        if (_leader is null && HasQuorum) _election = ElectAfter(_election);
    }

    public async Task Elect()
    {
        await _change.WaitAsync();
        try
        {
            if (_leader is not null || !HasQuorum) return;
            var leader = MostAdvanced()!;
            foreach (var follower in Nodes.Where(node => node != leader && IsAlive(node)))
            {
                follower.Log!.Replicate = null;
                if (follower.Log.End == leader.Log!.End) continue;
                await follower.Stop();
                LogCopy.Take(leader, follower);
                await follower.Launch();
            }

            leader.Log!.Replicate = group => Replicate(leader, group);
            (_leader, _named) = (leader, leader);
        }
        finally
        {
            _change.Release();
        }

        if (_leader?.Log is { } log) await SystemEvents.Write(log, log.Index.Count == 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _election;
        foreach (var node in Nodes) await node.DisposeAsync();
        _ended.Dispose();
        _change.Dispose();
    }

    private async Task ElectAfter(Task earlier)
    {
        try
        {
            await earlier;
            await Task.Delay(options.StaleLeader, _ended.Token);
            if (_leader is null) _named = null;
            await Task.Delay(options.Election - options.StaleLeader, _ended.Token);
            await Elect();
        }
        catch (OperationCanceledException)
        {
            // The cluster goes.
        }
    }

    /// <returns>Whether a quorum has it; null = the node was deposed before.</returns>
    private async Task<bool?> Replicate(EventStoreDbNode leader, ReplicatedGroup group)
    {
        await _change.WaitAsync();
        try
        {
            if (_leader != leader) return null;
            var followers = Nodes.Where(node => node != leader && IsAlive(node)).ToList();
            await Task.WhenAll(followers.Select(follower => Task.Run(() => follower.Log!.Receive(group))));
            return followers.Count + 1 >= Quorum;
        }
        finally
        {
            _change.Release();
        }
    }

    private EventStoreDbNode? MostAdvanced() => Nodes.Where(IsAlive).MaxBy(node => node.Log!.End);
}
