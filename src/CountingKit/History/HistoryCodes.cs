namespace CountingKit.History;

/// <summary>Why past rows cannot be shown, compared or put into a file, by stable code.</summary>
public static class HistoryCodes
{
    public static readonly ErrorCode RowsAway = new(
        "CK-HISTORY-01", "The rows of this run can't be read right now",
        "Try again later. Its counts and its hash are on its page.");

    public static readonly ErrorCode NoRows = new(
        "CK-HISTORY-02", "The run has no rows",
        "It ended before they were made. Choose another run.");

    public static readonly ErrorCode TooManyRows = new(
        "CK-HISTORY-03", "An Excel sheet holds at most 1,048,576 rows, with its header",
        "Download the rows as CSV or Parquet, or have the exporter read a shorter time.");

    public static readonly ErrorCode TextTooLong = new(
        "CK-HISTORY-04", "An Excel cell holds at most 32,767 characters, and one of these texts is longer",
        "Download the rows as CSV or Parquet, or leave the column out of the exporter.");

    public static readonly ErrorCode OtherExporter = new(
        "CK-HISTORY-05", "These two runs are of different exporters",
        "Choose another run of the same exporter.");

    public static readonly ErrorCode NotComparable = new(
        "CK-HISTORY-06", "The rows of these two runs can't be told apart one by one",
        "The page that compares them says why.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
        [RowsAway, NoRows, TooManyRows, TextTooLong, OtherExporter, NotComparable];
}
