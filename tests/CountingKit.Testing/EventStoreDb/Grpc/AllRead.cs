using CountingKit.Testing.EventStoreDb.Log;
using Options = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>
/// A bounded read of the whole log: forwards from a position on and with it, backwards from before it. System events,
/// hidden and deleted ones are among them.
/// </summary>
internal sealed class AllRead(EventLog log, Options options, ReadOutput output)
{
    private const int Page = 512;
    private readonly EventReader _reader = log.Reader();
    private readonly EventFilter _filter = EventFilter.Of(options);

    public async Task Run(bool forwards)
    {
        if (options.Count == 0) throw Refusals.Unexpected("ReadAllResult");
        var from = AllPosition.AtOrAfter(log, options.All);
        var left = options.Count;
        if (!_filter.SeesNothing) await (forwards ? Forwards(from, left) : Backwards(from, left));
        await output.Flush();
    }

    private async Task Forwards(int from, ulong left)
    {
        for (var end = log.Index.Count; from < end; from += Page)
        {
            foreach (var record in _reader.All(from, Math.Min(Page, end - from)))
            {
                if (!_filter.Matches(record)) continue;
                await output.Event(record);
                if (--left == 0) return;
            }
        }
    }

    private async Task Backwards(int end, ulong left)
    {
        for (; end > 0; end -= Page)
        {
            var begin = Math.Max(0, end - Page);
            foreach (var record in _reader.All(begin, end - begin).Reverse())
            {
                if (!_filter.Matches(record)) continue;
                await output.Event(record);
                if (--left == 0) return;
            }
        }
    }
}
