using CountingKit.Datasets;
using CountingKit.Mirror;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>What a projection asks of DuckDB: names come from the catalogue, values are parameters.</summary>
internal sealed class ProjectionSql
{
    private const int LongestName = 60;

    private readonly Dataset dataset;
    private readonly Projection projection;
    private readonly Column[] columns;
    private readonly ProjectionFilters filters;
    private readonly DatasetFiles[] files;
    private readonly List<int> organizationOfFile = [];

    /// <param name="filesOf">Index and typed rows of an organization's segments.</param>
    /// <exception cref="KeyNotFoundException">There is no such dataset or column.</exception>
    public ProjectionSql(Projection projection, Func<Source, IReadOnlyList<Segment>, CacheLayout, DatasetFiles> filesOf)
    {
        this.projection = projection;
        dataset = DatasetCatalogue.Get(projection.Dataset);
        columns = [.. projection.Columns.Select(dataset.Column)];
        Columns = [.. columns.Select(column => new SnapshotColumn(column.Key, column.Type))];
        filters = new(dataset, projection.Filters);
        Lookups = new(dataset, projection, filesOf);
        var layout = new CacheLayout(dataset);
        files = [.. projection.Organizations.Select(of => filesOf(of.Source, of.Segments, layout))];
        for (var i = 0; i < files.Length; i++)
            organizationOfFile.AddRange(Enumerable.Repeat(i, files[i].Rows.Caches.Count));
        SelectBucket = $"""
            SELECT p.file_index{string.Concat(columns.Where(column => column.Path != ColumnPaths.Organization).Select(column => $", {Selected(column)}"))}
            FROM {AllFiles} p
            JOIN (SELECT rowid AS rank, * FROM ranked WHERE rowid >= ? AND rowid < ?) r
            ON r.version = {LatestVersions.Number("p")} AND r.place = p.place ORDER BY r.rank
            """;
    }

    public IReadOnlyList<SnapshotColumn> Columns { get; }

    public LookupTables Lookups { get; }

    /// <summary>The indexes of the organizations' segments.</summary>
    public IReadOnlyList<SegmentFiles> Sources => [.. files.Select(of => of.Index)];

    public bool IsEmpty => organizationOfFile.Count == 0;

    public string CreateFiles =>
        "CREATE TEMP TABLE files AS SELECT * FROM (VALUES " +
        string.Join(", ", organizationOfFile.Select((organization, i) => $"({i}::BIGINT, {organization}, ?, ?)")) +
        ") AS t(file, organization, name, base)";

    /// <summary>Names and base currencies; none is a currency of no record.</summary>
    public IEnumerable<object> FileValues => organizationOfFile.Select(organization => projection.Organizations[organization])
        .SelectMany(organization => new object[] { organization.OrganizationName, organization.BaseCurrency ?? "" });

    /// <summary>Which records count, where not all of the segments do; null = all.</summary>
    public string? CreateWanted => IsAll ? null : "CREATE TEMP TABLE wanted AS SELECT * FROM (VALUES " +
        string.Join(", ", Wanted.Select(of => $"({of.Organization}, ?)")) + ") AS t(organization, key)";

    public IEnumerable<object> WantedValues => Wanted.Select(of => (object)of.Key);

    /// <summary>
    /// The rows in their order, by their version's number and their place in it, and how many bytes their texts have: a
    /// row's rank is its place in this table. What is looked up stands there, too: wide rows are joined with nothing else.
    /// </summary>
    public string CreateRanked => $"""
        CREATE TEMP TABLE ranked AS
        SELECT l.version, v.place, v.width{string.Concat(columns.Where(column => column.Lookup is not null)
            .Select(column => $", {ValueOf(column)} AS {LookedUp(column)}"))}{(columns.Any(column => column.Unrated is not null) ? ", f.base" : "")}
        FROM {Latest}
        WHERE v.place > 0 AND {filters.Condition} ORDER BY {string.Join(", ", Order())}
        """;

    public IReadOnlyList<object> FilterValues => filters.Values;

    /// <summary>By the exporter, beside what makes a record one of the dataset's.</summary>
    public bool IsFiltered => projection.Filters.Count > 0;

    /// <summary>How many rows there would be without the exporter's filters.</summary>
    public string CountUnfiltered => $"SELECT count(*) FROM {Latest} WHERE v.place > 0 AND {filters.ConditionOfDataset}";

    public IEnumerable<object> UnfilteredValues => filters.ValuesOfDataset;

    /// <summary>A query of the wide rows from one rank to below another.</summary>
    public string SelectBucket { get; }

    /// <summary>
    /// Records with values that can't be read, of those that are rows or would be if their filtered values could be
    /// read: key, name, which columns, whether it is a row.
    /// </summary>
    public string SelectUnreadable => $"""
        SELECT v.key, {NameOfRecord}, v.unreadable, coalesce({filters.Condition}, false), v.place FROM {Latest}
        WHERE v.unreadable IS NOT NULL AND {filters.ConditionIfReadable}
        ORDER BY v.key, f.organization, v.place
        """;

    public IEnumerable<object> UnreadableValues => filters.Values.Concat(filters.Values);

    /// <summary>
    /// What people call the records whose amounts in base currency are blank for want of a rate; a blank that is nothing leaves no
    /// total short. Null = the rows show no such amount.
    /// </summary>
    public string? SelectUnrated => columns.Any(column => column.Unrated is not null) ? $"""
        SELECT coalesce(min({NameOfRecord}), v.key) AS name FROM {Latest}
        WHERE v.place > 0 AND {filters.Condition} AND ({string.Join(" OR ", columns.Select(IsUnrated).OfType<string>())})
        GROUP BY f.organization, v.key ORDER BY name, v.key
        """ : null;

