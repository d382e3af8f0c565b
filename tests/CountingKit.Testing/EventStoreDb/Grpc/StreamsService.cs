using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Grpc.Core;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>Streams of a node: appends, reads, subscriptions, deletions.</summary>
internal sealed class StreamsService(Node node) : Streams.StreamsBase
{
    public override async Task<AppendResp> Append(IAsyncStreamReader<AppendReq> requests, ServerCallContext context)
    {
        var (append, options) = await AppendRequest.Read(requests, context.CancellationToken);
        return AppendAnswer.Of(append, options, await node.Write(append, context));
    }

    public override Task Read(ReadReq request, IServerStreamWriter<ReadResp> responses, ServerCallContext context) =>
        ReadCall.Of(request, node, responses, context.CancellationToken);
}
