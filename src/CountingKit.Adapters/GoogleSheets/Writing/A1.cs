using System.Globalization;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Cells as people call them.</summary>
internal static class A1
{
    /// <param name="row">0-based.</param>
    /// <param name="column">0-based.</param>
    public static string Cell(int row, int column) =>
        Column(column) + (row + 1).ToString(CultureInfo.InvariantCulture);

    /// <param name="index">0-based: 0 = A, 26 = AA.</param>
    public static string Column(int index)
    {
        var name = "";
        for (var rest = index + 1; rest > 0; rest = (rest - 1) / 26) name = (char)('A' + ((rest - 1) % 26)) + name;
        return name;
    }
}
