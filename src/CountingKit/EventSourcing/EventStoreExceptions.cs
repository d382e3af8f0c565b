namespace CountingKit.EventSourcing;

/// <summary>The stream is not where the caller expected it. Nothing was written.</summary>
public sealed class WrongExpectedRevisionException(string stream, ExpectedRevision expected, ulong? actual)
    : Exception($"Stream {stream}: expected {expected}, found {(actual is { } revision ? revision : "no stream")}.")
{
    public string Stream { get; } = stream;

    public ExpectedRevision Expected { get; } = expected;

    /// <summary>The stream's last revision; null = no such stream.</summary>
    public ulong? Actual { get; } = actual;
}

/// <summary>The append may or may not have been written. The identical append, repeated, tells and does no harm.</summary>
public sealed class OutcomeUnknownException(string stream, Exception? inner = null)
    : Exception($"Stream {stream}: the answer to an append was lost.", inner);

/// <summary>The store could not be reached, or refused the call; nothing was written.</summary>
/// <param name="code">What pages say of it, one of <see cref="StorageCodes"/>; null = that it cannot be reached.</param>
public sealed class EventStoreUnavailableException(string message, Exception? inner = null, ErrorCode? code = null)
    : Exception(message, inner)
{
    public ErrorCode Code { get; } = code ?? StorageCodes.EventStoreAway;
}
