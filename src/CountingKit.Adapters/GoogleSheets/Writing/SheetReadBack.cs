using System.Buffers.Binary;
using CountingKit.Datasets;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Looks at what stands in the sheet: after a write, and before the next one.</summary>
internal sealed class SheetReadBack(SheetReader reader)
{
    private const int Samples = 20;

    /// <returns>What a person has to look at, although our rows are as they were written.</returns>
    public async Task<IReadOnlyList<WriteWarning>> Verify(SheetPlan plan, CancellationToken ct)
    {
        var tab = await reader.Tab(plan.Tab, ct) ?? throw NotAsWritten(plan, "", "the tab is gone");
        if (tab.Stamp.RunId != plan.Request.RunId || tab.Stamp.ContentHash != plan.Request.ContentHash)
            throw NotAsWritten(plan, "", "another run wrote to it in the meantime");
        var strayed = await Strayed(plan, tab, ct);
        if (await Differs(plan, tab, ct) is { } why)
            throw NotAsWritten(plan, string.Concat(strayed.Select(warning => $" {warning.Message}")), why);
        return strayed;
    }

    /// <returns>What is not as it was written; null = all that was looked at is.</returns>
    private async Task<string?> Differs(SheetPlan plan, FoundTab tab, CancellationToken ct)
    {
        var isWhere = IsWhere(tab, plan.Rows.Count, plan.Layout.Count);
        // What somebody changed between the look and the write is still there where a row was not sent.
        if ((plan.RowsSent is not null || plan.Request.ReadsAllBack) && !(isWhere && await AllHold(plan, tab, ct)))
            throw NotAsWritten(plan, "", "somebody changed it in the meantime", SpreadsheetProblem.ChangedMeanwhile);
        if (!isWhere) return "rows or columns were inserted or deleted";
        var chosen = Chosen(plan.Request.ContentHash, plan.Rows.Count);
        var ranges = chosen.Select(r => Rows(tab, r, 1, plan.Layout.Count)).ToList();
        var hasBelow = tab.Place.Bottom < tab.GridRows;
        if (hasBelow) ranges.Add(Rows(tab, plan.Rows.Count, 1, plan.Layout.Count));
        var values = await reader.Values(plan.Tab, ranges, ct);
        var expected = await plan.Rows.At(chosen, ct);
        for (var i = 0; i < chosen.Count; i++)
            if (!SameCell.Rows([expected[i]], values[i]))
                return $"row {tab.Place.Top + chosen[i] + 1} differs";
        return hasBelow && !await IsAsBefore(plan, values[^1] is [var below, ..] ? below : [], ct)
            ? $"row {tab.Place.Bottom + 1}, below the last record, holds something that was not there"
            : null;
    }

    /// <summary>What people moved or typed beside our rows since the plan's look.</summary>
    private async Task<IReadOnlyList<WriteWarning>> Strayed(SheetPlan plan, FoundTab tab, CancellationToken ct)
    {
        if (plan.GridColumns is { } columns && tab.GridColumns != columns)
            return await StandsBeside(plan, tab, ct) ? [ValuesBeside.OtherColumns(tab)] : [];
        if (plan.Beside is not { } seen) return [];
        // A row that somebody inserted may have pushed values down, beside records that are new.
        var now = await BesideLook.Of(reader, plan.Tab, tab, Math.Max(seen.Height, plan.Rows.Count), ct);
        var cells = now.CellsIn(seen.Strayed(now));
        return cells.Count == 0 ? [] : [ValuesBeside.Strayed(tab, cells)];
    }

    private async Task<bool> StandsBeside(SheetPlan plan, FoundTab tab, CancellationToken ct) =>
        plan.Beside is { Rows.Count: > 0 }
        || (await BesideLook.Of(reader, plan.Tab, tab, plan.Rows.Count, ct)).Rows.Count > 0;

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
        // Without our named range it takes a write to have one again: until then inserted rows can't be seen.
        if (!tab.Place.IsNamed || !IsWhere(tab, request.RowCount + 1, layout.Count)) return false;

