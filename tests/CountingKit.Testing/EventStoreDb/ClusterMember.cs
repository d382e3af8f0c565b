using CountingKit.Testing.EventStoreDb.Grpc;
using CountingKit.Testing.EventStoreDb.Log;
using CountingKit.Testing.EventStoreDb.Protocol.Gossip;
using State = CountingKit.Testing.EventStoreDb.Protocol.Gossip.MemberInfo.Types.VNodeState;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>One of a cluster's nodes: leads, follows, or waits for somebody to lead.</summary>
internal sealed class ClusterMember(ClusterState cluster, EventStoreDbNode node, EventStoreDbOptions options) : IMembership
{
    public void RequireLeader()
    {
        if (cluster.Leader == node) return;
        throw cluster.Named is { } named ? Refusals.NotLeader(EventStoreDbNode.Host, named.Port) : Refusals.NotReady();
    }

    public async Task<WriteResult> Write(IWrite write)
    {
        var leader = cluster.Leader ?? throw Refusals.NotReady();
        if (!cluster.HasQuorum)
        {
            await Task.Delay(options.CommitTimeout);
            cluster.Resign(leader);
            throw Refusals.CommitTimeout();
        }

        try
        {
            return leader.Log is { } log ? await log.Write(write) : throw Refusals.NotReady();
        }
        catch (ObjectDisposedException)
        {
            throw Refusals.NotReady();
        }
    }

    public IReadOnlyList<MemberInfo> Gossip() => [.. cluster.Nodes.Select(member =>
    {
        var alive = cluster.IsAlive(member);
        if (member == cluster.Named) return member.Member(State.Leader, isAlive: true);
        return member.Member(alive && cluster.Named is not null ? State.Follower : State.Unknown, alive);
    })];
}
