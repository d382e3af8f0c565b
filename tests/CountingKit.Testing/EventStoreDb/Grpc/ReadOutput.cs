using CountingKit.Testing.EventStoreDb.Log;
using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Grpc.Core;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>
/// The answers of a read. Messages gather until there are enough of them or <see cref="Flush"/> is called.
/// </summary>
/// <param name="structured">How ids are written.</param>
internal sealed class ReadOutput(IServerStreamWriter<ReadResp> responses, bool structured, CancellationToken ct)
{
    private const int FlushEvery = 64;
    private static readonly WriteOptions Gather = new(WriteFlags.BufferHint);
    private ReadResp? _held;
    private int _gathered;

    /// <summary>How many events it has given.</summary>
    public long Events { get; private set; }

    /// <summary>Waited behind each message, which then leaves by itself.</summary>
    public TimeSpan Pause { get; set; }

    public Task Event(LogRecord record)
    {
        Events++;
        return Write(new()
        {
            Event = new() { Event = Wire.Event(record, structured), CommitPosition = (ulong)record.Position },
        });
    }

    public async Task Write(ReadResp message)
    {
        if (_held is { } held)
        {
            var flush = ++_gathered >= FlushEvery || Pause > TimeSpan.Zero;
            if (flush) _gathered = 0;
            responses.WriteOptions = flush ? null : Gather;
            await responses.WriteAsync(held, ct);
            if (Pause > TimeSpan.Zero) await Task.Delay(Pause, ct);
        }

        _held = message;
    }

    public async Task Flush()
    {
        if (_held is not { } held) return;
        (_held, _gathered) = (null, 0);
        responses.WriteOptions = null;
        await responses.WriteAsync(held, ct);
    }
}
