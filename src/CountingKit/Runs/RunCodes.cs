namespace CountingKit.Runs;

/// <summary>What can become of a run besides its success, by stable code.</summary>
public static class RunCodes
{
    public static readonly ErrorCode Ended = new(
        "CK-RUN-01", "This run has already ended",
        "Its page shows how it ended. To refresh the sheet, run the exporter again.");

    public static readonly ErrorCode RowsGone = new(
        "CK-RUN-02", "The rows of that run are no longer kept",
        "Only its counts and its hash remain. Run the exporter again.");

    public static readonly ErrorCode UnknownData = new(
        "CK-RUN-03", "This version of CountingKit does not know the data that the exporter exports",
        "Update CountingKit, or choose other data.");

    public static readonly ErrorCode OrganizationGone = new(
        "CK-RUN-04", "The exporter's organization is no longer connected",
        "Disconnecting an organization deletes the exporters that read only that one. To export its data again, connect it and create a new exporter.");

    public static readonly ErrorCode ConnectionPaused = new(
        "CK-RUN-05", "The connection of the organization is paused",
        "Resume the connection, then run the exporter.");

    public static readonly ErrorCode SheetBusy = new(
        "CK-RUN-06", "Another run is writing to this spreadsheet",
        "Nothing to do: the run resumes when the other one has ended.");

    public static readonly ErrorCode WouldEmpty = new(
        "CK-RUN-07", "The run would have emptied the tab",
        "If it is correct that the exporter has no rows, choose Write anyway. If not, check the records in Xero or the exporter's filters.");

    public static readonly ErrorCode ManyRemoved = new(
        "CK-RUN-08", "Many rows were removed since the last run",
        "Look at the difference. If it is right, there is nothing to do.");

    public static readonly ErrorCode NothingToReplay = new(
        "CK-RUN-09", "The run has no rows to write again",
        "It ended before they were made. Choose another run.");

    public static readonly ErrorCode ExporterDeleted = new(
        "CK-RUN-30", "The exporter was deleted before this run wrote anything",
        "Nothing to do.");

    public static readonly ErrorCode ExporterPaused = new(
        "CK-RUN-31", "The exporter was paused before this run wrote anything",
        "Resume the exporter, then run it again.");

    public static readonly ErrorCode TabGone = new(
        "CK-RUN-32", "The tab is no longer this exporter's to write",
        "The exporter was moved to another tab after the run was started, or another exporter took the tab. Look at the exporter, then run it again.");

    public static readonly ErrorCode SpreadsheetRemoved = new(
        "CK-RUN-33", "The spreadsheet was removed here before this run wrote anything",
        "Connect the spreadsheet again or choose another one, then run the exporter.");

    public static readonly ErrorCode NoReplayTab = new(
        "CK-RUN-20", "No tab is chosen for the replay",
        "Name a new tab, or check the box to replace the rows in the exporter's own tab.");

    public static readonly ErrorCode NotOwnTab = new(
        "CK-RUN-21", "The exporter's own tab can't be written by this replay",
        "Name a new tab, or resume the exporter if it is paused.");

    public static readonly ErrorCode Busy = new(
        "CK-RUN-22", "This exporter is running",
        "Ask again when that run has ended.");

    public static readonly ErrorCode NotTheLast = new(
        "CK-RUN-23", "Write anyway is about a run that is no longer the last one",
        "Run the exporter again and look at what stops that run.");

    public static readonly ErrorCode Emptied = new(
        "CK-RUN-35", "The tab was emptied because a person chose Write anyway",
        "Nothing to do if that is right. The rows before are in the history: replay them from there.");

    public static readonly ErrorCode NotOpened = new(
        "CK-RUN-36", "The run could not be started",
        "Nothing was read or written. A later run of the exporter took its place; if something was in the way, an owner finds it under Set aside.");

    public static readonly ErrorCode MayStillLand = new(
        "CK-RUN-37", "Google may still be writing what this run sent",
        "Nothing to do: within minutes the sheet tells whether it did, and the run's page says so.");

    public static readonly ErrorCode Unexpected = new(
        "CK-RUN-99", "Something unexpected happened",
        "The log of the portal has the details. Run the exporter again; report it if it keeps happening.");

    public static readonly ErrorCode Unreadable = new(
        "CK-XERO-DATA-02", "A record from Xero holds a value that can't be read",
        "Its cell is blank; everything else is right. Open and save that record in Xero; the next run reads it again. Report it with this code if it keeps happening.");

    public static readonly ErrorCode Unrated = new(
        "CK-XERO-DATA-03", "Records in a foreign currency have no exchange rate in Xero",
        "Their amounts in the base currency are blank, so that totals of these columns lack them; everything else is right. To have them counted, give the records a rate in Xero.");

    public static readonly ErrorCode TrackingGone = new(
        "CK-XERO-DATA-04", "A column's tracking category is no longer in Xero",
        "It was deleted there. Remove the column from the exporter, or leave it: it is blank for lines that are not tracked by it.");

    /// <summary>A tab of fewer rows is emptied without anybody being asked.</summary>
    public const int EmptyingGuard = 20;

    /// <summary>Of planning a write: values that people typed would end beside other records.</summary>
    public const string ValuesMove = "CK-SHEET-14";

    /// <summary>Of planning a write: columns inside the data were moved, and a person may have a new tab made.</summary>
    public const string ColumnsMove = "CK-SHEET-07";

    /// <summary>
    /// The run stopped so that a person looks first. Whoever has looked, and finds it right, may have it written anyway.
    /// </summary>
    public static bool AsksForALook(string? code) => code == WouldEmpty.Code || code is ValuesMove or ColumnsMove;

    /// <summary>
    /// What a run was queued for is gone or paused: it ends as Canceled, by this code, and has written nothing.
    /// </summary>
    public static IReadOnlyList<ErrorCode> Stops { get; } =
        [OrganizationGone, ConnectionPaused, ExporterDeleted, ExporterPaused, TabGone, SpreadsheetRemoved];

    public static readonly ErrorCode SourceBusy = new(
        "CK-XERO-BUSY-01", "Another run is reading the same data from Xero",
        "Nothing to do: this run continues with what the other one has read.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        Ended, RowsGone, UnknownData, OrganizationGone, ConnectionPaused, SheetBusy, WouldEmpty,
        ManyRemoved, NothingToReplay, NoReplayTab, NotOwnTab, Busy, NotTheLast, ExporterDeleted, ExporterPaused, TabGone,
        SpreadsheetRemoved, Emptied, NotOpened, MayStillLand, Unexpected,
        Unreadable, Unrated, TrackingGone, SourceBusy,
    ];
}
