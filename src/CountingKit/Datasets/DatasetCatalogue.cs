namespace CountingKit.Datasets;

/// <summary>Everything that can be exported.</summary>
public static class DatasetCatalogue
{
    /// <summary>As people are offered them.</summary>
    public static IReadOnlyList<DatasetGroup> Groups { get; } =
    [
        new("Sales",
        [
            SalesInvoices.Dataset,
            InvoiceLines.Dataset,
            CreditNotes.Dataset,
            Quotes.Dataset,
            RepeatingInvoices.Dataset,
        ]),
        new("Purchases",
        [
            Bills.Dataset,
            BillLines.Dataset,
            PurchaseOrders.Dataset,
            PurchaseOrderLines.Dataset,
        ]),
        new("Payments and bank",
        [
            Payments.Dataset,
            Overpayments.Dataset,
            Prepayments.Dataset,
            BankTransactions.Dataset,
            BankTransactionLines.Dataset,
            BankTransfers.Dataset,
        ]),
        new("Contacts and items",
        [
            Contacts.Dataset,
            Items.Dataset,
        ]),
        new("Accounting",
        [
            ManualJournals.Dataset,
            Accounts.Dataset,
            TaxRates.Dataset,
            TrackingCategories.Dataset,
            Currencies.Dataset,
            OrganizationDetails.Dataset,
        ]),
        new("Reports",
        [
            ProfitAndLoss.Dataset,
            BalanceSheet.Dataset,
            TrialBalance.Dataset,
            BankSummary.Dataset,
            ExecutiveSummary.Dataset,
            BudgetSummary.Dataset,
        ]),
    ];

    public static IReadOnlyList<Dataset> All { get; } = [.. Groups.SelectMany(group => group.Datasets)];

    /// <returns>Null = there is no such dataset.</returns>
    public static Dataset? Find(string key) => All.FirstOrDefault(dataset => dataset.Key == key);

    /// <exception cref="KeyNotFoundException">There is no such dataset.</exception>
    public static Dataset Get(string key) => Find(key) ?? throw new KeyNotFoundException($"There is no dataset {key}.");

    /// <summary>The datasets that are made from one of the source's resources.</summary>
    public static IEnumerable<Dataset> MadeFrom(string resource) =>
        All.Where(dataset => dataset.Resources.Any(one => one.Name == resource));

    /// <summary>
    /// The resource that a dataset is made from and, behind it, those that these of its columns look something up in; of columns of
    /// tracking categories, the one that tells which there are.
    /// </summary>
    /// <param name="options">Of a report; null = as usual.</param>
    public static IReadOnlyList<Resource> ResourcesOf(
        Dataset dataset, IReadOnlyCollection<string> columns, ReportOptions? options = null) =>
    [
        dataset.ResourceFor(options),
        .. dataset.Columns.IntersectBy(columns, column => column.Key).Select(column => column.Lookup).OfType<Lookup>()
            .Select(lookup => Get(lookup.Dataset).Resource)
            .Concat(columns.Any(column => dataset.Find(column)?.Tracked is not null) ? [TrackingCategories.Dataset.Resource] : []).Distinct(),
    ];

    /// <returns>Null = no dataset is made from it.</returns>
    public static Resource? FindResource(string name) =>
        All.SelectMany(dataset => dataset.Resources).FirstOrDefault(resource => resource.Name == name);

    /// <exception cref="KeyNotFoundException">No dataset is made from it.</exception>
    public static Resource ResourceOf(string name) =>
        FindResource(name) ?? throw new KeyNotFoundException($"No dataset is made from {name}.");
}

/// <param name="Title">As people call it: Sales.</param>
public sealed record DatasetGroup(string Title, IReadOnlyList<Dataset> Datasets);
