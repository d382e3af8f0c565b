namespace CountingKit.EventSourcing;

/// <summary>What can be wrong with what the portal itself stands on, by stable code.</summary>
public static class StorageCodes
{
    public static readonly ErrorCode EventStoreAway = new(
        "CK-STORE-01", "The event store cannot be reached",
        "Nothing was changed. Try again in a moment; if it stays so, whoever looks after this installation finds the cause in its log.");

    public static readonly ErrorCode OutcomeUnknown = new(
        "CK-STORE-02", "It is not known whether that was done",
        "The event store did not answer in time. Send the form again: what was done already is not done twice.");

    public static readonly ErrorCode DatabaseAway = new(
        "CK-STORE-03", "The database cannot be reached",
        "Try again in a moment; a form that is sent again is done once. If it stays so, whoever looks after this installation finds the cause in its log.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } = [EventStoreAway, OutcomeUnknown, DatabaseAway];
}