    /// <summary>Whether a value is of the record and not of an element of its list: all its rows lack it together.</summary>
    public bool IsOfWholeRecord(string column) => dataset.List is not { } list
        || dataset.Find(column)?.Path.Contains($"{list.Name}[]", StringComparison.Ordinal) != true;

    /// <summary>The cells of a record that the rows lack, or the values for which the rows lack the record.</summary>
    /// <param name="isRow">False = the record is left out.</param>
    /// <param name="place">0 = the list is none, so that it has no rows.</param>
    public IEnumerable<string> Lacking(string unreadable, bool isRow, int place) => place == 0 ? [dataset.List!.Name]
        : (isRow ? columns.Where(column => column.IsOfRecord) : filters.Columns)
        .Where(column => CacheLayout.PartsOf(column).Any(part => unreadable.Contains(CacheLayout.Marked(part), StringComparison.Ordinal)))
        .Select(column => column.Key).Distinct();

    public CellValue[] Cells(DuckDBDataReader row)
    {
        var name = projection.Organizations[organizationOfFile[(int)row.GetInt64(0)]].OrganizationName;
        var cells = new CellValue[columns.Length];
        var field = 1;
        for (var i = 0; i < columns.Length; i++)
            cells[i] = columns[i].Path != ColumnPaths.Organization ? StoredCell.Read(row, columns[i], ref field) : CellValue.Text(name);
        return cells;
    }

    /// <summary>Over <see cref="Latest"/>.</summary>
    public static string ValueOf(Column column) => column.IsOfRecord ? Value(column, "v", "f")
        : column.Lookup is { } lookup ? LookupTables.ValueOf(lookup) : "f.name";

    private string AllFiles => LatestVersions.Scan(files.SelectMany(of => of.Rows.Caches));

    // The version's number is the only link to the latest ones, so that files are always joined to their own rows
    // first: a second link by organization lets the optimizer pair every row with every other.
    private string Latest => $"""
        {AllFiles} v JOIN files f ON f.file = v.file_index JOIN latest l ON l.version = {LatestVersions.Number("v")}{
            (IsAll ? "" : " JOIN wanted w ON w.organization = f.organization AND w.key = v.key")}{Lookups.Joins}
        """;

    private bool IsAll => projection.Organizations.All(of => of.Records is null);

    /// <summary>A key that no record has stands for none.</summary>
    private IEnumerable<(int Organization, string Key)> Wanted => projection.Organizations.SelectMany((of, i) =>
        (of.Records is { Count: > 0 } some ? some : [""]).Select(key => (i, key)));

    private string NameOfRecord => dataset.NameColumn is { } name
        ? $"left(v.{CacheLayout.Quoted(dataset.Column(name))}, {LongestName})"
        : "NULL::VARCHAR";

    private static string Selected(Column column) => column.Lookup is not null ? $"r.{LookedUp(column)}"
        : CacheLayout.IsNumber(column) ? $"{Value(column, "p", "r")}, {Rest(column, "p", "r")}"
        : Value(column, "p", "r");

    /// <param name="scan">What the typed rows are called, and what <paramref name="organization"/>'s base currency stands in.</param>
    private static string Value(Column column, string scan, string organization) =>
        column.Tracked is { } tracked ? OptionOf(tracked, scan) : InBase(column, CacheLayout.Quoted, scan, organization);

    private static string OptionOf(TrackedOption tracked, string scan) => $"CASE {string.Join(' ', tracked.Places.Select(place =>
        $"WHEN lower({scan}.{CacheLayout.Quoted(place.Category)}) = {Sql.Text(tracked.Category)} THEN {scan}.{CacheLayout.Quoted(place.Option)}"))} END";

    private static string Rest(Column column, string scan, string organization) =>
        InBase(column, CacheLayout.QuotedRest, scan, organization);

    /// <summary>An amount of a record without a rate counts in base currency if that is its own.</summary>
    private static string InBase(Column column, Func<Column, string> part, string scan, string organization) =>
        column.Unrated is not { } unrated ? $"{scan}.{part(column)}"
        : $"coalesce({scan}.{part(column)}, CASE WHEN {scan}.{CacheLayout.Quoted(unrated.Currency)} = {organization}.base "
            + $"THEN {scan}.{part(unrated.Amount)} END)";

    private static string? IsUnrated(Column column) => column.Unrated is not { } unrated ? null
        : $"(v.{CacheLayout.Quoted(unrated.Amount)} <> 0 AND v.{CacheLayout.Quoted(unrated.Currency)} <> f.base)";

    private static string LookedUp(Column column) => Sql.Name($"looked up {column.Key}");

    private IEnumerable<string> Order()
    {
        foreach (var sort in projection.Sort.Count > 0 ? projection.Sort : dataset.DefaultSort)
        {
            var column = dataset.Column(sort.Column);
            var way = sort.Descending ? "DESC NULLS FIRST" : "ASC NULLS FIRST";
            yield return $"{ValueOf(column)} {way}";
            if (CacheLayout.IsNumber(column)) yield return $"coalesce({Rest(column, "v", "f")}, 0) {way}";
        }

        yield return "v.key";
        yield return "f.organization";
        yield return "v.place";
    }
}
