namespace CountingKit.Adapters.Mirror;

/// <summary>
/// A version's number is the place of its file among its organization's files (later files win), then its place in the
/// file: the greatest number of a key is its latest version.
/// </summary>
internal static class LatestVersions
{
    /// <summary>A query of all versions in these files, with their numbers.</summary>
    public static string All(IReadOnlyList<string> caches, string columns = "p.deleted, p.hash") =>
        string.Join(" UNION ALL ", caches.Select((path, place) =>
            $"SELECT p.key, (({place}::BIGINT << 40) | p.ordinal) AS version, {columns} " +
            $"FROM read_parquet({Sql.Text(path)}) p"));

    /// <summary>A query of the numbers of the latest ones, deleted records too.</summary>
    public static string Of(IReadOnlyList<string> caches) =>
        $"SELECT max(version) AS version FROM ({All(caches)}) GROUP BY key";
}
