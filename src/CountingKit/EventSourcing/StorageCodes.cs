namespace CountingKit.EventSourcing;

/// <summary>What can be wrong with what the portal itself stands on, by stable code.</summary>
public static class StorageCodes
{
    public static readonly ErrorCode EventStoreAway = new(
        "CK-STORE-01", "The event store cannot be reached",
        "Nothing was changed. Try again in a moment; if it keeps happening, whoever looks after this installation finds the cause in its log.");

    public static readonly ErrorCode OutcomeUnknown = new(
        "CK-STORE-02", "It is not known whether that was done",
        "The event store did not answer in time. Send the form again: what was already done is not done twice.");

    public static readonly ErrorCode DatabaseAway = new(
        "CK-STORE-03", "The database cannot be reached",
        "Try again in a moment; a form that is sent again is done once. If it keeps happening, whoever looks after this installation finds the cause in its log.");

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
        "Nothing is lost, and no sheet is touched: the file is put aside, and pages are filled again from the log. "
        + "Try again in a moment. Whoever looks after this installation should check its disk.");

    public static readonly ErrorCode OlderLog = new(
        "CK-STORE-11", "The log ends before events that were already there",
        "An older backup of the log was restored, or it lost its end. What happened after that is not in it, and what sheets hold may be newer. "
        + "If there is a newer backup, stop the portal and restore that; otherwise look through the audit trail for what is missing.");

    public static readonly ErrorCode WrongPassword = new(
        "CK-STORE-12", "The event store refuses the portal: its user name or password is wrong",
        "Nothing was changed, and waiting does not help. Whoever looks after this installation: give the setting "
        + "EventStore__ConnectionString the right user:password@, and restart the portal.");

    public static readonly ErrorCode UserMissing = new(
        "CK-STORE-13", "The event store refuses the portal: it requires a user",
        "Nothing was changed, and waiting does not help. Whoever looks after this installation: the setting "
        + "EventStore__ConnectionString names no user. Add user:password@ before its host, and restart the portal.");

    public static readonly ErrorCode RightMissing = new(
        "CK-STORE-14", "The event store refuses the portal: its user does not have permission for this",
        "Nothing was changed, and waiting does not help. Whoever looks after this installation: make the user that the setting "
        + "EventStore__ConnectionString names a member of $admins on the event store, or name one who is.");

    public static readonly ErrorCode CertificateExpired = new(
        "CK-STORE-15", "The certificate of the event store has expired or is not valid yet",
        "Nothing was changed, and waiting does not help. Whoever looks after this installation: renew the certificate on the "
        + "event store; the portal then goes on by itself. Only a new authority is to be named here (tlsCaFile= in the setting EventStore__ConnectionString).");

    public static readonly ErrorCode NoEncryption = new(
        "CK-STORE-16", "There is no encrypted connection with the event store",
        "Nothing was changed, and waiting does not help. Whoever looks after this installation: its certificate is not trusted or names another host, "
        + "or it does not encrypt at all. Check tls=, tlsCaFile= and the host in the setting EventStore__ConnectionString, and restart the portal.");

    public static readonly ErrorCode QuorumLost = new(
        "CK-STORE-17", "The event store cannot go on: at least half of its nodes are away",
        "Nothing was changed. It goes on by itself when they are back. Whoever looks after this installation: start the nodes that are down.");

    public static readonly ErrorCode FolderGone = new(
        "CK-STORE-18", "The folder of the portal's data cannot be used",
        "It, or a file in it, was moved, renamed, or replaced, its disk is not there, it cannot be read, or a setting names another folder. "
        + "Whoever looks after this installation: put it back where the settings EventStore__ConnectionString, Database__ConnectionString and Mirror__Path say (the portal's log names it). "
        + "If it was the folder of Database__ConnectionString, restart the portal afterwards, but not while the portal's log says that last changes are not in the file yet. "
        + "Nothing is lost as long as that folder is kept. "
        + "Where the one of Mirror__Path is lost for good, the command new-mirror makes a new one.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        EventStoreAway, OutcomeUnknown, DatabaseAway, Overtaken, EventUnknown, EventUnreadable, NotShown, NotFollowedUp,
        Unexpected, Damaged, OlderLog, WrongPassword, UserMissing, RightMissing, CertificateExpired, NoEncryption, QuorumLost,
        FolderGone,
    ];
}
