using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using Spreadsheet = Google.Apis.Sheets.v4.Data.Spreadsheet;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// The hidden tab that gathers rows which one request cannot carry. It is an attempt's own: what an earlier one left behind is
/// deleted, so that nothing half gathered is ever brought anywhere.
/// </summary>
/// <param name="Attempt">Another one each time, also of the same run.</param>
internal sealed record StagingTab(Guid Attempt, int SheetId, string Title, int Height, int Width)
{
    /// <summary>Until then an exporter of another installation may be filling it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(15);

    public static StagingTab For(Spreadsheet spreadsheet, int tabId, int height, int width)
    {
        var (attempt, sheets) = (Guid.CreateVersion7(), spreadsheet.Sheets ?? []);
        var id = ChosenIds.Staging(attempt, sheets.Select(sheet => sheet.Properties.SheetId ?? 0).Append(tabId));
        var title = TabNames.Title($"~ck {attempt.ToString("N")[^8..]}", sheets.Select(sheet => sheet.Properties.Title));
        return new(attempt, id, title, height, width);
    }

    /// <summary>Those of this exporter, and old ones of any.</summary>
    public static IReadOnlyList<int> Orphans(Spreadsheet spreadsheet, Guid exporterId, DateTimeOffset now) =>
    [
        .. from sheet in spreadsheet.Sheets ?? []
           let owner = Owner(spreadsheet, sheet)
           where owner is not null && (owner.ExporterId == exporterId || owner.At < now - Longest)
           select owner.SheetId,
    ];

    /// <summary>As it was made: where somebody inserted or deleted a row or a column, its cells are no longer where they were put.</summary>
    public bool IsIn(Spreadsheet spreadsheet) => (spreadsheet.Sheets ?? []).Any(sheet =>
        Owner(spreadsheet, sheet) is { } owner && owner.SheetId == SheetId && owner.Attempt == Attempt
        && sheet.Properties.GridProperties is { } grid && grid.RowCount == Height && grid.ColumnCount == Width);

    /// <summary>A person deleted it, or unhid and changed it: what was gathered is gathered anew.</summary>
    public static SpreadsheetException IsGone(DateTimeOffset now) => new(
        SpreadsheetProblem.Unavailable, SheetCodes.StagingGone.Code,
        $"{SheetCodes.StagingGone.Title}. Nothing was written. {SheetCodes.StagingGone.Advice}", now + Again);

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
                new StagingOwner(request.Tab.ExporterId, Attempt, request.Tab.SpreadsheetId, SheetId, now.ToUniversalTime()))),
            // Whatever is in it reaches the tab that people see: nobody else types there.
            new()
            {
                AddProtectedRange = new()
                {
                    ProtectedRange = new()
                    {
                        Range = new() { SheetId = SheetId }, WarningOnly = false,
                        Description = "CountingKit gathers rows here and deletes this tab by itself.",
                    },
                },
            },
        ],
    };

    public static Request Gone(int sheetId) => new() { DeleteSheet = new() { SheetId = sheetId } };

    /// <summary>Rows of it, in A1 notation: its title is ours, without a character that would have to be escaped.</summary>
    /// <param name="first">0-based.</param>
    public string Rows(int first, int count) =>
        $"'{Title}'!{A1.Cell(first, 0)}:{A1.Cell(first + count - 1, Width - 1)}";

    /// <summary>Null = it is no staging tab, or a copy of one.</summary>
    private static StagingOwner? Owner(Spreadsheet spreadsheet, Sheet sheet) =>
        TabMetadata.Read<StagingOwner>(
            (sheet.DeveloperMetadata ?? []).FirstOrDefault(m => m.MetadataKey == TabMetadata.StagingKey)?.MetadataValue)
            is { } owner && owner.SheetId == sheet.Properties.SheetId && owner.SpreadsheetId == spreadsheet.SpreadsheetId ? owner : null;
}
