using CountingKit.Testing.EventStoreDb.Log;
using Options = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options;
using Start = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options.Types.StreamOptions.RevisionOptionOneofCase;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>A bounded read of a stream, from a revision on and with it.</summary>
internal sealed class StreamRead(EventLog log, Options options, ReadOutput output)
{
    private const int Page = 256;
    private readonly string _stream = Wire.Name(options.Stream.StreamIdentifier);
    private readonly EventReader _reader = log.Reader();

    /// <summary>Whether the caller understands the stream's first and last position.</summary>
    private bool TellsEnds => options.ControlOption?.Compatibility >= 1;

    public async Task Run(bool forwards)
    {
        var view = log.Index.View(_stream);
        var isEnd = options.Stream.RevisionOptionCase == Start.End || options.Stream.Revision > long.MaxValue;
        if (options.Count == 0 || (forwards && isEnd)) throw Refusals.Unexpected("ReadStreamResult");
        if (view.Status == StreamStatus.Tombstoned) throw Refusals.StreamDeleted(_stream);
        if (view.Status != StreamStatus.Present)
        {
            await output.Write(new() { StreamNotFound = new() { StreamIdentifier = Wire.Name(_stream) } });
        }
        else
        {
            var from = isEnd ? view.Last : (long)options.Stream.Revision;
            var left = (long)Math.Min(options.Count, long.MaxValue);
            await (forwards ? Forwards(view, from, left) : Backwards(view, Math.Min(from, view.Last), left));
        }

        await output.Flush();
    }

    private async Task Forwards(StreamView view, long from, long left)
    {
        var (next, any) = (Math.Max(from, view.First), false);
        for (; left > 0 && next <= view.Last; next += Page)
        {
            foreach (var record in _reader.Stream(_stream, next, (int)Math.Min(Page, view.Last + 1 - next)))
            {
                if (!log.IsVisible(record, view)) continue;
                if (left == 0) return;
                if (!any && record.Revision > from) await TellFirst(record.Revision);
                any = true;
                left--;
                await output.Event(record);
            }
        }

        if (next <= view.Last) return;
        if (!any) await TellFirst(view.Last + 1);
        if (!any && view.First > view.Last) await TellFirst(view.Last + 1);
        if (TellsEnds) await output.Write(new() { LastStreamPosition = (ulong)view.Last });
    }

    private async Task Backwards(StreamView view, long from, long left)
    {
        for (var end = from; left > 0 && end >= view.First; end -= Page)
        {
            var begin = Math.Max(view.First, end - Page + 1);
            foreach (var record in _reader.Stream(_stream, begin, (int)(end - begin + 1)).Reverse())
            {
                if (!log.IsVisible(record, view)) continue;
                await output.Event(record);
                if (--left == 0) return;
            }
        }
    }

    private Task TellFirst(long revision) =>
        TellsEnds ? output.Write(new() { FirstStreamPosition = (ulong)revision }) : Task.CompletedTask;
}
