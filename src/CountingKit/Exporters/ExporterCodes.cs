namespace CountingKit.Exporters;

/// <summary>What the rules of exporters can say no to, by stable code.</summary>
public static class ExporterCodes
{
    public static readonly ErrorCode Deleted = new(
        "CK-EXPORTER-01", "This exporter was deleted",
        "Its runs and their data are still in the history. Create a new one.");

    public static readonly ErrorCode TabTaken = new(
        "CK-EXPORTER-02", "Another exporter already writes this tab",
        "Choose another tab name or another spreadsheet.");

    public static readonly ErrorCode NoDataset = new(
        "CK-EXPORTER-03", "No data is chosen",
        "Choose the data to export.");

    public static readonly ErrorCode NoName = new(
        "CK-EXPORTER-04", "The exporter has no usable name",
        "Give it a name of up to 100 characters.");

    public static readonly ErrorCode NoOrganization = new(
        "CK-EXPORTER-05", "No organization is chosen",
        "Choose an organization.");

    public static readonly ErrorCode SeveralOrganizations = new(
        "CK-EXPORTER-06", "Several organizations are chosen",
        "Choose one organization for each exporter.");

    public static readonly ErrorCode NoColumns = new(
        "CK-EXPORTER-07", "No column is chosen",
        "Choose at least one column.");

    public static readonly ErrorCode UnknownColumn = new(
        "CK-EXPORTER-08", "The data has no such column",
        "Reload the page and choose the columns again.");

    public static readonly ErrorCode SameHeading = new(
        "CK-EXPORTER-09", "Two columns have the same heading",
        "Give each column a heading of its own.");

    public static readonly ErrorCode NoKey = new(
        "CK-EXPORTER-10", "The column that names each row is missing",
        "Keep it: without it rows could not be told apart.");

    public static readonly ErrorCode DatesReversed = new(
        "CK-EXPORTER-11", "The first date is after the last one",
        "Swap the two dates.");

    public static readonly ErrorCode BadTab = new(
        "CK-EXPORTER-12", "The tab cannot have this name",
        "Use up to 100 characters, at least one of them visible, without line breaks and without spaces at its ends.");

    public static readonly ErrorCode Paused = new(
        "CK-EXPORTER-13", "This exporter is paused",
        "Resume it to run it.");

    public static readonly ErrorCode ChangedMeanwhile = new(
        "CK-EXPORTER-14", "This exporter was changed meanwhile",
        "Your entries were not saved and are still in the form. Open the exporter in another browser tab to compare, then save again to keep yours.");

    public static readonly ErrorCode ColumnTwice = new(
        "CK-EXPORTER-20", "A column is chosen twice",
        "Choose each column once.");

    public static readonly ErrorCode LongHeading = new(
        "CK-EXPORTER-21", "A heading is too long, or has no visible characters",
        "Use up to 100 visible characters, or leave the field empty.");

    public static readonly ErrorCode UnknownSort = new(
        "CK-EXPORTER-22", "The rows cannot be put in this order",
        "Reload the page and choose the order of rows again.");

    public static readonly ErrorCode UnknownStatus = new(
        "CK-EXPORTER-23", "The data has no such status",
        "Reload the page and choose the statuses again.");

    public static readonly ErrorCode FarDate = new(
        "CK-EXPORTER-24", "A date is too far away",
        "Choose dates between 1900 and 2999, or leave the field empty for no limit.");

    public static readonly ErrorCode NoDate = new(
        "CK-EXPORTER-26", "The data has no date",
        "Such data cannot be limited to days: leave out the first and the last one.");

    public static readonly ErrorCode OtherData = new(
        "CK-EXPORTER-27", "An exporter keeps its data",
        "Its past runs, its tab and its differences are of that data. Create another exporter for the other data.");

    public static readonly ErrorCode TooLarge = new(
        "CK-EXPORTER-25", "The exporter is too large to be saved",
        "Choose fewer columns or shorter headings.");

    public static readonly ErrorCode UnknownReport = new(
        "CK-EXPORTER-28", "The report cannot be asked for in this way",
        "Reload the page and choose its periods and options again.");

    public static readonly ErrorCode UnitTooLong = new(
        "CK-EXPORTER-29", "The periods are longer than the days that are chosen",
        "Choose shorter periods, or more days.");

    public static readonly ErrorCode ManyPeriods = new(
        "CK-EXPORTER-30", "There are too many periods, or one is too long",
        "Each period is a call to Xero, and one report is of at most 12 months. Choose fewer or longer periods.");

    public static readonly ErrorCode OpenRange = new(
        "CK-EXPORTER-31", "The first or the last day is missing",
        "Choose both, or days that move with the calendar.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        Deleted, TabTaken, NoDataset, NoName, NoOrganization, SeveralOrganizations, NoColumns,
        UnknownColumn, SameHeading, NoKey, DatesReversed, BadTab, Paused, ChangedMeanwhile,
        ColumnTwice, LongHeading, UnknownSort, UnknownStatus, FarDate, NoDate, TooLarge, OtherData,
        UnknownReport, UnitTooLong, ManyPeriods, OpenRange,
    ];
}
