namespace CountingKit.Datasets;

/// <summary>Everything that can be exported.</summary>
public static class DatasetCatalogue
{
    /// <summary>In the order in which people are offered them.</summary>
    public static IReadOnlyList<Dataset> All { get; } = [SalesInvoices.Dataset, Contacts.Dataset];

    /// <returns>Null = there is no such dataset.</returns>
    public static Dataset? Find(string key) => All.FirstOrDefault(dataset => dataset.Key == key);

    /// <exception cref="KeyNotFoundException">There is no such dataset.</exception>
    public static Dataset Get(string key) => Find(key) ?? throw new KeyNotFoundException($"There is no dataset {key}.");

    /// <summary>The datasets that are made from one of the source's resources.</summary>
    public static IEnumerable<Dataset> MadeFrom(string resource) => All.Where(dataset => dataset.Resource.Name == resource);

    /// <exception cref="KeyNotFoundException">No dataset is made from it.</exception>
    public static Resource ResourceOf(string name) =>
        MadeFrom(name).FirstOrDefault()?.Resource ?? throw new KeyNotFoundException($"No dataset is made from {name}.");
}
