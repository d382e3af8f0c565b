namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>
/// The ids of the latest events, about 8 MiB of them: all that tells a repeat of an append without an exact revision.
/// A restart forgets them.
/// </summary>
internal sealed class RecentIds
{
    private const long Limit = 8 * 1024 * 1024;
    private readonly Dictionary<Guid, LogRecord> _records = [];
    private readonly Queue<(Guid Id, int Size)> _oldest = new();
    private long _size;

    public void Add(LogRecord record)
    {
        var (id, size) = (record.Event.Id, 16 + 4 + 8 + (2 * record.Stream.Length));
        var known = record with { Event = record.Event with { Data = default, Metadata = default } };
        _records[id] = known;
        _oldest.Enqueue((id, size));
        for (_size += size; _size > Limit; _size -= size)
        {
            (id, size) = _oldest.Dequeue();
            _records.Remove(id);
        }
    }

    /// <returns>The event of this id that the stream got last, or null where nobody remembers.</returns>
    public LogRecord? Find(string stream, Guid id) =>
        _records.TryGetValue(id, out var record) && record.Stream == stream ? record : null;
}
