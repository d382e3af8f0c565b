namespace CountingKit.Datasets;

/// <summary>Everything that can be exported.</summary>
public static class DatasetCatalogue
{
    /// <summary>
    /// Raise it with every change of a column's path, type or formula, or of how values are read: what was computed from records under another
    /// version is computed again.
    /// </summary>
    public const int Version = 2;

    /// <summary>In the order in which people are offered them.</summary>
    public static IReadOnlyList<Dataset> All { get; } = [SalesInvoices.Dataset];

    /// <returns>Null = there is no such dataset.</returns>
    public static Dataset? Find(string key) => All.FirstOrDefault(dataset => dataset.Key == key);

    /// <exception cref="KeyNotFoundException">There is no such dataset.</exception>
    public static Dataset Get(string key) => Find(key) ?? throw new KeyNotFoundException($"There is no dataset {key}.");

    /// <summary>The datasets that are made from one of the source's resources.</summary>
    public static IEnumerable<Dataset> MadeFrom(string resource) => All.Where(dataset => dataset.Resource == resource);
}
