using System.Buffers;
using System.Threading.Channels;
using CountingKit.Testing.EventStoreDb.Grpc;

namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>
/// The log of a node, in <c>events.log</c> of its folder. One writer decides in order of arrival and flushes what came
/// meanwhile in one go; nobody sees an event before it is on the disk.
/// </summary>
internal sealed class EventLog : IAsyncDisposable
{
    private const int GroupSize = 4 * 1024 * 1024;
    private readonly Channel<Waiting> _waiting =
        Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly LogIndex _index = new();
    private readonly LogFile _file;
    private readonly WriterState _state;
    private readonly TimeProvider _time;
    private readonly Task _writer;
    private volatile TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EventLog(string folder, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        _file = LogFile.Open(FileIn(folder), _index.Add);
        _state = new(_index, _file);
        _time = time;
        _writer = Task.Run(Write);
    }

    public LogIndex Index => _index;

    /// <summary>
    /// Brings what was written here to the other nodes and says whether enough have it; null = this node leads no longer,
    /// and nobody may see what the others will never have. No delegate where there are no others.
    /// </summary>
    public Func<ReplicatedGroup, Task<bool?>>? Replicate { get; set; }

    /// <summary>Byte offset at which the log ends.</summary>
    public long End => _file.End;

    public static string FileIn(string folder) => Path.Combine(folder, "events.log");

    public EventReader Reader() => new(_index, _file);

    /// <summary>Whether a stream's event is young enough, where its metadata sets an age.</summary>
    public bool IsVisible(LogRecord record, StreamView view) => view.Metadata.MaxAge is not { } age
        || DateTimeOffset.UnixEpoch.AddTicks(record.Created) > _time.GetUtcNow() - age;

    /// <exception cref="ObjectDisposedException">The log is closed.</exception>
    public async Task<WriteResult> Write(IWrite write)
    {
        var waiting = new Waiting(write);
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(waiting), this);
        if (await Task.WhenAny(waiting.Result.Task, _writer) == _writer) await _writer;
        return await waiting.Result.Task;
    }

    /// <summary>Takes what another node's log wrote at the end of this one, which nobody writes to otherwise.</summary>
    /// <exception cref="InvalidOperationException">This log ends elsewhere.</exception>
    public void Receive(ReplicatedGroup group)
    {
        if (group.At + group.Bytes.Length <= _file.End) return;
        if (group.At != _file.End) throw new InvalidOperationException($"The log ends at {_file.End}, not at {group.At}.");
        _file.Append(group.Bytes.Span);
        Publish(group.Records);
    }

    /// <summary>Ends when there are more events than somebody has seen.</summary>
    public async Task Grown(int seen, CancellationToken ct)
    {
        while (true)
        {
            var grown = _grown;
            if (_index.Count > seen) return;
            await grown.Task.WaitAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writer;
        _file.Dispose();
    }

    private async Task Write()
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var group = new Group(_file.End, _state, _time, buffer);
            while (buffer.WrittenCount < GroupSize && _waiting.Reader.TryPeek(out var next) && group.Take(next))
                _waiting.Reader.TryRead(out _);
            await Commit(group, buffer);
            buffer.ResetWrittenCount();
        }
    }

    private async Task Commit(Group group, ArrayBufferWriter<byte> buffer)
    {
        bool? isReplicated = true;
        try
        {
            if (buffer.WrittenCount > 0)
            {
                var at = _file.End;
                _file.Append(buffer.WrittenSpan);
                if (Replicate is { } replicate)
                    isReplicated = await replicate(new(at, buffer.WrittenMemory, group.Records));
            }
        }
        catch (IOException e)
        {
            group.Fail(e);
            return;
        }

        if (isReplicated is not null)
        {
            foreach (var record in group.Records) _state.Recent.Add(record);
            Publish(group.Records);
        }

        if (isReplicated is true) group.Tell();
        else group.Fail(Refusals.CommitTimeout());
    }

    private void Publish(IReadOnlyList<LogRecord> records)
    {
        if (records.Count == 0) return;
        foreach (var record in records) _index.Add(record);
        var grown = _grown;
        _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        grown.SetResult();
    }

    internal sealed record Waiting(IWrite Wish)
    {
        public TaskCompletionSource<WriteResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
