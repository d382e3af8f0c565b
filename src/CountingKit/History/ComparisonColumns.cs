using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.History;

/// <summary>
/// What differs as a table of its own: what became of the row, the column that names it, and each other column twice, as it was
/// and as it is; a column that only one run has once.
/// </summary>
internal sealed class ComparisonColumns
{
    private readonly List<Func<RowDifference, CellValue>> cells = [];
    private readonly List<PastColumn> columns = [];

    public ComparisonColumns(RunPair pair)
    {
        Add("change", "Change", ColumnType.Text, change => CellValue.Text(change.Kind.ToString()));
        foreach (var common in pair.Common)
        {
            var (column, then, now) = common;
            if (column.Key == pair.Key)
                Add(column.Key, column.Heading, column.Type, change => change.After?[now] ?? change.Before![then]);
            else
            {
                Add($"{column.Key} before", $"{column.Heading} (before)", column.Type, change => At(change.Before, then));
                Add($"{column.Key} after", $"{column.Heading} (after)", column.Type, change => At(change.After, now));
            }
        }

        foreach (var column in pair.Gone)
        {
            var place = pair.Before.Columns.ToList().IndexOf(column);
            Add($"{column.Key} gone", $"{column.Heading} (before)", column.Type, change => At(change.Before, place));
        }

        foreach (var column in pair.Added)
        {
            var place = pair.After.Columns.ToList().IndexOf(column);
            Add($"{column.Key} added", $"{column.Heading} (after)", column.Type, change => At(change.After, place));
        }
    }

    public IReadOnlyList<PastColumn> Columns => columns;

    public CellValue[] Row(RowDifference change) => [.. cells.Select(cell => cell(change))];

    private void Add(string key, string heading, ColumnType type, Func<RowDifference, CellValue> cell)
    {
        columns.Add(new(key, heading, type));
        cells.Add(cell);
    }

    private static CellValue At(CellValue[]? row, int place) => row is null ? CellValue.Null : row[place];
}
