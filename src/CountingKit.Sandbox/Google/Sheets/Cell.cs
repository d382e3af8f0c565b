using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Google.Sheets;

/// <summary>The text after which Sheets computes: starts with an equals sign.</summary>
internal sealed record Formula(string Text);

/// <summary>One cell. Never changed once made: rows of several versions of a spreadsheet share it.</summary>
/// <param name="Value">null, <see cref="string"/>, <see cref="double"/>, <see cref="bool"/> or <see cref="Formula"/>.</param>
/// <param name="Dress">What is around the value (userEnteredFormat, note, dataValidation…); never modified in place.</param>
internal sealed record Cell(object? Value, JsonObject? Dress)
{
    public static Cell? Of(object? value, JsonObject? dress)
    {
        var kept = dress is { Count: > 0 } ? dress : null;
        return value is null && kept is null ? null : new Cell(value, kept);
    }

    public JsonObject? Format => Dress?.Object("userEnteredFormat");
}

/// <summary>A row as one version of a tab sees it. Only the version that made it may change it.</summary>
internal sealed class CellRow(object owner, Cell?[] cells)
{
    public object Owner => owner;
    public Cell?[] Cells { get; private set; } = cells;

    public Cell? this[int column] => column < Cells.Length ? Cells[column] : null;

    public void Set(int column, Cell? cell, int width)
    {
        if (column >= Cells.Length)
        {
            if (cell is null) return;
            var wider = new Cell?[Math.Min(width, Math.Max(column + 1, Cells.Length * 2))];
            Cells.CopyTo(wider, 0);
            Cells = wider;
        }
        Cells[column] = cell;
    }

    public void Splice(int at, int removed, int added)
    {
        var cells = Cells.ToList();
        if (at >= cells.Count) return;
        cells.RemoveRange(at, Math.Min(removed, cells.Count - at));
        cells.InsertRange(at, new Cell?[added]);
        Cells = [.. cells];
    }
}
