using CountingKit.Testing.EventStoreDb.Log;
using Options = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>
/// Events of the whole log after a position, then those to come; with a filter, checkpoints among them. A checkpoint of
/// the catch-up names the beginning of the page it follows, with prepare 0; a live one the event that was examined last.
/// </summary>
internal sealed class AllSubscription(EventLog log, Options options, LiveOutput output)
{
    private readonly EventReader _reader = log.Reader();
    private readonly EventFilter _filter = EventFilter.Of(options);
    private long _examined;

    public async Task Run(CancellationToken ct)
    {
        var next = AllPosition.After(log, options.All);
        await output.Confirm();
        if (_filter.SeesNothing) await Task.Delay(Timeout.Infinite, ct);

        while (true)
        {
            for (var end = log.Index.Count; next < end; end = log.Index.Count)
                next += await CatchUp(next, Math.Min(_filter.Window, end - next));
            await output.CaughtUp(() => log.Index.Count - next);
            await output.Flush();
            while (!await output.FellBehind())
            {
                await log.Grown(next, ct);
                next += await Live(next);
                await output.Flush();
            }
        }
    }

    private async Task<int> CatchUp(int from, int count)
    {
        var begin = -1L;
        foreach (var record in _reader.All(from, count))
        {
            if (begin < 0) begin = record.Position;
            if (_filter.Matches(record)) await output.Event(record);
        }

        if (IsCheckpoint(count)) await output.Write(new() { Checkpoint = new() { CommitPosition = (ulong)begin } });
        return count;
    }

    private async Task<int> Live(int from)
    {
        var count = 0;
        foreach (var record in _reader.All(from, _filter.Window))
        {
            count++;
            if (_filter.Matches(record)) await output.Event(record);
            if (!IsCheckpoint(1)) continue;
            var position = (ulong)record.Position;
            await output.Write(new() { Checkpoint = new() { CommitPosition = position, PreparePosition = position } });
        }

        return count;
    }

    private bool IsCheckpoint(int examined)
    {
        if (_filter.CheckpointEvery == 0) return false;
        _examined += examined;
        if (_examined < _filter.CheckpointEvery) return false;
        _examined %= _filter.CheckpointEvery;
        return true;
    }
}
