using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Google.Sheets;

/// <summary>A tab (Sheets: sheet). Frozen once its version is committed; <see cref="Draft"/> makes one that may change.</summary>
internal sealed class Tab
{
    private readonly List<CellRow?> rows = [];
    private readonly object owner = new();
    private string? contentHash;

    public Tab(int sheetId, JsonObject properties)
    {
        SheetId = sheetId;
        Properties = properties;
        var grid = Grid;
        if (grid.Int("rowCount") is not > 0) grid["rowCount"] = 1000;
        if (grid.Int("columnCount") is not > 0) grid["columnCount"] = 26;
        (Rows, Columns) = (grid.Int("rowCount")!.Value, grid.Int("columnCount")!.Value);
    }

    public int SheetId { get; }

    /// <summary>SheetProperties without index, which is the place in the spreadsheet.</summary>
    public JsonObject Properties { get; }
    public int Rows { get; private set; }
    public int Columns { get; private set; }

    /// <summary>basicFilter, merges, protectedRanges, bandedRanges, charts, conditionalFormats, as on the wire.</summary>
    public JsonObject Objects { get; init; } = [];

    /// <summary>DimensionProperties by index, for rows and columns that have any.</summary>
    public Dictionary<(bool Row, int Index), JsonObject> Dimensions { get; init; } = [];

    public string Title => Properties.Text("title") ?? "";
    public bool Hidden => Properties.Flag("hidden");
    public JsonObject Grid => Properties.Object("gridProperties") ?? Put("gridProperties");
    public long Cells => (long)Rows * Columns;

    /// <summary>Rows that hold anything are below this index.</summary>
    public int UsedRows => rows.Count;

    public IReadOnlyList<CellRow?> StoredRows => rows;

    public string Hash => contentHash ??= ContentHash.Of(this);

    public Cell? this[int row, int column] => row < rows.Count ? rows[row]?[column] : null;

    public Tab Draft(int? newSheetId = null)
    {
        var draft = new Tab(newSheetId
            ?? SheetId, Properties.Copy()) { Objects = Objects.Copy(), Dimensions = new(Dimensions) };
        draft.rows.AddRange(rows);
        return draft;
    }

    public void Set(int row, int column, Cell? cell)
    {
        if (cell is null && this[row, column] is null) return;
        while (rows.Count <= row) rows.Add(null);
        Own(row).Set(column, cell, Columns);
    }

    /// <summary>Puts back what the store kept; for a tab that is being loaded.</summary>
    public void Restore(IEnumerable<Cell?[]?> kept) =>
        rows.AddRange(kept.Select(cells => cells is null ? null : new CellRow(owner, cells)));

    public void Resize(int rowCount, int columnCount)
    {
        if (rowCount < rows.Count) rows.RemoveRange(rowCount, rows.Count - rowCount);
        if (columnCount < Columns)
            for (var row = 0; row < rows.Count; row++)
                if (rows[row] is not null) Own(row).Splice(columnCount, Columns, 0);
        SetSize(rowCount, columnCount);
    }

    public void Insert(bool byRow, int at, int count)
    {
        if (byRow && at < rows.Count) rows.InsertRange(at, new CellRow?[count]);
        if (!byRow)
            for (var row = 0; row < rows.Count; row++)
                if (rows[row] is not null) Own(row).Splice(at, 0, count);
        SetSize(Rows + (byRow ? count : 0), Columns + (byRow ? 0 : count));
    }

    public void Delete(bool byRow, int at, int count)
    {
        if (byRow && at < rows.Count) rows.RemoveRange(at, Math.Min(count, rows.Count - at));
        if (!byRow)
            for (var row = 0; row < rows.Count; row++)
                if (rows[row] is not null) Own(row).Splice(at, count, 0);
        SetSize(Rows - (byRow ? count : 0), Columns - (byRow ? 0 : count));
    }

    private CellRow Own(int row)
    {
        if (rows[row] is { } mine && mine.Owner == owner) return mine;
        return rows[row] = new CellRow(owner, rows[row] is { } shared ? [.. shared.Cells] : []);
    }

    private void SetSize(int rowCount, int columnCount)
    {
        (Rows, Columns) = (rowCount, columnCount);
        (Grid["rowCount"], Grid["columnCount"]) = (rowCount, columnCount);
    }

    private JsonObject Put(string name)
    {
        var made = new JsonObject();
        Properties[name] = made;
        return made;
    }
}
