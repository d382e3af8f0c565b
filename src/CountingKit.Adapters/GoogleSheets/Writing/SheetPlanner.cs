using System.Text;
using CountingKit.Spreadsheets;
using Newtonsoft.Json;
using Spreadsheet = Google.Apis.Sheets.v4.Data.Spreadsheet;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Decides the whole write before it begins: reads, and writes nothing.</summary>
internal sealed class SheetPlanner(SheetReader reader, TabSurvey survey, TimeProvider time)
{
    private static readonly JsonSerializerSettings Json = GoogleClients.JsonSettings();

    /// <param name="gathered">The rows are in it already; null = nothing was gathered.</param>
    public async Task<SheetPlan> Plan(WriteRequest request, CancellationToken ct, StagingTab? gathered = null)
    {
        var spreadsheet = await reader.Spreadsheet(request.Tab.AccountId, request.Tab.SpreadsheetId, ct);
        var found = TabFinder.Find(spreadsheet, request.Tab.ExporterId, request.Tab.SheetId);
        var tab = request.NewTab && found?.Stamp.RunId != request.RunId ? null : found;
        var layout = ColumnLayout.Of(request.Columns, tab?.Columns);
        var landed = !request.Repairs && tab?.Stamp.RunId == request.RunId && tab.Stamp.ContentHash == request.ContentHash;
        Obstacles.RefuseSameHeadings(layout);
        var height = request.RowCount + 1;
        if (gathered is not null && !landed && !gathered.IsIn(spreadsheet)) throw StagingTab.IsGone(time.GetUtcNow());
        var orphans = landed ? [] : StagingTab.Orphans(spreadsheet, request.Tab.ExporterId, time.GetUtcNow());
        var room = new Room(spreadsheet, orphans, tab, tab is null ? Math.Max(height, 2) : height, layout);
        Obstacles.RefuseWithoutRoom(room, isStaged: false);
        var rows = await TabRows.Make(request, layout, ct);
        var write = Prepare(request, spreadsheet, tab, layout, rows);
        if (gathered is not null) write = write with { Staging = gathered };
        var sight = tab is null || landed ? TabSight.None : await survey.Look(write, tab, ct);
        if (gathered is null && !landed) write = Patched(write, sight);
        if (write.Staging is not null && !landed) Obstacles.RefuseWithoutRoom(room, isStaged: true);
        return Compose(write, landed, sight) with
        {
            Orphans = [.. orphans.Where(orphan => orphan != gathered?.SheetId)],
            IsGathered = gathered is not null,
        };
    }

    internal static TabWrite Prepare(
        WriteRequest request, Spreadsheet spreadsheet, FoundTab? tab, ColumnLayout layout, TabRows rows)
    {
        var sheets = spreadsheet.Sheets ?? [];
        var sheetId = tab?.SheetId ?? ChosenIds.Tab(
            request.Tab.ExporterId, request.RunId, sheets.Select(s => s.Properties.SheetId ?? 0));
        var title = tab?.Title ?? TabNames.Title(request.Title, sheets.Select(s => s.Properties.Title));
        return new(request, spreadsheet, tab, sheetId, title, layout, rows)
        {
            Staging = rows.Together is null ? StagingTab.For(spreadsheet, sheetId, rows.Count, layout.Count) : null,
        };
    }

    /// <summary>With less to send, where the tab holds the former rows and nothing of anybody's is among them.</summary>
    internal static TabWrite Patched(TabWrite write, TabSight sight) =>
        write is { Tab: { } tab, Rows.Patch: { } patch } && TabPatch.Fits(write.Request, tab, write.Layout) && sight.IsOurs(tab)
            ? write with { Patch = patch, Staging = null }
            : write;

    /// <summary>Pure: the plan from what was read.</summary>
    /// <exception cref="SpreadsheetException">Something on the tab stands in the way.</exception>
    internal static SheetPlan Compose(TabWrite write, bool landed, TabSight sight)
    {
        write = write with { Echoes = sight.Echoes };
        if (write.Tab is { } tab && !landed)
            foreach (var refuse in TabFeatures.All.OfType<TabFeature.Refuse>())
                refuse.Check(write, tab, sight);
        var batch = TabBatch.Make(write);
        return new(write.Request, write.SheetId, write.Title, write.Tab is null,
            (long)write.Height * write.Layout.Count,
            write.Patch is null ? write.Rows.Bytes : Encoding.UTF8.GetByteCount(JsonConvert.SerializeObject(batch, Json)),
            [.. write.Rows.Warnings, .. Warnings(write, landed, sight)], write.Layout, write.Rows, batch, landed, Below(write, sight), sight.Beside,
            write.Tab is { } there && !landed ? ExistingTab.ColumnsAfter(write, there) : null)
        {
            Staging = write.Staging,
            StampId = write.StampId,
            RowsSent = landed ? null : write.Patch?.RowsSent,
        };
    }

    private static IEnumerable<WriteWarning> Warnings(TabWrite write, bool landed, TabSight sight)
    {
        if (write.Tab is not { } tab)
        {
            if (write.Request.NewTab)
                yield return new(SheetCodes.NewTabChosen.Code,
                    $"{SheetCodes.NewTabChosen.Title}, {write.Title}. {SheetCodes.NewTabChosen.Advice}");
            else if (write.Request.Tab.SheetId is not null)
                yield return new(SheetCodes.TabMadeAgain.Code,
                    $"The tab of this exporter is gone, so a new one is made. {SheetCodes.TabMadeAgain.Advice}");
            yield break;
        }
        if (write.Layout.KeepsOrder)
            yield return new(SheetCodes.OrderKept.Code,
                $"The columns stay in the order that the tab {tab.Title} has. {SheetCodes.OrderKept.Advice}");
        if (landed) yield break;
        if (sight.Moved.Count > 0)
            yield return new(SheetCodes.BesideMoved.Code,
                $"In the tab {tab.Title} what people typed in {SheetWords.Some(sight.Moved, SheetWords.MostTold)} is "
                + $"no longer next to its records. {SheetCodes.BesideMoved.Advice}", IsOfRows: true);
        foreach (var warning in TabFeatures.All.OfType<TabFeature.Warn>().SelectMany(warn => warn.Warnings(write, tab, sight)))
            yield return warning;
    }

    /// <summary>As read, in the columns as they will be: where one is inserted, nothing stands.</summary>
    private static List<object>? Below(TabWrite write, TabSight sight)
    {
        if (sight.Below is not { } read) return null;
        List<object> below = [];
        var old = 0;
        foreach (var column in write.Layout.Columns)
            below.Add(column.IsNew ? "" : old < read.Count ? read[old++] : "");
        return below;
    }
}
