namespace CountingKit.EventSourcing;

/// <summary>What can become of queued work, by stable code.</summary>
public static class WorkCodes
{
    public static readonly ErrorCode KeepsFailing = new(
        "CK-QUEUE-01", "A piece of work keeps failing",
        "It is tried again, after a while every few minutes; everything else goes on. The log of the portal has the details; report it if it keeps happening.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } = [KeepsFailing];
}
