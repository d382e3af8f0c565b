using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// Values that people typed right of our rows stand where they stand: when another record comes to their row, they are
/// beside the wrong one. A row is known by the column that names it, and without one by all of its cells.
/// </summary>
internal sealed class ValuesBeside
{
    private readonly TabWrite write;
    private readonly FoundTab tab;
    private readonly int[] columns;
    private readonly int first;
    private readonly int end;

    public ValuesBeside(TabWrite write, FoundTab tab)
    {
        (this.write, this.tab) = (write, tab);
        var key = write.Request.KeyColumn is { } named ? tab.Columns.Keys.ToList().IndexOf(named) : -1;
        (first, end) = key >= 0 ? (key, key + 1) : (0, Math.Min(tab.Columns.Keys.Count, tab.GridColumns));
        columns = [.. tab.Columns.Keys.Take(end).Skip(first)
            .Select(k => write.Layout.Columns.ToList().FindIndex(c => c.Key == k))];
    }

    /// <summary>The rows to which another record comes, or none: 1 is the first record.</summary>
    /// <param name="height">So many rows of the tab, with the header.</param>
    public async Task<HashSet<int>> Changed(SheetReader reader, int height, CancellationToken ct)
    {
        HashSet<int> changed = [];
        await using var rows = write.Rows.Read(ct).GetAsyncEnumerator(ct);
        await rows.MoveNextAsync(); // The header.
        var chunk = Math.Max(1, SheetReader.ChunkCells / columns.Length);
        for (var row = 1; row < height; row += chunk)
        {
            var until = Math.Min(row + chunk, height);
            var range = Rectangles.Of(tab.SheetId, tab.Place.Top + row, tab.Place.Top + until, first, end);
            var now = (await reader.Values(write.Request.Tab, [range], ct))[0] ?? [];
            for (var i = row; i < until; i++)
            {
                var next = await rows.MoveNextAsync() ? rows.Current.Values : [];
                if (!Keeps(next, i - row < now.Count ? now[i - row] : [])) changed.Add(i);
            }
        }
        return changed;
    }

    /// <summary>CK-SHEET-14, with the first cells: the order changed, records came or went, or a person moved rows.</summary>
    public static SpreadsheetException Refuse(FoundTab tab, IReadOnlyList<string> moved) => new(
        SpreadsheetProblem.Refused, SheetCodes.BesideMoves.Code,
        $"In the tab {tab.Title} your notes in {SheetWords.Some(moved)} would no longer be next to their records. "
        + $"Nothing was written. {SheetCodes.BesideMoves.Advice}");

    /// <summary>CK-SHEET-23, with the first cells.</summary>
    public static WriteWarning Strayed(FoundTab tab, IReadOnlyList<string> cells) => new(
        SheetCodes.BesideStrayed.Code,
        $"In the tab {tab.Title} someone moved rows, or typed beside them, while this run was writing. These cells may belong "
        + $"to other records: {SheetWords.Some(cells, SheetWords.MostTold)}. {SheetCodes.BesideStrayed.Advice}",
        IsOfRows: true);

    /// <summary>CK-SHEET-23, where what stands beside the rows can't be compared.</summary>
    public static WriteWarning OtherColumns(FoundTab tab) => new(
        SheetCodes.BesideStrayed.Code,
        $"In the tab {tab.Title} someone inserted or deleted columns while this run was writing. What was beside the rows may be "
        + "gone or in another column. In Google Sheets, File > Version history shows how the tab looked before.");

    private bool Keeps(IList<CellData> next, IList<object> now) => columns.Select((column, i) => SameCell.Cell(
        column < next.Count ? next[column].UserEnteredValue : null, i < now.Count ? now[i] : null)).All(same => same);
}
