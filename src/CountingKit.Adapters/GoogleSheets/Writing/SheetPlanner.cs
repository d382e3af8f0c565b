using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using Spreadsheet = Google.Apis.Sheets.v4.Data.Spreadsheet;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Decides the whole write before it begins: reads two things, writes nothing.</summary>
internal sealed class SheetPlanner(SheetReader reader)
{
    public async Task<SheetPlan> Plan(WriteRequest request, CancellationToken ct)
    {
        var spreadsheet = await reader.Spreadsheet(request.Tab.AccountId, request.Tab.SpreadsheetId, ct);
        var tab = TabFinder.Find(spreadsheet, request.Tab.ExporterId, request.Tab.SheetId);
        var layout = ColumnLayout.Of(request.Columns, tab?.Columns);
        var landed = tab?.Stamp.RunId == request.RunId && tab.Stamp.ContentHash == request.ContentHash;
        Obstacles.RefuseSameHeadings(layout);
        var height = request.RowCount + 1;
        Obstacles.RefuseWithoutRoom(spreadsheet, tab, tab is null ? Math.Max(height, 2) : height, layout.Count,
            layout.Columns.Count(c => c.IsNew));
        var rows = await TabRows.Make(request, layout, ct);
        if (tab is not null && !landed) await CheckTab(request, spreadsheet, tab, height, ct);
        return Compose(request, spreadsheet, tab, layout, rows, landed);
    }

    /// <summary>Pure: the plan from what was read.</summary>
    internal static SheetPlan Compose(
        WriteRequest request, Spreadsheet spreadsheet, FoundTab? tab, ColumnLayout layout, TabRows rows, bool landed)
    {
        var sheets = spreadsheet.Sheets ?? [];
        var sheetId = tab?.SheetId ?? ChosenIds.Tab(
            request.Tab.ExporterId, request.RunId, sheets.Select(s => s.Properties.SheetId ?? 0));
        var title = tab?.Title ?? TabNames.Title(request.Title, sheets.Select(s => s.Properties.Title));
        var write = new TabWrite(request, spreadsheet, tab, sheetId, title, layout, rows);
        return new(request, sheetId, title, tab is null, (long)rows.Rows.Count * layout.Count, rows.Bytes,
            [.. rows.Warnings, .. Warnings(request, tab, layout)], layout, rows.Rows, TabBatch.Make(write), landed);
    }

    private static IEnumerable<WriteWarning> Warnings(WriteRequest request, FoundTab? tab, ColumnLayout layout)
    {
        if (tab is null && request.Tab.SheetId is not null)
            yield return new(SheetCodes.TabMadeAgain.Code,
                $"The tab of this exporter is gone, so a new one is made. {SheetCodes.TabMadeAgain.Advice}");
        if (tab is not null && layout.KeepsOrder)
            yield return new(SheetCodes.OrderKept.Code,
                $"The columns stay in the order that the tab {tab.Title} has. {SheetCodes.OrderKept.Advice}");
    }

    private async Task CheckTab(
        WriteRequest request, Spreadsheet spreadsheet, FoundTab tab, long height, CancellationToken ct)
    {
        var area = new GridRange
        {
            SheetId = tab.SheetId, StartRowIndex = 0, EndRowIndex = (int)Math.Max(height, tab.Stamp.Rows + 1),
            StartColumnIndex = 0, EndColumnIndex = tab.Columns.Keys.Count,
        };
        Obstacles.RefuseProtected(tab, area, spreadsheet.NamedRanges ?? []);
        Surroundings.Check(tab, await reader.Values(request.Tab, Surroundings.Ranges(tab, height), ct));
    }
}
