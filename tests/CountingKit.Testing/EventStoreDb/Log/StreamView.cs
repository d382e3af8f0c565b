namespace CountingKit.Testing.EventStoreDb.Log;

internal enum StreamStatus
{
    Missing,
    Present,
    SoftDeleted,
    Tombstoned,
}

/// <summary>A stream at one moment.</summary>
/// <param name="First">The lowest revision that may be seen; above <paramref name="Last"/> when all are hidden.</param>
/// <param name="Last">The last event's revision, −1 without events, long.MaxValue for a tombstone.</param>
internal readonly record struct StreamView(StreamStatus Status, long First, long Last, StreamMetadata Metadata)
{
    public const long TombstoneRevision = long.MaxValue;
}
