using System.Data.Common;

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

    public static readonly ErrorCode Overtaken = new(
        "CK-STORE-04", "Others changed the same thing in that moment",
        "Nothing of yours was changed. Send the form again.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } = [EventStoreAway, OutcomeUnknown, DatabaseAway, Overtaken];

    /// <summary>The event store or a database server cannot be reached just now, or rivals were faster every time.</summary>
    public static bool IsAway(Exception failure) => failure switch
    {
        EventStoreUnavailableException or OutcomeUnknownException or WrongExpectedRevisionException => true,
        DbException database => database.IsTransient,
        { InnerException: { } inner } => IsAway(inner),
        _ => false,
    };
}
