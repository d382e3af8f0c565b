using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Grpc.Core;
using Options = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>Finds which kind of read a request is, or refuses it as the server does.</summary>
internal static class ReadCall
{
    public static async Task Of(
        ReadReq request, Node node, IServerStreamWriter<ReadResp> responses, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var options = request.Options ?? throw Refusals.Unforeseen();
        var forwards = options.ReadDirection == Options.Types.ReadDirection.Forwards;
        var (stream, count, filter) = (options.StreamOptionCase, options.CountOptionCase, options.FilterOptionCase);
        if (!IsValid(options)) throw Refusals.Invalid(stream, count, options.ReadDirection, filter);
        if ((options.UuidOption?.ContentCase ?? 0) == 0)
        {
            // The server answers nothing at all.
            await Task.Delay(Timeout.Infinite, ct);
        }

        var isStream = stream == Options.StreamOptionOneofCase.Stream;
        node.Access.Check(context, isStream ? Wire.Name(options.Stream.StreamIdentifier) : "$all", Access.Read);
        await node.BeginRead(context);
        var structured = options.UuidOption!.ContentCase == Options.Types.UUIDOption.ContentOneofCase.Structured;
        var output = new ReadOutput(responses, structured, ct);
        if (count == Options.CountOptionOneofCase.Count)
        {
            output.Pause = node.Faults.ReadPause;
            await (isStream
                ? new StreamRead(node.Log, options, output).Run(forwards)
                : new AllRead(node.Log, options, output).Run(forwards));
            node.HasGiven(output.Events);
            return;
        }

        var live = new LiveOutput(node, output, context);
        try
        {
            await (isStream
                ? new StreamSubscription(node.Log, options, live).Run(ct)
                : new AllSubscription(node.Log, options, live).Run(ct));
        }
        catch (SubscriptionEndedException)
        {
            // A fault: it ends as though there were no more.
        }
    }

    private static bool IsValid(Options options)
    {
        if (options.CountOptionCase == Options.CountOptionOneofCase.Subscription &&
            options.ReadDirection != Options.Types.ReadDirection.Forwards)
        {
            return false;
        }

        var filtered = options.FilterOptionCase == Options.FilterOptionOneofCase.Filter;
        return options.CountOptionCase != Options.CountOptionOneofCase.None
            && options.FilterOptionCase != Options.FilterOptionOneofCase.None
            && options.StreamOptionCase switch
            {
                Options.StreamOptionOneofCase.Stream => !filtered,
                Options.StreamOptionOneofCase.All => !filtered || options.Filter.WindowCase != 0,
                _ => false,
            };
    }
}
