using System.Globalization;
using CountingKit.Datasets;

namespace CountingKit.History;

/// <summary>What a file's form must know of all rows before the first is written.</summary>
internal sealed class RowSurvey(int columns)
{
    private readonly int[] scales = new int[columns];
    private readonly int[] digits = new int[columns];

    public long Rows { get; private set; }

    /// <summary>Where the longest text stands: its row, from 1, its column and its UTF-16 units.</summary>
    public (long Row, int Column, int Length) Longest { get; private set; }

    public void Add(CellValue[] row)
    {
        Rows++;
        for (var i = 0; i < row.Length; i++)
            if (row[i].Kind == CellKind.Text && row[i].AsText.Length > Longest.Length) Longest = (Rows, i, row[i].AsText.Length);
            else if (row[i].Kind == CellKind.Number) Add(i, row[i].AsNumber);
    }

    /// <param name="column">Its place.</param>
    public FileColumn Of(PastColumn told, int column) => new(told.Heading, told.Type, scales[column], digits[column]);

    private void Add(int column, decimal number)
    {
        var text = Math.Abs(number).ToString(CultureInfo.InvariantCulture);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : text.TrimEnd('0').Length - point - 1;
        scales[column] = Math.Max(scales[column], scale);
        digits[column] = Math.Max(digits[column], point < 0 ? text.Length : point);
    }
}
