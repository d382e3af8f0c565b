using CountingKit.Testing.EventStoreDb.Log;
using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Grpc.Core;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>Streams of a node: appends, reads, subscriptions, deletions.</summary>
internal sealed class StreamsService(Node node) : Streams.StreamsBase
{
    public override async Task<AppendResp> Append(IAsyncStreamReader<AppendReq> requests, ServerCallContext context)
    {
        await node.Admit(context);
        var append = await AppendRequest.Read(
            requests, stream => node.Access.Check(context, stream, Access.Write), context.CancellationToken);
        return AppendAnswer.Of(append, await node.Write(append, context));
    }

    public override async Task Read(
        ReadReq request, IServerStreamWriter<ReadResp> responses, ServerCallContext context)
    {
        await node.Admit(context);
        await ReadCall.Of(request, node, responses, context);
    }

    public override async Task<DeleteResp> Delete(DeleteReq request, ServerCallContext context)
    {
        var options = request.Options ?? throw Refusals.Unforeseen();
        var expected = ExpectedRevisions.Of((int)options.ExpectedStreamRevisionCase, options.Revision);
        var position = await Delete(new SoftDelete(Wire.Name(options.StreamIdentifier), expected), expected, context);
        return new() { Position = Wire.Position(position) };
    }

    public override async Task<TombstoneResp> Tombstone(TombstoneReq request, ServerCallContext context)
    {
        var options = request.Options ?? throw Refusals.Unforeseen();
        var expected = ExpectedRevisions.Of((int)options.ExpectedStreamRevisionCase, options.Revision);
        var position = await Delete(new Tombstone(Wire.Name(options.StreamIdentifier), expected), expected, context);
        return new() { Position = Wire.Position(position) };
    }

    private async Task<long> Delete(IWrite deletion, Expected expected, ServerCallContext context)
    {
        await node.Admit(context);
        node.Access.Check(context, deletion.Stream, Access.Delete);
        return await node.Write(deletion, context) switch
        {
            WriteResult.Written { Position: { } position } => position,
            WriteResult.WrongVersion wrong => throw Refusals.WrongVersion(deletion.Stream, expected, wrong.Current),
            _ => throw Refusals.StreamDeleted(deletion.Stream),
        };
    }
}
