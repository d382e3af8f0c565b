using CountingKit.Testing.EventStoreDb.Log;
using CountingKit.Testing.EventStoreDb.Protocol.Gossip;
using Grpc.Core;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>A node's place among others.</summary>
internal interface IMembership
{
    /// <exception cref="RpcException">The node is no leader, or nobody is.</exception>
    void RequireLeader();

    /// <summary>Writes here or on the leader, and returns when a quorum has it.</summary>
    /// <exception cref="RpcException">Nobody leads, or there is no quorum.</exception>
    Task<WriteResult> Write(IWrite write);

    IReadOnlyList<MemberInfo> Gossip();
}

/// <summary>A node that is all there is.</summary>
internal sealed class Alone(EventLog log, EventStoreDbNode node) : IMembership
{
    public void RequireLeader()
    {
        // It leads itself.
    }

    public Task<WriteResult> Write(IWrite write) => log.Write(write);

    public IReadOnlyList<MemberInfo> Gossip() => [node.Member(MemberInfo.Types.VNodeState.Leader, isAlive: true)];
}
