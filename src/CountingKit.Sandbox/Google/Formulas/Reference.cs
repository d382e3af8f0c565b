using System.Globalization;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Formulas;

/// <summary>One end of a reference: a row or column, and whether a dollar sign pins it.</summary>
internal readonly record struct Edge(int Index, bool Pinned);

/// <summary>
/// A reference inside a formula, 0-based and inclusive; a missing edge is unbounded (A:A has no rows).
/// <paramref name="Title"/> is null for the formula's own tab.
/// </summary>
internal sealed record Reference(string? Title, Edge? Row0, Edge? Column0, Edge? Row1, Edge? Column1, bool IsRange)
{
    public override string ToString()
    {
        var first = Corner(Column0, Row0);
        var cells = IsRange ? first + ":" + Corner(Column1, Row1) : first;
        return Title is null ? cells : A1.Quote(Title) + "!" + cells;
    }

    /// <summary>After rows or columns were inserted; null when it reaches none of them.</summary>
    public Reference Inserted(bool byRow, int at, int count)
    {
        Edge? First(Edge? edge) => edge is { } e && e.Index >= at ? e with { Index = e.Index + count } : edge;
        return byRow
            ? this with { Row0 = First(Row0), Row1 = First(Row1) }
            : this with { Column0 = First(Column0), Column1 = First(Column1) };
    }

    /// <summary>After rows or columns were deleted; null when nothing of it is left.</summary>
    public Reference? Deleted(bool byRow, int at, int count)
    {
        var (first, last) = byRow ? (Row0, Row1) : (Column0, Column1);
        if ((first?.Index ?? 0) >= at && last is { } end && end.Index < at + count) return null;
        Edge? start = first is { } f ? f with { Index = f.Index < at ? f.Index : Math.Max(at, f.Index - count) } : null;
        Edge? stop = last is { } l ? l with { Index = l.Index < at ? l.Index : Math.Max(at - 1, l.Index - count) }
            : null;
        return byRow ? this with { Row0 = start, Row1 = stop } : this with { Column0 = start, Column1 = stop };
    }

    /// <summary>As it reads in a cell that is so many rows and columns away; null when it falls off the grid.</summary>
    public Reference? Moved(int rows, int columns)
    {
        Edge? Move(Edge? edge, int by) => edge is { Pinned: false } e ? e with { Index = e.Index + by } : edge;
        var moved = this with
        {
            Row0 = Move(Row0, rows), Row1 = Move(Row1, rows),
            Column0 = Move(Column0, columns), Column1 = Move(Column1, columns),
        };
        return moved.Row0 is { Index: < 0 } || moved.Column0 is { Index: < 0 } ? null : moved;
    }

    public Area On(Tab tab) => new(
        Math.Min(Row0?.Index ?? 0, tab.Rows), Math.Min((Row1?.Index ?? tab.Rows - 1) + 1, tab.Rows),
        Math.Min(Column0?.Index ?? 0, tab.Columns), Math.Min((Column1?.Index ?? tab.Columns - 1) + 1, tab.Columns));

    private static string Corner(Edge? column, Edge? row) =>
        (column is { } c ? (c.Pinned ? "$" : "") + A1.Column(c.Index) : "")
        + (row is { } r ? (r.Pinned ? "$" : "") + (r.Index + 1).ToString(CultureInfo.InvariantCulture) : "");
}
