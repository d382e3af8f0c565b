using System.Collections.Concurrent;
using CountingKit.Adapters.EventStoreDb.Protos;
using Grpc.Core;
using State = CountingKit.Adapters.EventStoreDb.Protos.MemberInfo.Types.VNodeState;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>Finds a cluster's nodes by asking those known for gossip.</summary>
internal sealed class Cluster(EventStoreClientSettings settings, NodeChannels channels, TimeProvider time)
{
    /// <summary>Within this whoever lives answers when it is asked whether it does.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<NodeEndPoint, bool> lost = new();
    private volatile IReadOnlyList<NodeEndPoint> known = settings.Nodes;

    /// <summary>
    /// A call to it got lost. Others go on naming a node that is dead or hangs, for 13 seconds and more: it is chosen again
    /// when it has answered itself.
    /// </summary>
    public void Lost(NodeEndPoint node) => lost[node] = true;

    public bool IsLost(NodeEndPoint node) => lost.ContainsKey(node);

    /// <summary>Asks a node that is silent for a sign of life; without one it counts as lost.</summary>
    public async Task<bool> Lives(NodeEndPoint node, CancellationToken ct)
    {
        try
        {
            await Gossip(node, settings.GossipTimeout < SignOfLife ? settings.GossipTimeout : SignOfLife, ct);
            return true;
        }
        catch (EventStoreClientException refusal) when (refusal is not CallLostException)
        {
            return true;
        }
        catch (CallLostException)
        {
            Lost(node);
            return false;
        }
    }

    /// <summary>
    /// A usable node, the most preferred one by the first usable answer: all that are known are asked at once. After an
    /// answer that names none, who gives no sign of life counts as lost, so that hanging nodes do not hide what the others tell.
    /// </summary>
    /// <exception cref="DiscoveryException">None in <c>maxDiscoverAttempts</c>.</exception>
    public async Task<NodeEndPoint> Discover(NodePreference preference, CancellationToken ct)
    {
        EventStoreClientException? trouble = null;
        for (var attempt = 1; attempt <= settings.MaxDiscoverAttempts; attempt++)
        {
            if (attempt > 1) await Task.Delay(settings.DiscoveryInterval, time, ct);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var asked = Ask(enough.Token, ct);
            await foreach (var answer in Task.WhenEach(asked.Keys))
            {
                try
                {
                    var members = await answer;
                    if (Choose(members, preference) is { } chosen)
                    {
                        await enough.CancelAsync();
                        return chosen;
                    }

                    trouble = new NotReadyException(null, members.Count(member => member.IsAlive) * 2 <= members.Count);
                    enough.CancelAfter(SignOfLife);
                }
                catch (OperationCanceledException) when (!ct.IsCancellationRequested)
                {
                    Lost(asked[answer]);
                }
                catch (EventStoreClientException failure)
                {
                    // What a node tells of the cluster wins over what befell another one, and what may pass over what a
                    // single node has against us.
                    if (trouble is NotReadyException) continue;
                    if (trouble is not { IsTransient: true } || failure.IsTransient) trouble = failure;
                }
            }

            known = settings.Nodes;
        }

        throw new DiscoveryException(trouble);
    }

    /// <summary>
    /// All nodes are asked, and waited for are those that are not lost; a lost one's answer, whenever it comes, tells that it
    /// is back.
    /// </summary>
    private Dictionary<Task<IReadOnlyList<MemberInfo>>, NodeEndPoint> Ask(CancellationToken enough, CancellationToken ct)
    {
        var nodes = known.Distinct().ToLookup(IsLost);
        if (!nodes.Contains(false)) return nodes[true].ToDictionary(node => Gossip(node, settings.GossipTimeout, enough));
        foreach (var gone in nodes[true]) _ = Gossip(gone, settings.GossipTimeout, ct);
        return nodes[false].ToDictionary(node => Gossip(node, settings.GossipTimeout, enough));
    }

    private async Task<IReadOnlyList<MemberInfo>> Gossip(NodeEndPoint node, TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var deadline = time.GetUtcNow().UtcDateTime + timeout;
            var answer = await new Gossip.GossipClient(channels.Of(node)).ReadAsync(
                new Empty(), CallHeaders.OfGossip(settings), deadline, ct);
            lost.TryRemove(node, out _);
            return answer.Members;
        }
        catch (RpcException error)
        {
            throw Failures.Read(error, settings, stream: null, ct);
        }
    }

    private NodeEndPoint? Choose(IReadOnlyList<MemberInfo> members, NodePreference preference)
    {
        var usable = members
            .Where(member => member is { IsAlive: true, HttpEndPoint: not null } && Rank(member.State, preference) is not null)
            .Select(member => (Rank: Rank(member.State, preference), Node: EndPointOf(member)))
            .ToArray();
        if (usable.Length == 0) return null;

        known = [.. members.Where(member => member.HttpEndPoint is not null).Select(EndPointOf).Distinct()];
        usable = [.. usable.Where(member => !IsLost(member.Node))];
        Random.Shared.Shuffle(usable);
        return usable.Length == 0 ? null : usable.MinBy(member => member.Rank).Node;
    }

    private static NodeEndPoint EndPointOf(MemberInfo member) =>
        new(member.HttpEndPoint.Address, (int)member.HttpEndPoint.Port);

    /// <summary>Least = most preferred; null = cannot be used.</summary>
    private static int? Rank(State state, NodePreference preference)
    {
        State[] order = preference switch
        {
            NodePreference.Leader => [State.Leader, State.Follower, State.ReadOnlyReplica, State.ReadOnlyLeaderless],
            NodePreference.ReadOnlyReplica =>
                [State.ReadOnlyReplica, State.ReadOnlyLeaderless, State.Leader, State.Follower],
            _ => [State.Follower, State.Leader, State.ReadOnlyReplica, State.ReadOnlyLeaderless],
        };
        var rank = Array.IndexOf(order, state);
        return rank < 0 ? null : preference == NodePreference.Random ? 0 : rank;
    }
}
