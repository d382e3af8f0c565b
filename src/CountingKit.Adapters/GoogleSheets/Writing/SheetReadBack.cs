using System.Buffers.Binary;
using CountingKit.Datasets;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Looks at what stands in the sheet: after a write, and before the next one.</summary>
internal sealed class SheetReadBack(SheetReader reader)
{
    private const int Samples = 20;
    private const int ChunkRows = 2_000;

    public async Task Verify(SheetPlan plan, CancellationToken ct)
    {
        var tab = await reader.Tab(plan.Tab, ct) ?? throw NotAsWritten(plan, "the tab is gone");
        if (tab.Stamp.RunId != plan.Request.RunId || tab.Stamp.ContentHash != plan.Request.ContentHash)
            throw NotAsWritten(plan, "another run wrote it meanwhile");
        if (tab.GridRows < plan.Rows.Count || tab.GridColumns < plan.Layout.Count)
            throw NotAsWritten(plan, "rows or columns were deleted");

        var chosen = Chosen(plan.Request.ContentHash, plan.Rows.Count);
        var ranges = chosen.Select(r => A1.Rows(tab.Title, r, r + 1, plan.Layout.Count)).ToList();
        var values = await reader.Values(plan.Tab, ranges, ct);
        for (var i = 0; i < chosen.Count; i++)
            if (!SameCell.Rows([plan.Rows[chosen[i]]], values[i]))
                throw NotAsWritten(plan, $"row {chosen[i] + 1} differs");
    }

    /// <summary>The header, the first and the last row, and up to 20 between them that nobody can foresee.</summary>
    /// <param name="count">Rows with the header.</param>
    internal static IReadOnlyList<int> Chosen(string contentHash, int count)
    {
        var hash = Convert.FromHexString(contentHash);
        SortedSet<int> rows = [0, Math.Min(1, count - 1), count - 1];
        for (var i = 0; i < Samples; i++)
            rows.Add((int)(BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(i, 4)) % (uint)count));
        return [.. rows];
    }

    public async Task<bool> StillHolds(WriteRequest request, CancellationToken ct)
    {
        if (await reader.Tab(request.Tab, ct) is not { } tab || tab.Stamp.Rows != request.RowCount) return false;
        var layout = ColumnLayout.Of(request.Columns, tab.Columns);
        if (layout.Inserted.Count > 0 || !layout.Headings.SequenceEqual(tab.Columns.Headings)) return false;

        List<RowData> chunk = [Row(layout, layout.Headings.Select(CellValue.Text))];
        var next = 0L;
        await foreach (var row in request.Rows(ct).WithCancellation(ct))
        {
            chunk.Add(Row(layout, layout.Columns.Select(c => c.Source is { } s ? row[s] : CellValue.Null)));
            if (chunk.Count < ChunkRows) continue;
            if (!await Holds(request.Tab, tab, layout, next, chunk, ct)) return false;
            next += chunk.Count;
            chunk.Clear();
        }
        return chunk.Count == 0 || await Holds(request.Tab, tab, layout, next, chunk, ct);
    }

    private async Task<bool> Holds(
        TabReference reference, FoundTab tab, ColumnLayout layout, long row, List<RowData> chunk, CancellationToken ct)
    {
        if (row + chunk.Count > tab.GridRows || layout.Count > tab.GridColumns) return false;
        var range = A1.Rows(tab.Title, row, row + chunk.Count, layout.Count);
        return SameCell.Rows(chunk, (await reader.Values(reference, [range], ct))[0]);
    }

    private static RowData Row(ColumnLayout layout, IEnumerable<CellValue> values) =>
        new() { Values = values.Select(Cells.Data).Take(layout.Count).ToList() };

    private static SpreadsheetException NotAsWritten(SheetPlan plan, string why) =>
        new(SpreadsheetProblem.NotAsWritten, SheetCodes.NotAsWritten.Code,
            $"The tab {plan.TabTitle} does not show what was written: {why}. {SheetCodes.NotAsWritten.Advice}");
}
