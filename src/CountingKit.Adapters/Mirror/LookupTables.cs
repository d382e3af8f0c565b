using CountingKit.Datasets;
using CountingKit.Mirror;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// What a projection looks up in other datasets: per way of finding a record there, a temporary table of organization, id and
/// text. Where several records bear the same id, active ones come first, then texts in their order.
/// </summary>
internal sealed class LookupTables
{
    private readonly List<Table> tables = [];

    /// <param name="filesOf">Index and typed rows of some segments.</param>
    public LookupTables(
        Dataset dataset, Projection projection, Func<Source, IReadOnlyList<Segment>, CacheLayout, DatasetFiles> filesOf)
    {
        var used = projection.Columns.Concat(projection.Filters.Select(filter => filter.Column))
            .Concat(projection.Sort.Select(sort => sort.Column));
        foreach (var lookup in dataset.Columns.IntersectBy(used, column => column.Key).Select(column => column.Lookup).OfType<Lookup>())
        {
            var other = DatasetCatalogue.Get(lookup.Dataset);
            var layout = new CacheLayout(other);
            List<DatasetFiles?> files =
            [
                .. projection.Organizations.Select(of => of.Lookups?.GetValueOrDefault(other.Resource.Name) is { Count: > 0 } segments
                    ? filesOf(of.Source with { Resource = other.Resource.Name }, segments, layout) : null),
            ];
            foreach (var (here, there) in lookup.By)
                tables.Add(new(
                    NameOf(lookup, here), CacheLayout.Quoted(dataset.Column(here)), CacheLayout.Quoted(other.Column(there)),
                    CacheLayout.Quoted(other.Column(lookup.Column)), CacheLayout.Quoted(other.Column("status")), files));
        }
    }

    /// <summary>Behind a scan that is called <c>v</c> and its files <c>f</c>.</summary>
    public string Joins => string.Concat(tables.Select(table =>
        $" LEFT JOIN {table.Name} ON {table.Name}.organization = f.organization AND {table.Name}.id = lower(v.{table.Here})"));

    public static string ValueOf(Lookup lookup) =>
        $"coalesce({string.Join(", ", lookup.By.Select(by => $"{NameOf(lookup, by.Here)}.value"))})";

    public void Make(DuckDBConnection connection, CancellationToken ct)
    {
        foreach (var table in tables)
        {
            connection.Execute($"CREATE TEMP TABLE {table.Name} (organization INTEGER, id VARCHAR, value VARCHAR)");
            for (var organization = 0; organization < table.Files.Count; organization++)
            {
                if (table.Files[organization] is not { } files) continue;
                connection.Execute("DROP TABLE IF EXISTS looked_up");
                LatestVersions.Make(connection, "looked_up", [], [files.Index], ct);
                connection.Execute($"""
                    INSERT INTO {table.Name} SELECT {organization}, lower(r.{table.There}),
                        coalesce(min(r.{table.Value}) FILTER (WHERE r.{table.Status} = 'ACTIVE'), min(r.{table.Value}))
                    FROM {LatestVersions.Scan(files.Rows.Caches)} r JOIN looked_up l ON l.version = {LatestVersions.Number("r")}
                    WHERE r.{table.There} IS NOT NULL GROUP BY lower(r.{table.There})
                    """);
            }
        }
    }

    private static string NameOf(Lookup lookup, string here) => Sql.Name($"{lookup.Dataset} {lookup.Column} by {here}");

    private sealed record Table(string Name, string Here, string There, string Value, string Status, IReadOnlyList<DatasetFiles?> Files);
}
