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

    public static readonly ErrorCode EventUnknown = new(
        "CK-STORE-05", "The log holds an event of a kind that this version does not know",
        "Nothing was changed, here or in a sheet. The event comes from a newer version of CountingKit, or from another program on the same event store. "
        + "An owner finds it on the page Set aside (menu at the top right): update CountingKit, then choose Try again there.");

    public static readonly ErrorCode EventUnreadable = new(
        "CK-STORE-06", "The log holds an event that this version cannot read",
        "Nothing was changed, here or in a sheet. An owner finds the event on the page Set aside (menu at the top right): update CountingKit, then choose Try again there.");

    public static readonly ErrorCode NotShown = new(
        "CK-STORE-07", "One event could not be taken into what pages show",
        "That event is missing on one page; everything else goes on, and no sheet is touched. "
        + "An owner finds it on the page Set aside (menu at the top right): update CountingKit, then choose Try again there.");

    public static readonly ErrorCode NotFollowedUp = new(
        "CK-STORE-08", "What should follow from one event could not be started",
        "What that event asked for waits, such as one export run; no sheet is touched, and everything else goes on. "
        + "An owner finds it on the page Set aside (menu at the top right): update CountingKit, then choose Try again there.");

    public static readonly ErrorCode Unexpected = new(
        "CK-STORE-09", "Something went wrong that nobody expected",
        "It is tried again by itself. Whoever looks after this installation finds the cause in its log.");

    public static readonly ErrorCode Damaged = new(
        "CK-STORE-10", "The file of what pages show was damaged on the disk",
        "Nothing is lost, and no sheet is touched: the file is put aside, and pages are filled anew from the log. "
        + "Try again in a moment. Whoever looks after this installation should check its disk.");

    public static readonly ErrorCode OlderLog = new(
        "CK-STORE-11", "The log ends before events that were there already",
        "An older backup of the log was restored, or it lost its end. What happened after that is not in it, and what sheets hold may be newer. "
        + "If there is a newer backup, stop the portal and restore that; otherwise look through the audit trail for what is missing.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        EventStoreAway, OutcomeUnknown, DatabaseAway, Overtaken, EventUnknown, EventUnreadable, NotShown, NotFollowedUp,
        Unexpected, Damaged, OlderLog,
    ];
}
