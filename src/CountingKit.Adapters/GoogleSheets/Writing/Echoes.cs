using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// Records that stand once more right below our rows: a row that somebody inserts between the look and the write pushes
/// them out of our rectangle. What equals one of our records in every cell is cleared with the next write; what only
/// names one may hold what a person typed, and is for a person.
/// </summary>
internal sealed class Echoes(SheetReader reader)
{
    private const int ChunkRows = 100;

    /// <param name="below">The row right below ours, as read, in the tab's own columns.</param>
    /// <returns>How many rows from there on are our records once more.</returns>
    /// <exception cref="SpreadsheetException">A row names one of our records and does not equal it.</exception>
    public async Task<int> Count(TabWrite write, FoundTab tab, IList<object> below, CancellationToken ct)
    {
        // Without our named range nobody can say where our rows end.
        if (!tab.Place.IsNamed || !below.Any(IsFilled)) return 0;
        var ours = new Records(write, tab);
        if (ours.Key < 0) return (await ours.Find([below], ct))[0].IsWritten ? throw Again(tab, tab.Place.Bottom) : 0;
        if (!IsFilled(At(below, ours.Key))) return 0;

        var standing = await Standing(write.Request.Tab, tab, ours.Key, ct);
        var count = 0;
        while (tab.Place.Bottom + count < tab.GridRows)
        {
            var row = tab.Place.Bottom + count;
            var range = Rectangles.Of(tab.SheetId, row, Math.Min(row + ChunkRows, tab.GridRows), 0, Width(tab));
            var values = (await reader.Values(write.Request.Tab, [range], ct))[0] ?? [];
            var entered = await reader.Entered(write.Request.Tab, range, "userEnteredValue(formulaValue)", ct);
            var plain = values.TakeWhile((cells, i) => IsFilled(At(cells, ours.Key)) && !HasFormula(entered, i)).ToList();
            var among = await ours.Find(plain, ct);
            var found = 0;
            foreach (var cells in plain)
            {
                var name = At(cells, ours.Key);
                var stands = standing.TryGetValue(name, out var at);
                if (!stands && !among[found].IsNamed && !IsIdentifier(name)) break;
                if (!among[found].IsWritten && !(stands && await Equal(write.Request.Tab, tab, at, cells, ct)))
                    throw Again(tab, row + found);
                found++;
            }
            count += found;
            if (found < range.EndRowIndex - range.StartRowIndex) break;
        }
        return count;
    }

    /// <summary>Whether a row that is not ours names the same record as one of ours.</summary>
    /// <param name="key">The column that names a record; -1 = none does, so all cells do.</param>
    public static bool IsAgain(RowData ours, IList<object> below, int key) => key >= 0
        ? IsFilled(At(below, key)) && SameCell.Cell(ours.Values[key].UserEnteredValue, At(below, key))
        : below.Any(IsFilled) && SameCell.Row(ours, below);

    /// <summary>
    /// Whether a row that is not ours holds Xero's identifier of a record where ours have it: nobody types one by hand, also
    /// when the data has that record no more.
    /// </summary>
    public static bool HasIdentifier(IList<object> below, int key) => key >= 0 && IsIdentifier(At(below, key));

    private static bool IsIdentifier(object name) => name is string text && Guid.TryParse(text, out _);

    private static bool HasFormula(IReadOnlyList<RowData> entered, int row) =>
        row < entered.Count && entered[row].Values?.Any(cell => cell?.UserEnteredValue?.FormulaValue is not null) == true;

    private static int Width(FoundTab tab) => Math.Min(tab.Columns.Keys.Count, tab.GridColumns);

    /// <summary>The row of each record that stands inside our rectangle now, by what names it.</summary>
    private async Task<Dictionary<object, int>> Standing(TabReference reference, FoundTab tab, int key, CancellationToken ct)
    {
        Dictionary<object, int> rows = [];
        var (first, bottom) = (tab.Place.Top + 1, Math.Min(tab.Place.Bottom, tab.GridRows));
        if (first >= bottom) return rows;
        var values = (await reader.Values(reference, [Rectangles.Of(tab.SheetId, first, bottom, key, key + 1)], ct))[0] ?? [];
        for (var i = 0; i < values.Count; i++)
            if (IsFilled(At(values[i], 0))) rows.TryAdd(At(values[i], 0), first + i);
        return rows;
    }

    private async Task<bool> Equal(TabReference reference, FoundTab tab, int row, IList<object> cells, CancellationToken ct)
    {
        var read = (await reader.Values(reference, [Rectangles.Of(tab.SheetId, row, row + 1, 0, Width(tab))], ct))[0];
        var ours = read is [var only, ..] ? only : [];
        return Enumerable.Range(0, Math.Max(ours.Count, cells.Count)).All(i => Equals(At(ours, i), At(cells, i)));
    }

    private static object At(IList<object> row, int i) => i < row.Count ? row[i] ?? "" : "";

    private static bool IsFilled(object? value) => value is not (null or "");

    private static SpreadsheetException Again(FoundTab tab, int row) => new(
        SpreadsheetProblem.Refused, SheetCodes.RecordBelow.Code,
        $"In the tab {tab.Title} row {row + 1}, right below the data, looks like a record that an earlier run wrote. "
        + $"Nothing was written. {SheetCodes.RecordBelow.Advice}");

    /// <summary>The rows of a write, compared in the columns that the tab has now.</summary>
    private sealed class Records
    {
        private readonly TabWrite write;
        private readonly int[] columns;

        public Records(TabWrite write, FoundTab tab)
        {
            this.write = write;
            var layout = write.Layout.Columns.ToList();
            columns = [.. tab.Columns.Keys.Select(key => layout.FindIndex(column => column.Key == key))];
            Key = write.Request.KeyColumn is { } named ? tab.Columns.Keys.ToList().IndexOf(named) : -1;
        }

        /// <summary>The tab's column that names a record; -1 = none does.</summary>
        public int Key { get; }

        /// <summary>
        /// Of some rows of the tab: whether one of ours is named alike, and whether one equals it in every cell. Ours are read once.
        /// </summary>
        public async Task<(bool IsNamed, bool IsWritten)[]> Find(List<IList<object>> rows, CancellationToken ct)
        {
            var found = new (bool IsNamed, bool IsWritten)[rows.Count];
            await foreach (var row in write.Rows.Read(ct).Skip(1))
                for (var i = 0; i < rows.Count; i++)
                {
                    found[i].IsNamed |= Key >= 0 && SameCell.Cell(row.Values[columns[Key]].UserEnteredValue, At(rows[i], Key));
                    found[i].IsWritten |= !found[i].IsWritten && Equals(row, rows[i]);
                }
            return found;
        }

        private bool Equals(RowData row, IList<object> cells) => columns.Select((column, i) =>
            SameCell.Cell(row.Values[column].UserEnteredValue, At(cells, i))).All(same => same);
    }
}
