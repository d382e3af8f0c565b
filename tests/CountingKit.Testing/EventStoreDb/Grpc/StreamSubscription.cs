using CountingKit.Testing.EventStoreDb.Log;
using Options = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options;
using Start = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options.Types.StreamOptions.RevisionOptionOneofCase;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>Events of a stream after a revision, then those to come. Silent while there is no stream.</summary>
internal sealed class StreamSubscription(EventLog log, Options options, LiveOutput output)
{
    private const int Page = 256;
    private readonly string _stream = Wire.Name(options.Stream.StreamIdentifier);
    private readonly EventReader _reader = log.Reader();

    public async Task Run(CancellationToken ct)
    {
        var view = log.Index.View(_stream);
        if (view.Status == StreamStatus.Tombstoned) throw Refusals.StreamDeleted(_stream);
        var next = options.Stream.RevisionOptionCase switch
        {
            Start.Revision when options.Stream.Revision < long.MaxValue => (long)options.Stream.Revision + 1,
            Start.Revision or Start.End => view.Last + 1,
            _ => 0,
        };
        await output.Confirm();

        while (true)
        {
            var seen = log.Index.Count;
            view = log.Index.View(_stream);
            if (view.Status == StreamStatus.Tombstoned) await End(next);
            if (view.Status == StreamStatus.Present)
            {
                next = await Send(view, next);
                await output.CaughtUp(() => log.Index.View(_stream).Last + 1 - next);
            }

            await output.Flush();
            if (await output.FellBehind()) continue;
            await log.Grown(seen, ct);
        }
    }

    private async Task<long> Send(StreamView view, long next)
    {
        for (var from = Math.Max(next, view.First); from <= view.Last; from += Page)
        {
            foreach (var record in _reader.Stream(_stream, from, (int)Math.Min(Page, view.Last + 1 - from)))
                if (log.IsVisible(record, view)) await output.Event(record);
        }

        return Math.Max(next, view.Last + 1);
    }

    private async Task End(long next)
    {
        foreach (var record in _reader.Stream(_stream, next, int.MaxValue)) await output.Event(record);
        await output.Event(_reader.Tombstone(_stream));
        await output.Flush();
        throw Refusals.StreamDeleted(_stream);
    }
}
