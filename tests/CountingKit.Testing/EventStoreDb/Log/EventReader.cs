namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>Reads pages of events. One reader, one user.</summary>
internal sealed class EventReader(LogIndex index, LogFile file)
{
    private readonly LogReader _reader = file.Reader();

    /// <summary>Events of the whole log from an ordinal on, fewer where it ends.</summary>
    public IEnumerable<LogRecord> All(int ordinal, int count) => index.Positions(ordinal, count).Select(Read);

    /// <summary>A stream's events from a revision on, hidden or not, fewer where it ends.</summary>
    public IEnumerable<LogRecord> Stream(string stream, long from, int count) =>
        index.Positions(stream, from, count).Select(Read);

    public LogRecord Tombstone(string stream) => Read(index.PositionOfTombstone(stream));

    private LogRecord Read(long position) => _reader.Read(position, file.End, out _)
        ?? throw new InvalidDataException($"The log has no sound event at {position}, though one was written there.");
}
