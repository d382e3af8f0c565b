using CountingKit.EventSourcing;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>A call that did not end well.</summary>
/// <param name="message">For the health page and the log: names no host, no user and no content.</param>
internal abstract class EventStoreClientException(string message, Exception? inner) : Exception(message, inner)
{
    /// <summary>Another try, perhaps of another node, may do better.</summary>
    public abstract bool IsTransient { get; }

    /// <summary>The server acted on nothing of the call, for sure.</summary>
    public virtual bool IsUnprocessed => true;

    /// <summary>What pages say of it.</summary>
    public virtual ErrorCode Code => StorageCodes.EventStoreAway;
}

/// <summary>No usable node was found in as many attempts as the settings allow.</summary>
internal sealed class DiscoveryException(Exception? inner) : EventStoreClientException(
    inner is EventStoreClientException last
        ? $"No node of the event store can be used: {last.Message}"
        : "No node of the event store can be used.", inner)
{
    public override bool IsTransient => InnerException is not EventStoreClientException { IsTransient: false };

    public override ErrorCode Code => InnerException is EventStoreClientException last ? last.Code : base.Code;
}

/// <summary>The node that was asked is not the leader; it may know who is.</summary>
internal sealed class NotLeaderException(NodeEndPoint? leader, Exception inner)
    : EventStoreClientException("The event store's node is not its cluster's leader.", inner)
{
    public NodeEndPoint? Leader { get; } = leader;

    public override bool IsTransient => true;
}

/// <summary>The server starts, elects a leader, has no quorum, or has too much to do.</summary>
internal sealed class NotReadyException(Exception? inner, bool lacksQuorum = false) : EventStoreClientException(
    lacksQuorum
        ? "The event store cannot go on: at least half of its nodes are away. It goes on by itself when they are back."
        : "The event store is not ready: it starts, chooses a leader, or has too much to do.", inner)
{
    public override bool IsTransient => true;

    public override ErrorCode Code { get; } = lacksQuorum ? StorageCodes.QuorumLost : StorageCodes.EventStoreAway;
}

/// <summary>
/// The server answered that it gave up on the call: a write was not replicated in time, or a reader was too slow. The node
/// lives, and an append may be written nevertheless.
/// </summary>
internal sealed class GaveUpException(Exception inner)
    : EventStoreClientException("The event store gave up on a call.", inner)
{
    public override bool IsTransient => true;

    public override bool IsUnprocessed => false;
}

/// <summary>The connection could not be made or broke, or the time was up: the node may be lost.</summary>
internal sealed class CallLostException(string message, Exception? inner = null) : EventStoreClientException(message, inner)
{
    public override bool IsTransient => true;

    public override bool IsUnprocessed => false;
}

/// <summary>An answer that says nothing of why. Seldom better at the next try.</summary>
internal sealed class UnknownFailureException(Exception inner)
    : EventStoreClientException("The event store could not carry out a call.", inner)
{
    public override bool IsTransient => false;

    public override bool IsUnprocessed => false;
}

/// <summary>The two ends do not agree on TLS or on whom to trust: the settings must change.</summary>
internal sealed class ConnectionSettingsException(string message, Exception inner, ErrorCode code)
    : EventStoreClientException(message, inner)
{
    public override bool IsTransient => false;

    public override ErrorCode Code { get; } = code;
}

internal sealed class NotAuthenticatedException(Exception inner) : EventStoreClientException(
    "The event store does not know the user, or the password is wrong. Check user:password@ in the connection string.", inner)
{
    public override bool IsTransient => false;

    public override ErrorCode Code => StorageCodes.WrongPassword;
}

/// <param name="isAnonymous">The connection string names no user.</param>
internal sealed class AccessDeniedException(Exception inner, bool isAnonymous = false) : EventStoreClientException(
    isAnonymous
        ? "The event store wants a user, and the connection string names none. Add user:password@ before its host."
        : "The event store refuses its user the right to this. Reading the whole log takes a user of $admins.", inner)
{
    public override bool IsTransient => false;

    public override ErrorCode Code { get; } = isAnonymous ? StorageCodes.UserMissing : StorageCodes.RightMissing;
}

internal sealed class StreamDeletedException(string stream, Exception inner)
    : EventStoreClientException("The stream was deleted for ever.", inner)
{
    public string Stream { get; } = stream;

    public override bool IsTransient => false;
}

/// <summary>The server's own limit is lower than ours.</summary>
internal sealed class MaximumAppendSizeExceededException(string? limit, Exception inner) : EventStoreClientException(
    $"The event store takes at most {limit ?? "fewer"} bytes in one append.", inner)
{
    public override bool IsTransient => false;
}

internal sealed class InvalidRequestException(Exception inner)
    : EventStoreClientException("The event store does not accept the request.", inner)
{
    public override bool IsTransient => false;
}

/// <summary>The stream is not where the caller expected it. Nothing was written.</summary>
internal sealed class WrongExpectedVersionException(string stream, ulong? actual)
    : Exception("The stream is not where the caller expected it.")
{
    public string Stream { get; } = stream;

    /// <summary>Null = no such stream.</summary>
    public ulong? ActualRevision { get; } = actual;
}
