using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Adapters.Mirror;

/// <summary>The canonical bytes of cells one after the other (<see cref="ContentHash"/>).</summary>
internal static class RowBytes
{
    /// <param name="buffer">A longer one takes its place where the cells do not fit.</param>
    /// <returns>How many bytes they took.</returns>
    public static int Write(IEnumerable<CellValue> cells, ref byte[] buffer)
    {
        var used = 0;
        foreach (var cell in cells)
        {
            var longest = ContentHash.Longest(cell);
            if (used + longest > buffer.Length) Array.Resize(ref buffer, 2 * (used + longest));
            used += ContentHash.Write(cell, buffer.AsSpan(used));
        }

        return used;
    }

    /// <summary>Cells that <see cref="Write"/> wrote.</summary>
    public static CellValue[] Read(ReadOnlySpan<byte> bytes, int columns)
    {
        var row = new CellValue[columns];
        for (var i = 0; i < columns; i++)
        {
            row[i] = ContentHash.Read(bytes, out var used);
            bytes = bytes[used..];
        }

        return row;
    }
}
