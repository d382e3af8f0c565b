using CountingKit.Datasets;

namespace CountingKit.Adapters.Mirror;

/// <summary>Which records are a projection's rows, as conditions over a scan that is called <c>v</c>.</summary>
internal sealed class ProjectionFilters
{
    private readonly List<(Column Column, string Sql)> conditions = [];
    private readonly List<object> values = [];
    private readonly bool ofDataset;

    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">A column is not filtered in this way.</exception>
    public ProjectionFilters(Dataset dataset, IReadOnlyList<RowFilter> filters)
    {
        ofDataset = dataset.RecordFilter is not null;
        if (dataset.RecordFilter is { } only)
        {
            var column = CacheLayout.FilterColumn(only);
            conditions.Add((column, $"v.{CacheLayout.Quoted(column)} = ?"));
            values.Add(only.Value);
        }

        foreach (var filter in filters) Add(dataset.Column(filter.Column), filter);
    }

    public IEnumerable<Column> Columns => conditions.Select(condition => condition.Column);

    /// <summary>Of <see cref="Condition"/> and of <see cref="ConditionIfReadable"/>, each.</summary>
    public IReadOnlyList<object> Values => values;

    public string Condition => string.Join(" AND ", ["true", .. conditions.Select(condition => $"({condition.Sql})")]);

    /// <summary>What makes a record one of the dataset's at all; its value, if it has one, is the first of <see cref="Values"/>.</summary>
    public string ConditionOfDataset => ofDataset ? $"({conditions[0].Sql})" : "true";

    public IEnumerable<object> ValuesOfDataset => values.Take(ofDataset ? 1 : 0);

    /// <summary>A value that can't be read meets every condition here.</summary>
    public string ConditionIfReadable => string.Join(" AND ",
    [
        "true", .. conditions.Select(condition => condition.Column.IsOfRecord
            ? $"({condition.Sql} OR contains(v.unreadable, {Sql.Text(CacheLayout.Marked(condition.Column))}))"
            : $"({condition.Sql})"),
    ]);

    private void Add(Column column, RowFilter filter)
    {
        var value = ProjectionSql.ValueOf(column);
        if (filter.In is { } wanted)
        {
            if (column.Type != ColumnType.Text)
                throw new ArgumentException($"{column.Heading} is not filtered by texts.");
            values.AddRange(wanted);
            conditions.Add((column, wanted.Count == 0
                ? "false"
                : $"{value} IN ({string.Join(", ", wanted.Select(_ => "?"))})"));
        }

        if (filter.NotIn is { Count: > 0 } unwanted)
        {
            if (column.Type != ColumnType.Text)
                throw new ArgumentException($"{column.Heading} is not filtered by texts.");
            values.AddRange(unwanted);
            conditions.Add((column, $"{value} IS NULL OR {value} NOT IN ({string.Join(", ", unwanted.Select(_ => "?"))})"));
        }

        if (filter.Is is { } yesNo)
        {
            if (column.Type != ColumnType.YesNo) throw new ArgumentException($"{column.Heading} is not filtered by yes and no.");
            values.Add(yesNo);
            conditions.Add((column, $"{value} = ?"));
        }

        if (filter.From is { } from)
        {
            values.Add(Bound(column, from));
            conditions.Add((column, $"{value} >= ?"));
        }

        if (filter.Below is { } below)
        {
            values.Add(Bound(column, below));
            conditions.Add((column, $"{value} < ?"));
        }
    }

    private static object Bound(Column column, DateOnly day) => column.Type switch
    {
        ColumnType.Date => day,
        ColumnType.Instant => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).Ticks,
        _ => throw new ArgumentException($"{column.Heading} is not filtered by dates."),
    };
}
