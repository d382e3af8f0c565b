namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>What decisions on writes look at; the writer's alone.</summary>
internal sealed class WriterState(LogIndex index, LogFile file)
{
    private readonly LogReader _reader = file.Reader();

    public RecentIds Recent { get; } = new();

    public StreamView View(string stream) => index.View(stream);

    /// <summary>An event for the stream's metadata that hides what is before a revision and keeps the rest.</summary>
    public NewRecord Truncation(string stream, StreamView view, long before)
    {
        var metadata = StreamMetadata.StreamOf(stream);
        return new(metadata, index.View(metadata).Last + 1, new(
            Guid.CreateVersion7(), StreamMetadata.EventType, true, view.Metadata.With(before), default));
    }

    /// <returns>The event at a revision, hidden or not; null beyond the end.</returns>
    public LogRecord? At(string stream, long revision) => index.View(stream) switch
    {
        { Status: StreamStatus.Missing } => null,
        _ when index.Positions(stream, revision, 1) is [var position] => _reader.Read(position, file.End, out _),
        _ => null,
    };
}
