using System.Collections.Concurrent;
using CountingKit.Adapters.EventStoreDb.Protos;
using Grpc.Core;
using State = CountingKit.Adapters.EventStoreDb.Protos.MemberInfo.Types.VNodeState;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>Finds a cluster's nodes by asking those known for gossip.</summary>
internal sealed class Cluster(EventStoreClientSettings settings, NodeChannels channels, TimeProvider time)
{
    /// <summary>So long others may still name a node that is dead.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<NodeEndPoint, long> lost = new();
    private volatile IReadOnlyList<NodeEndPoint> known = settings.Nodes;

    /// <summary>A call to it got lost: for a moment any other one is better.</summary>
    public void Lost(NodeEndPoint node) => lost[node] = time.GetTimestamp();

    public bool IsLost(NodeEndPoint node) => lost.TryGetValue(node, out var at) && time.GetElapsedTime(at) < Stale;

    /// <summary>A usable node, the most preferred one by the first usable answer: all that are known are asked at once.</summary>
    /// <exception cref="DiscoveryException">None in <c>maxDiscoverAttempts</c>.</exception>
    public async Task<NodeEndPoint> Discover(NodePreference preference, CancellationToken ct)
    {
        EventStoreClientException? trouble = null;
        for (var attempt = 1; attempt <= settings.MaxDiscoverAttempts; attempt++)
        {
            if (attempt > 1) await Task.Delay(settings.DiscoveryInterval, time, ct);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
            await foreach (var asked in Task.WhenEach(known.Distinct().Select(node => Gossip(node, enough.Token))))
            {
                try
                {
                    if (Choose(await asked, preference) is not { } chosen) continue;
                    await enough.CancelAsync();
                    return chosen;
                }
                catch (EventStoreClientException failure)
                {
                    // What may pass wins over what a single node has against us.
                    if (trouble is not { IsTransient: true } || failure.IsTransient) trouble = failure;
                }
            }

            known = settings.Nodes;
        }

        throw new DiscoveryException(trouble);
    }

    private async Task<IReadOnlyList<MemberInfo>> Gossip(NodeEndPoint node, CancellationToken ct)
    {
        try
        {
            var deadline = time.GetUtcNow().UtcDateTime + settings.GossipTimeout;
            return (await new Gossip.GossipClient(channels.Of(node)).ReadAsync(
                new Empty(), CallHeaders.OfGossip(settings), deadline, ct)).Members;
        }
        catch (RpcException error)
        {
            throw Failures.Read(error, !settings.Tls, stream: null, ct);
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
        Random.Shared.Shuffle(usable);
        return usable.MinBy(member => (IsLost(member.Node), member.Rank)).Node;
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
