namespace CountingKit.Testing.EventStoreDb.Faults;

/// <summary>What happens to a call. "Before" and "after" speak of its effect.</summary>
public enum CallFault
{
    /// <summary>Unavailable, "Server Is Not Ready". No effect.</summary>
    NotReady,

    /// <summary>NotFound with <c>not-leader</c> trailers. No effect.</summary>
    NotLeader,

    /// <summary>The connection is reset.</summary>
    ResetBefore,
    ResetAfter,

    /// <summary>Aborted, "Commit phase timeout.".</summary>
    CommitTimeoutBefore,

    /// <summary>
    /// Aborted, "Commit phase timeout.", while the write still waits for its quorum; so is whoever repeats it meanwhile.
    /// </summary>
    CommitPending,
    CommitTimeoutAfter,

    /// <summary>No answer until the caller gives up.</summary>
    SilenceBefore,
    SilenceAfter,

    /// <summary>An append is written, and answered without its position.</summary>
    NoPosition,
}

/// <summary>How a subscription ends that was to go on.</summary>
public enum SubscriptionEnd
{
    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>Aborted, "Consumer too slow".</summary>
    TooSlow,

    /// <summary>Unavailable, "Server Is Not Ready".</summary>
    NotReady,

    /// <summary>Status OK, as though there were no more.</summary>
    Normal,

    /// <summary>Unknown, "Exception was thrown by handler.".</summary>
    Unknown,

    /// <summary>It does not end, but nothing comes any more.</summary>
    Silence,
}
