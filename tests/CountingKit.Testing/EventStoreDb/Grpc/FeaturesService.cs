using CountingKit.Testing.EventStoreDb.Protocol;
using CountingKit.Testing.EventStoreDb.Protocol.Features;
using Grpc.Core;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>What the server can do and which it is, for everybody.</summary>
internal sealed class FeaturesService(Node node) : ServerFeatures.ServerFeaturesBase
{
    public override Task<SupportedMethods> GetSupportedMethods(Empty request, ServerCallContext context)
    {
        var answer = new SupportedMethods { EventStoreServerVersion = node.Options.ServerVersion.ToString() };
        foreach (var method in (string[])["read", "append", "delete", "tombstone"])
            answer.Methods.Add(new SupportedMethod { MethodName = method, ServiceName = "event_store.client.streams.streams" });
        answer.Methods.Add(new SupportedMethod { MethodName = "read", ServiceName = "event_store.client.gossip.gossip" });
        return Task.FromResult(answer);
    }
}