        var key = KeyIn(layout, request);
        var below = await Below(request.Tab, tab, layout.Count, ct);
        if (Echoes.HasIdentifier(below, key)) return false;
        List<RowData> chunk = [Row(layout, layout.Headings.Select(CellValue.Text))];
        var (next, most) = (0, RowsOfAChunk(layout));
        await foreach (var row in request.Rows(ct).WithCancellation(ct))
        {
            chunk.Add(Row(layout, layout.Columns.Select(c => c.Source is { } s ? row[s] : CellValue.Null)));
            if (Echoes.IsAgain(chunk[^1], below, key)) return false;
            if (chunk.Count < most) continue;
            if (!await Holds(request.Tab, tab, layout, next, chunk, ct)) return false;
            next += chunk.Count;
            chunk.Clear();
        }
        return chunk.Count == 0 || await Holds(request.Tab, tab, layout, next, chunk, ct);
    }

    private async Task<bool> AllHold(SheetPlan plan, FoundTab tab, CancellationToken ct)
    {
        List<RowData> chunk = [];
        var (next, most) = (0, RowsOfAChunk(plan.Layout));
        await foreach (var row in plan.Rows.Read(ct).WithCancellation(ct))
        {
            chunk.Add(row);
            if (chunk.Count < most && next + chunk.Count < plan.Rows.Count) continue;
            if (!await Holds(plan.Tab, tab, plan.Layout, next, chunk, ct)) return false;
            next += chunk.Count;
            chunk.Clear();
        }
        return true;
    }

    private static int RowsOfAChunk(ColumnLayout layout) => Math.Max(1, SheetReader.ChunkCells / layout.Count);

    private async Task<bool> Holds(
        TabReference reference, FoundTab tab, ColumnLayout layout, int row, List<RowData> chunk, CancellationToken ct) =>
        SameCell.Rows(chunk, (await reader.Values(reference, [Rows(tab, row, chunk.Count, layout.Count)], ct))[0]);

    private static bool IsWhere(FoundTab tab, long height, int columns) =>
        tab.Place is { Left: 0 } place && place.Right == columns && place.Bottom - place.Top == height
        && place.Bottom <= tab.GridRows && columns <= tab.GridColumns;

    /// <summary>
    /// What stands below belongs to people, and sums of theirs change with our rows; but no record may have been pushed
    /// there: the cell that would name it is as it was, or at least it names none of ours.
    /// </summary>
    private static async Task<bool> IsAsBefore(SheetPlan plan, IList<object> below, CancellationToken ct)
    {
        var key = KeyIn(plan.Layout, plan.Request);
        return key >= 0 && plan.Below is { } before
            ? Equals(At(before, key), At(below, key))
            : !Echoes.HasIdentifier(below, key)
                && !await plan.Rows.Read(ct).Skip(1).AnyAsync(row => Echoes.IsAgain(row, below, key), ct);
    }

    /// <summary>The column that names a record; -1 = none does.</summary>
    private static int KeyIn(ColumnLayout layout, WriteRequest request) =>
        layout.Columns.ToList().FindIndex(c => c.Key == request.KeyColumn);

    /// <summary>The row right below ours; nothing where the grid ends.</summary>
    private async Task<IList<object>> Below(TabReference reference, FoundTab tab, int columns, CancellationToken ct)
    {
        if (tab.Place.Bottom >= tab.GridRows) return [];
        var range = Rectangles.Of(tab.SheetId, tab.Place.Bottom, tab.Place.Bottom + 1, 0, columns);
        return (await reader.Values(reference, [range], ct))[0] is [var row, ..] ? row : [];
    }

    private static object At(IList<object> row, int i) => i < row.Count ? row[i] ?? "" : "";

    /// <param name="row">Of ours: 0 is the header.</param>
    private static GridRange Rows(FoundTab tab, int row, int count, int columns) =>
        Rectangles.Of(tab.SheetId, tab.Place.Top + row, tab.Place.Top + row + count, 0, columns);

    private static RowData Row(ColumnLayout layout, IEnumerable<CellValue> values) =>
        new() { Values = values.Select(Cells.Data).Take(layout.Count).ToList() };

    /// <param name="more">What else there is to look at; the next run would not know of it.</param>
    private static SpreadsheetException NotAsWritten(
        SheetPlan plan, string more, string why, SpreadsheetProblem problem = SpreadsheetProblem.NotAsWritten) =>
        new(problem, SheetCodes.NotAsWritten.Code,
            $"The tab {plan.TabTitle} does not show what was written: {why}. {SheetCodes.NotAsWritten.Advice}{more}");
}
