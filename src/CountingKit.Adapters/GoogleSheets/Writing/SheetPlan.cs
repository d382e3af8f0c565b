using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <param name="Batch">The one request that the commit sends, whole.</param>
/// <param name="Landed">An earlier attempt of the same run wrote it already.</param>
internal sealed record SheetPlan(
    WriteRequest Request,
    int SheetId,
    string TabTitle,
    bool CreatesTab,
    long Cells,
    long Bytes,
    IReadOnlyList<WriteWarning> Warnings,
    ColumnLayout Layout,
    IReadOnlyList<RowData> Rows,
    BatchUpdateSpreadsheetRequest Batch,
    bool Landed)
    : WritePlan(Request, SheetId, TabTitle, CreatesTab, Cells, Bytes, Warnings)
{
    /// <summary>Where the tab will be found after the commit.</summary>
    public TabReference Tab => Request.Tab with { SheetId = SheetId };
}
