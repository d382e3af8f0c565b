using CountingKit.Adapters.GoogleSheets;
using CountingKit.Datasets;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using Spreadsheet = Google.Apis.Sheets.v4.Data.Spreadsheet;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>Writes and spreadsheets to plan with.</summary>
internal static class Writes
{
    public const string FileId = "1AbCdEfGhIjKlMnOpQrStUvWxYz";
    public static readonly Guid Account = Guid.Parse("0190a000-0000-7000-8000-000000000001");
    public static readonly Guid Exporter = Guid.Parse("0190a000-0000-7000-8000-000000000002");
    public static readonly DateTimeOffset At = new(2026, 3, 31, 9, 5, 0, TimeSpan.Zero);

    public static readonly SheetColumn Number = new("invoiceNumber", "Invoice number", ColumnType.Text);
    public static readonly SheetColumn Date = new("date", "Date", ColumnType.Date);
    public static readonly SheetColumn Total = new("total", "Total", ColumnType.Money);
    public static readonly SheetColumn Sent = new("sent", "Sent", ColumnType.YesNo);

    public static Guid Run(int n) => Guid.Parse($"0190a000-0000-7000-8000-{n:D12}");

    public static string Hash(int n) => string.Concat(Enumerable.Repeat($"{n:x8}", 8));

    public static WriteRequest Request(
        IReadOnlyList<SheetColumn> columns, IReadOnlyList<CellValue[]> rows, int run = 100, int? sheetId = null) => new(
        new(Account, FileId, Exporter, sheetId), "Invoices", "invoices", Run(run), At, columns, rows.Count, Hash(run),
        _ => rows.ToAsyncEnumerable(), "Demo Co");

    public static CellValue[] Row(string number, DateOnly date, decimal total) =>
        [CellValue.Text(number), CellValue.Date(date), CellValue.Number(total)];

    /// <summary>A new file as Google makes it.</summary>
    public static Spreadsheet Blank() => new()
    {
        SpreadsheetId = FileId,
        Properties = new() { Title = "Books" },
        Sheets = [new() { Properties = Tab(0, "Sheet1", 1000, 26) }],
    };

    /// <summary>The file after a run wrote these columns and as many rows.</summary>
    public static Spreadsheet Written(
        int rows, IReadOnlyList<SheetColumn> columns, int gridRows, int gridColumns, Action<Sheet>? change = null)
    {
        var file = Blank();
        var ours = new Sheet
        {
            Properties = Tab(77, "My invoices", gridRows, gridColumns),
            DeveloperMetadata =
            [
                Metadata(1, "countingkit.dataset", new TabOwner(1, Exporter, "invoices", FileId, 77)),
                Metadata(2, "countingkit.columns",
                    new TabColumns([.. columns.Select(c => c.Key)], [.. columns.Select(c => c.Heading)])),
                Metadata(3, "countingkit.run", new RunStamp(Run(1), rows, columns.Count, Hash(1), At, "done")),
            ],
        };
        change?.Invoke(ours);
        file.Sheets.Add(ours);
        file.NamedRanges = [new() { NamedRangeId = $"ck_{Exporter:N}", Name = "CK_Invoices" }];
        return file;
    }

    public static async Task<SheetPlan> Plan(WriteRequest request, Spreadsheet file)
    {
        var tab = TabFinder.Find(file, request.Tab.ExporterId, request.Tab.SheetId);
        var layout = ColumnLayout.Of(request.Columns, tab?.Columns);
        var write = SheetPlanner.Prepare(request, file, tab, layout, await TabRows.Make(request, layout, default));
        return SheetPlanner.Compose(SheetPlanner.Patched(write, TabSight.None), landed: false, TabSight.None);
    }

    private static SheetProperties Tab(int id, string title, int rows, int columns) =>
        new() { SheetId = id, Title = title, GridProperties = new() { RowCount = rows, ColumnCount = columns } };

    private static DeveloperMetadata Metadata<T>(int id, string key, T value) =>
        new() { MetadataId = id, MetadataKey = key, MetadataValue = TabMetadata.Write(value) };
}
