namespace CountingKit.Spreadsheets;

/// <summary>What the rules of Google accounts and spreadsheets can say no to, by stable code.</summary>
public static class SpreadsheetCodes
{
    public static readonly ErrorCode NotConnected = new(
        "CK-SPREADSHEET-01", "This spreadsheet is no longer connected",
        "Choose another one, or connect it again under Spreadsheets.");

    public static readonly ErrorCode AccountEnded = new(
        "CK-SPREADSHEET-02", "This Google account is no longer connected",
        "Connect it again under Spreadsheets, then choose it there for its spreadsheets.");

    public static readonly ErrorCode NotALink = new(
        "CK-SPREADSHEET-03", "This is not the link of a Google spreadsheet",
        "Copy it from the address bar of the open spreadsheet.");

    public static readonly ErrorCode ViewOnly = new(
        "CK-SPREADSHEET-04", "The spreadsheet is shared for viewing only",
        "In Google Sheets choose Share and give the connected account the role Editor.");

    public static readonly ErrorCode ConnectedAlready = new(
        "CK-SPREADSHEET-05", "The spreadsheet is already connected",
        "Choose it for an exporter. If its account was disconnected, choose another one for it under Spreadsheets.");

    public static readonly ErrorCode AccountChanged = new(
        "CK-SPREADSHEET-06", "Somebody else chose an account for this spreadsheet just now",
        "Look at it under Spreadsheets, and choose again if it should be another one.");

    public static readonly ErrorCode InTrash = new(
        "CK-SPREADSHEET-11", "The spreadsheet is in the trash of Google Drive",
        "Restore it there: Google deletes what is in the trash for good after 30 days.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
        [NotConnected, AccountEnded, NotALink, ViewOnly, ConnectedAlready, AccountChanged, InTrash];
}
