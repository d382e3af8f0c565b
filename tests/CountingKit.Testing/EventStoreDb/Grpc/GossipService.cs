using CountingKit.Testing.EventStoreDb.Protocol;
using CountingKit.Testing.EventStoreDb.Protocol.Gossip;
using Grpc.Core;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>Who is who in the cluster, for everybody.</summary>
internal sealed class GossipService(Node node) : Gossip.GossipBase
{
    public override async Task<ClusterInfo> Read(Empty request, ServerCallContext context)
    {
        await node.Thawed(context);
        if (node.Faults.IsGossipSilent) await Task.Delay(Timeout.Infinite, context.CancellationToken);
        return new ClusterInfo { Members = { node.Membership.Gossip() } };
    }
}
