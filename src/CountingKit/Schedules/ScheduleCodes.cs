namespace CountingKit.Schedules;

/// <summary>What the rules of schedules can say no to, by stable code.</summary>
public static class ScheduleCodes
{
    public static readonly ErrorCode Gone = new(
        "CK-SCHEDULE-01", "This schedule was removed",
        "Add a new one on the exporter's page.");

    public static readonly ErrorCode UnknownZone = new(
        "CK-SCHEDULE-02", "The time zone is not known here",
        "Choose one from the list. A schedule whose time zone is no longer known runs again once another one is chosen.");

    public static readonly ErrorCode NoDays = new(
        "CK-SCHEDULE-03", "No day of the week is chosen",
        "Check at least one.");

    public static readonly ErrorCode BadDay = new(
        "CK-SCHEDULE-04", "The day or the month is none of the calendar",
        "Choose a day from 1 to 31: in a shorter month its last day is taken.");

    public static readonly ErrorCode BadHours = new(
        "CK-SCHEDULE-05", "A day cannot be divided into so many hours",
        "Choose 1, 2, 3, 4, 6, 8 or 12 hours.");

    public static readonly ErrorCode BadCron = new(
        "CK-SCHEDULE-06", "This is not a cron expression",
        "Five fields are needed: minute, hour, day of the month, month, day of the week. 0 6 * * 1-5 is 06:00 on weekdays.");

    public static readonly ErrorCode Never = new(
        "CK-SCHEDULE-07", "This schedule would never run",
        "There is no such day. Look at the next runs while you change it.");

    public static readonly ErrorCode BadQuiet = new(
        "CK-SCHEDULE-08", "The quiet hours have no beginning, no end, or no length",
        "Fill in both times, and make them differ; or leave both empty.");

    public static readonly ErrorCode TooManyCalls = new(
        "CK-SCHEDULE-09", "The schedule needs more calls than Xero allows",
        "Run it less often, make the exporter's periods fewer, or remove another schedule of the organization.");

    public static readonly ErrorCode TooMany = new(
        "CK-SCHEDULE-10", "The exporter has as many schedules as it can",
        "Change or remove one of them.");

    public static readonly ErrorCode AllPaused = new(
        "CK-SCHEDULE-11", "All schedules are paused",
        "Resume them on the page of exporters.");

    public static readonly ErrorCode NotStarted = new(
        "CK-SCHEDULE-12", "The run could not be started",
        "The next one is tried at its time. If it goes on, run the exporter by hand: its page then says more.");

    public static readonly ErrorCode NotForAll = new(
        "CK-SCHEDULE-13", "Only who may see every organization can pause or resume all schedules",
        "Pause the schedules of your own exporters one by one, or ask an owner.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        Gone, UnknownZone, NoDays, BadDay, BadHours, BadCron, Never, BadQuiet, TooManyCalls, TooMany,
        AllPaused, NotStarted, NotForAll,
    ];
}
