namespace CountingKit.Adapters.GoogleSheets;

/// <summary>A1 notation. Titles are always quoted: a bare <c>FY24</c> would be a cell.</summary>
internal static class A1
{
    /// <param name="row">0-based.</param>
    /// <param name="endRow">Exclusive.</param>
    /// <param name="columns">How many, from column A on; at least 1.</param>
    public static string Rows(string title, long row, long endRow, int columns) =>
        $"'{title.Replace("'", "''", StringComparison.Ordinal)}'!A{row + 1}:{Column(columns - 1)}{endRow}";

    /// <param name="index">0-based: 0 = A, 26 = AA.</param>
    public static string Column(int index)
    {
        var name = "";
        for (var rest = index + 1; rest > 0; rest = (rest - 1) / 26) name = (char)('A' + ((rest - 1) % 26)) + name;
        return name;
    }
}
