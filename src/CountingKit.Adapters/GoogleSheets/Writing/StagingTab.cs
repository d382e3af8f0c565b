using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using Spreadsheet = Google.Apis.Sheets.v4.Data.Spreadsheet;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// The hidden tab that gathers rows which one request cannot carry. It is an attempt's own: what an earlier one left behind is
/// deleted, so that nothing half gathered is ever brought anywhere.
/// </summary>
internal sealed record StagingTab(int SheetId, string Title, int Height, int Width)
{
    /// <summary>No attempt takes so long; another installation's may be at work on the same spreadsheet until then.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static StagingTab For(WriteRequest request, Spreadsheet spreadsheet, int tabId, int height, int width)
    {
        var sheets = spreadsheet.Sheets ?? [];
        var id = ChosenIds.Staging(
            request.Tab.ExporterId, request.RunId, sheets.Select(sheet => sheet.Properties.SheetId ?? 0).Append(tabId));
        var title = TabNames.Title($"~ck {request.RunId.ToString("N")[^8..]}", sheets.Select(sheet => sheet.Properties.Title));
        return new(id, title, height, width);
    }

    /// <summary>Those of this exporter, and old ones of any.</summary>
    public static IReadOnlyList<int> Orphans(Spreadsheet spreadsheet, Guid exporterId, DateTimeOffset now) =>
    [
        .. from sheet in spreadsheet.Sheets ?? []
           let owner = Owner(sheet)
           where owner is not null && (owner.ExporterId == exporterId || owner.At < now - Longest)
           select sheet.Properties.SheetId ?? 0,
    ];

    public bool IsIn(Spreadsheet spreadsheet, Guid runId) => (spreadsheet.Sheets ?? []).Any(
        sheet => sheet.Properties.SheetId == SheetId && Owner(sheet)?.RunId == runId);

    public BatchUpdateSpreadsheetRequest Make(WriteRequest request, DateTimeOffset now) => new()
    {
        Requests =
        [
            new()
            {
                AddSheet = new()
                {
                    Properties = new()
                    {
                        SheetId = SheetId, Title = Title, Hidden = true,
                        GridProperties = new() { RowCount = Height, ColumnCount = Width },
                    },
                },
            },
            TabBatch.Metadata(SheetId, TabMetadata.StagingKey, TabMetadata.Write(
                new StagingOwner(request.Tab.ExporterId, request.RunId, now.ToUniversalTime()))),
        ],
    };

    public static BatchUpdateSpreadsheetRequest Delete(IEnumerable<int> sheetIds) =>
        new() { Requests = [.. sheetIds.Select(Gone)] };

    public static Request Gone(int sheetId) => new() { DeleteSheet = new() { SheetId = sheetId } };

    /// <summary>Rows of it, in A1 notation: its title is ours, without a character that would have to be escaped.</summary>
    /// <param name="first">0-based.</param>
    public string Rows(int first, int count) =>
        $"'{Title}'!{A1.Cell(first, 0)}:{A1.Cell(first + count - 1, Width - 1)}";

    private static StagingOwner? Owner(Sheet sheet) => TabMetadata.Read<StagingOwner>(
        (sheet.DeveloperMetadata ?? []).FirstOrDefault(m => m.MetadataKey == TabMetadata.StagingKey)?.MetadataValue);
}
