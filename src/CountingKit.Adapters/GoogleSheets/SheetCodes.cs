using CountingKit.Runs;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Stable codes of planning, writing and reading back a tab.</summary>
public static class SheetCodes
{
    public static readonly ErrorCode TooLarge = new("CK-SHEET-01", "Too much for one atomic step",
        "Choose fewer columns or a narrower filter.");

    public static readonly ErrorCode TooManyCells = new("CK-SHEET-02", "The spreadsheet has no room",
        "Delete tabs or rows that nobody needs, choose fewer columns, or use another spreadsheet.");

    public static readonly ErrorCode Protected = new("CK-SHEET-03", "A protected range is in the way",
        "Remove the protection, or let the connected account edit the range.");

    public static readonly ErrorCode Merged = new("CK-SHEET-04", "Merged cells are in the way",
        "Unmerge the cells inside the data.");

    public static readonly ErrorCode TextTooLong = new("CK-SHEET-05", "A text is too long for a cell",
        "Google allows 50,000 characters in a cell. Leave the column out, or shorten the text in Xero.");

    public static readonly ErrorCode SameHeading = new("CK-SHEET-06", "Two columns have the same heading",
        "Rename one of them in the exporter.");

    public static readonly ErrorCode ColumnsMoved = new(RunCodes.ColumnsMove, "Columns inside the data were moved or added",
        "Undo that in the sheet; columns of your own belong to the right of the data. Where it can no longer be undone, choose "
        + "Write to a new tab on the page of the run: the old tab stays as it is, and the rows go to a new one.");

    public static readonly ErrorCode InTheWay = new("CK-SHEET-08", "Something below the data is in the way",
        "Move it to the right of the data or to another tab: the rows need the space.");

    public static readonly ErrorCode NotAsWritten = new("CK-SHEET-09", "The sheet does not show what was written",
        "Someone edited it at that moment, or its settings change values. Run it again.");

    public static readonly ErrorCode LongNumbers = new("CK-SHEET-10", "Numbers of more than 15 digits",
        "A cell holds 15 digits exactly, so they are rounded in the sheet. The full numbers are in Xero and in the rows kept with the run.");

    public static readonly ErrorCode TabMadeAgain = new("CK-SHEET-11", "The tab was gone and was made again",
        "Formulas that pointed at the old tab show #REF! and must be pointed at the new one.");

    public static readonly ErrorCode OrderKept = new("CK-SHEET-12", "The tab keeps its order of columns",
        "Formulas beside the data count on it. For the new order, delete the tab: the next run makes it again.");

    public static readonly ErrorCode RowsChanged = new("CK-SHEET-13", "The number of rows is not the one expected",
        "Run it again. If it happens again, report it with the run's id.");

    public static readonly ErrorCode BesideMoves = new(RunCodes.ValuesMove,
        "Your notes would no longer be next to their records",
        "Move the notes to another tab (a lookup by the key column brings them back), or choose Write anyway to leave them "
        + "where they are.");

    public static readonly ErrorCode EndsBefore = new("CK-SHEET-15", "Something does not reach the new rows",
        "Let it cover whole columns, or choose its range again.");

    public static readonly ErrorCode FormulaReplaced = new("CK-SHEET-16", "A formula inside the data was replaced",
        "Put formulas beside the data: each run rewrites the data's own columns.");

    public static readonly ErrorCode HeadingRestored = new("CK-SHEET-17", "A heading was written again",
        "To call a column something else, rename it in the exporter.");

    public static readonly ErrorCode TableInTheWay = new("CK-SHEET-18", "A table covers only part of the data",
        "In Google Sheets turn the table into a plain range, or let it begin at the row of the headings.");

    public static readonly ErrorCode PivotInTheWay = new("CK-SHEET-19", "A pivot table is inside the data",
        "Move the pivot table to another tab.");

    public static readonly ErrorCode BesideMoved = new("CK-SHEET-20",
        "Values beside the rows are no longer next to their records",
        "A person chose Write anyway. Look at those cells, and move each to its record.");

    public static readonly ErrorCode NewTabChosen = new("CK-SHEET-21", "The rows are in a new tab",
        "Someone chose this because columns inside the data of the old tab were moved. The old tab stays as it is and is no longer "
        + "updated. Point formulas and charts at the new tab, copy over what you need, then delete the old one.");

    public static readonly ErrorCode RecordBelow = new("CK-SHEET-22", "A record is repeated below the data",
        "Look at that row: delete it if it is only a leftover, or move it to another tab if you need what it holds. Then run "
        + "the exporter again.");

    public static readonly ErrorCode BesideStrayed = new("CK-SHEET-23", "Values beside the rows changed while the run wrote",
        "Look at those cells and move each value to its record. In Google Sheets, File > Version history shows how the rows were "
        + "before.");

    public static readonly ErrorCode StagingGone = new("CK-SHEET-24", "The hidden tab that gathers the rows was changed or deleted",
        "The run gathers them again by itself. Leave tabs whose name begins with ~ck alone: they go by themselves.");

    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        TooLarge, TooManyCells, Protected, Merged, TextTooLong, SameHeading, ColumnsMoved, InTheWay, NotAsWritten,
        LongNumbers, TabMadeAgain, OrderKept, RowsChanged, BesideMoves, EndsBefore, FormulaReplaced, HeadingRestored,
        TableInTheWay, PivotInTheWay, BesideMoved, NewTabChosen, RecordBelow, BesideStrayed, StagingGone,
    ];
}
