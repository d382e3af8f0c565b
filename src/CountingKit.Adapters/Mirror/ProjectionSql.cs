using CountingKit.Datasets;
using CountingKit.Runs;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>What a projection asks of DuckDB: names come from the catalogue, values are parameters.</summary>
internal sealed class ProjectionSql
{
    private readonly Dataset dataset;
    private readonly Projection projection;
    private readonly Column[] columns;
    private readonly List<(int Organization, string Path)> files = [];
    private readonly List<object> filterValues = [];

    /// <param name="cachesOf">The caches of each organization's segments, later ones last.</param>
    /// <exception cref="KeyNotFoundException">There is no such dataset or column.</exception>
    public ProjectionSql(Projection projection, Func<OrganizationRows, IReadOnlyList<string>> cachesOf)
    {
        this.projection = projection;
        dataset = DatasetCatalogue.Get(projection.Dataset);
        columns = [.. projection.Columns.Select(dataset.Column)];
        for (var i = 0; i < projection.Organizations.Count; i++)
            files.AddRange(cachesOf(projection.Organizations[i]).Select(path => (i, path)));
        CreateRanked = Ranked();
        SelectBucket = $"""
            SELECT f.organization{string.Concat(columns.Where(IsStored).Select(column => $", {Selected(column)}"))}
            FROM {AllFiles} p JOIN files f ON f.path = p.filename
            JOIN ranked r ON r.version = ((f.file << 40) | p.ordinal)
            WHERE r.rank >= ? AND r.rank < ? ORDER BY r.rank
            """;
    }

    public IReadOnlyList<SnapshotColumn> Columns =>
        [.. columns.Select(column => new SnapshotColumn(column.Key, column.Type))];

    public bool IsEmpty => files.Count == 0;

    public string CreateFiles =>
        "CREATE TEMP TABLE files AS SELECT * FROM (VALUES " +
        string.Join(", ", files.Select((file, i) => $"({i}::BIGINT, {file.Organization}, {Sql.Text(file.Path)}, ?)")) +
        ") AS t(file, organization, path, name)";

    public IEnumerable<object> FileValues =>
        files.Select(file => (object)projection.Organizations[file.Organization].OrganizationName);

    public string CreateRanked { get; }

    public IReadOnlyList<object> FilterValues => filterValues;

    /// <summary>A query of the wide rows from one rank to below another.</summary>
    public string SelectBucket { get; }

    private string AllFiles =>
        $"read_parquet([{string.Join(", ", files.Select(file => Sql.Text(file.Path)))}], filename = true)";

    public CellValue[] Cells(DuckDBDataReader row)
    {
        var name = projection.Organizations[row.GetInt32(0)].OrganizationName;
        var cells = new CellValue[columns.Length];
        var field = 1;
        for (var i = 0; i < columns.Length; i++)
            cells[i] = IsStored(columns[i]) ? StoredCell.Read(row, columns[i], ref field) : CellValue.Text(name);
        return cells;
    }

    private static bool IsStored(Column column) => column.Path != ColumnPaths.Organization;

    private static string Selected(Column column) => CacheLayout.IsNumber(column)
        ? $"p.{CacheLayout.Quoted(column)}, p.{CacheLayout.QuotedRest(column)}"
        : $"p.{CacheLayout.Quoted(column)}";

    // The version's number is the only link to the other tables, so that files are always joined to their own rows
    // first: a second link by organization lets the optimizer pair every row with every other.
    private string Ranked() => $"""
        CREATE TEMP TABLE ranked AS
        WITH versions AS (
            SELECT p.*, f.organization, f.name, ((f.file << 40) | p.ordinal) AS version
            FROM {AllFiles} p JOIN files f ON f.path = p.filename),
        latest AS (SELECT max(version) AS version FROM versions GROUP BY organization, key)
        SELECT v.version, v.problem,
            row_number() OVER (ORDER BY {string.Join(", ", Order())}) - 1 AS rank
        FROM versions v JOIN latest USING (version)
        WHERE NOT v.deleted AND (v.problem IS NOT NULL OR ({string.Join(" AND ", Conditions())}))
        """;

    private IEnumerable<string> Order()
    {
        foreach (var sort in projection.Sort.Count > 0 ? projection.Sort : dataset.DefaultSort)
        {
            var column = dataset.Column(sort.Column);
            var way = sort.Descending ? "DESC NULLS FIRST" : "ASC NULLS FIRST";
            yield return $"{ValueOf(column)} {way}";
            if (CacheLayout.IsNumber(column)) yield return $"coalesce(v.{CacheLayout.QuotedRest(column)}, 0) {way}";
        }

        yield return "v.key";
        yield return "v.organization";
    }

    private List<string> Conditions()
    {
        var conditions = new List<string> { "true" };
        if (dataset.RecordFilter is { } only)
        {
            conditions.Add($"v.{CacheLayout.Quoted(CacheLayout.FilterColumn(only))} = ?");
            filterValues.Add(only.Value);
        }

        foreach (var filter in projection.Filters) conditions.AddRange(Conditions(filter));
        return conditions;
    }

    private IEnumerable<string> Conditions(RowFilter filter)
    {
        var column = dataset.Column(filter.Column);
        if (filter.In is { } wanted)
        {
            if (column.Type != ColumnType.Text)
                throw new ArgumentException($"{column.Heading} is not filtered by texts.");
            filterValues.AddRange(wanted);
            yield return wanted.Count == 0
                ? "false"
                : $"{ValueOf(column)} IN ({string.Join(", ", wanted.Select(_ => "?"))})";
        }

        if (filter.From is { } from)
        {
            filterValues.Add(Bound(column, from));
            yield return $"{ValueOf(column)} >= ?";
        }

        if (filter.Below is { } below)
        {
            filterValues.Add(Bound(column, below));
            yield return $"{ValueOf(column)} < ?";
        }
    }

    private static object Bound(Column column, DateOnly day) => column.Type switch
    {
        ColumnType.Date => day,
        ColumnType.Instant => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).Ticks,
        _ => throw new ArgumentException($"{column.Heading} is not filtered by dates."),
    };

    private static string ValueOf(Column column) => IsStored(column) ? $"v.{CacheLayout.Quoted(column)}" : "v.name";
}
