namespace CountingKit.Spreadsheets;

/// <summary>Where a person opens a spreadsheet. Made from its id, never taken from what a vendor answered.</summary>
public interface ISpreadsheetAddresses
{
    /// <param name="spreadsheetId">Google's id of it.</param>
    string Of(string spreadsheetId);
}
