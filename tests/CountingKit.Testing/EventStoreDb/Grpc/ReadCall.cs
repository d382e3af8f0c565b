using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Grpc.Core;
using Options = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>Finds which kind of read a request is, or refuses it as the server does.</summary>
internal static class ReadCall
{
    public static async Task Of(
        ReadReq request, Node node, IServerStreamWriter<ReadResp> responses, CancellationToken ct)
    {
        var options = request.Options ?? throw Refusals.Unforeseen();
        var forwards = options.ReadDirection == Options.Types.ReadDirection.Forwards;
        var (stream, count, filter) = (options.StreamOptionCase, options.CountOptionCase, options.FilterOptionCase);
        if (!IsValid(options)) throw Refusals.Invalid(stream, count, options.ReadDirection, filter);
        if ((options.UuidOption?.ContentCase ?? 0) == 0)
        {
            // The server answers nothing at all.
            await Task.Delay(Timeout.Infinite, ct);
        }

        var structured = options.UuidOption!.ContentCase == Options.Types.UUIDOption.ContentOneofCase.Structured;
        var output = new ReadOutput(responses, structured, ct);
        await ((stream, count, forwards) switch
        {
            (Options.StreamOptionOneofCase.Stream, Options.CountOptionOneofCase.Count, _) =>
                new StreamRead(node.Log, options, output).Run(forwards),
            (Options.StreamOptionOneofCase.Stream, _, _) => new StreamSubscription(node.Log, options, output).Run(ct),
            (_, Options.CountOptionOneofCase.Count, _) => new AllRead(node.Log, options, output).Run(forwards),
            _ => new AllSubscription(node.Log, options, output).Run(ct),
        });
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
