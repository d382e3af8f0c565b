using System.Buffers;

namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>Writes that go to the disk together. A second one to the same stream waits for the next group.</summary>
internal sealed class Group(long begin, WriterState state, TimeProvider time, ArrayBufferWriter<byte> buffer)
{
    private readonly HashSet<string> _streams = new(StringComparer.Ordinal);
    private readonly List<(EventLog.Waiting Waiting, WriteResult Result)> _results = [];

    public List<LogRecord> Records { get; } = [];

    /// <returns>False when it must wait.</returns>
    public bool Take(EventLog.Waiting waiting)
    {
        var stream = waiting.Wish.Stream;
        var key = StreamMetadata.IsMetadataStream(stream) ? stream[2..] : stream;
        if (_streams.Contains(key)) return false;

        switch (waiting.Wish.Decide(state))
        {
            case Decision.Answer { Result: var result }:
                _results.Add((waiting, result));
                break;
            case Decision.Write write:
                _streams.Add(key);
                _results.Add((waiting, Stage(write)));
                break;
        }

        return true;
    }

    public void Tell()
    {
        foreach (var (waiting, result) in _results) waiting.Result.TrySetResult(result);
    }

    public void Fail(Exception why)
    {
        foreach (var (waiting, _) in _results) waiting.Result.TrySetException(why);
    }

    private WriteResult.Written Stage(Decision.Write write)
    {
        var created = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        var told = new WriteResult.Written(-1, null);
        for (var i = 0; i < write.Records.Count; i++)
        {
            var (record, position) = (write.Records[i], begin + buffer.WrittenCount);
            var isLast = i == write.Records.Count - 1;
            RecordCodec.Write(buffer, record, created, isLast);
            Records.Add(new(position, record.Stream, record.Revision, record.Event, created, isLast));
            if (i == write.Told) told = new(record.Revision, position);
        }

        return told;
    }
}
