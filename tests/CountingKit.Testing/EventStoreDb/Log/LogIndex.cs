using System.Runtime.InteropServices;

namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>Where the events of the log stand, in order and by stream, and what holds for each stream. In memory.</summary>
internal sealed class LogIndex
{
    private readonly Lock _gate = new();
    private readonly List<long> _all = [];
    private readonly Dictionary<string, Entry> _streams = new(StringComparer.Ordinal);

    /// <summary>How many events there are: the ordinal of the next.</summary>
    public int Count
    {
        get { lock (_gate) return _all.Count; }
    }

    public void Add(LogRecord record)
    {
        lock (_gate)
        {
            _all.Add(record.Position);
            var entry = EntryOf(record.Stream);
            if (record.Revision == StreamView.TombstoneRevision) entry.Tombstone = record.Position;
            else entry.Positions.Add(record.Position);
            if (StreamMetadata.IsMetadataStream(record.Stream) && record.Event.Type == StreamMetadata.EventType)
                EntryOf(record.Stream[2..]).Metadata = StreamMetadata.Parse(record.Event.Data);
        }
    }

    public StreamView View(string stream)
    {
        lock (_gate)
        {
            if (!_streams.TryGetValue(stream, out var entry)) return new(StreamStatus.Missing, 0, -1, StreamMetadata.None);
            var (last, metadata) = ((long)entry.Positions.Count - 1, entry.Metadata);
            if (entry.Tombstone is not null) return new(StreamStatus.Tombstoned, 0, StreamView.TombstoneRevision, metadata);
            if (last < 0) return new(StreamStatus.Missing, 0, -1, metadata);
            if (metadata.IsSoftDeleted) return new(StreamStatus.SoftDeleted, last + 1, last, metadata);
            var maxCount = StreamMetadata.IsMetadataStream(stream) ? 1 : metadata.MaxCount;
            var first = Math.Max(metadata.TruncateBefore, maxCount is { } count ? last + 1 - count : 0);
            return new(StreamStatus.Present, Math.Min(Math.Max(first, 0), last + 1), last, metadata);
        }
    }

    /// <summary>Positions of a stream's events from a revision on, fewer where it ends.</summary>
    public long[] Positions(string stream, long from, int count)
    {
        lock (_gate)
        {
            var positions = CollectionsMarshal.AsSpan(_streams[stream].Positions);
            if (from >= positions.Length) return [];
            return positions.Slice((int)from, (int)Math.Min(count, positions.Length - from)).ToArray();
        }
    }

    public long PositionOfTombstone(string stream)
    {
        lock (_gate) return _streams[stream].Tombstone!.Value;
    }

    /// <summary>Positions in the whole log from an ordinal on, fewer where it ends.</summary>
    public long[] Positions(int ordinal, int count)
    {
        lock (_gate)
        {
            var all = CollectionsMarshal.AsSpan(_all);
            return ordinal >= all.Length ? [] : all.Slice(ordinal, Math.Min(count, all.Length - ordinal)).ToArray();
        }
    }

    /// <summary>The ordinal of the event at a position; where there is none, the complement of the next one's.</summary>
    public int Find(long position)
    {
        lock (_gate) return _all.BinarySearch(position);
    }

    private Entry EntryOf(string stream)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_streams, stream, out _);
        return entry ??= new();
    }

    private sealed class Entry
    {
        public List<long> Positions { get; } = [];
        public long? Tombstone { get; set; }
        public StreamMetadata Metadata { get; set; } = StreamMetadata.None;
    }
}
