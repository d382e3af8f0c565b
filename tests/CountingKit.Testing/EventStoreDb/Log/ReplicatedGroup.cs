namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>What a log wrote in one go.</summary>
/// <param name="At">Byte offset of the first record.</param>
internal sealed record ReplicatedGroup(long At, ReadOnlyMemory<byte> Bytes, IReadOnlyList<LogRecord> Records);
