using CountingKit.Datasets;

namespace CountingKit.Tests.Datasets;

public sealed class TrackingColumns
{
    private static readonly Guid Region = new("11111111-aaaa-4000-8000-000000000001");
    private static readonly Guid Old = new("22222222-bbbb-4000-8000-000000000002");

    [Fact]
    public void Each_dataset_whose_lines_are_tracked_may_have_a_column_per_category_and_no_other()
    {
        DatasetCatalogue.All.Where(dataset => dataset.Tracking is not null).Select(dataset => dataset.Key).Should().BeEquivalentTo(
            "invoiceLines", "billLines", "bankTransactionLines", "purchaseOrderLines", "manualJournals");
        DatasetCatalogue.All.Where(dataset => dataset.Columns.Any(column => column.Key == "tracking1Option"))
            .Should().OnlyContain(dataset => dataset.Tracking != null);
        DatasetCatalogue.Get("invoices").Find(TrackingColumn.KeyOf(Region)).Should().BeNull();
    }

    [Theory]
    [InlineData("tracking.11111111-aaaa-4000-8000-000000000001", true)]
    [InlineData("tracking.11111111-AAAA-4000-8000-000000000001", false)]
    [InlineData("tracking.11111111aaaa40008000000000000001", false)]
    [InlineData("Tracking.11111111-aaaa-4000-8000-000000000001", false)]
    [InlineData("tracking.", false)]
    [InlineData("tracking.' OR 1=1", false)]
    public void A_column_is_made_from_its_key_alone_and_one_category_has_one_key(string key, bool isOne)
    {
        var column = DatasetCatalogue.Get("invoiceLines").Find(key);

        (column is not null).Should().Be(isOne);
        if (column is not null)
            (column.Heading, column.Path).Should().Be(
                ("Tracking Category", "LineItems[].Tracking[TrackingCategoryID=11111111-aaaa-4000-8000-000000000001].Option"));
    }

    [Fact]
    public void Categories_are_offered_by_name_instead_of_their_places_and_active_ones_are_suggested()
    {
        var dataset = DatasetCatalogue.Get("invoiceLines");

        var offered = dataset.Offered([new(Region, "Region", true), new(Old, "status", false), new(Guid.Empty, "\u200b", true)]);

        offered.SkipWhile(column => column.Key != "grossAmountBase").Skip(1).Take(4).Select(column => (column.Heading, column.IsDefault))
            .Should().Equal(("Region", true), ("status (2)", false), ("Tracking Category", true), ("Tracking 1 Name", false));
        offered.Where(column => column.Key.StartsWith("tracking1", StringComparison.Ordinal)).Should().OnlyContain(column => !column.IsDefault);
        dataset.Offered([]).Should().BeSameAs(dataset.Columns);
    }

    [Fact]
    public void Which_categories_there_are_is_read_where_one_has_a_column()
    {
        var dataset = DatasetCatalogue.Get("invoiceLines");

        DatasetCatalogue.ResourcesOf(dataset, [TrackingColumn.KeyOf(Region), TrackingColumn.KeyOf(Old), "lineId"]).Select(resource => resource.Name)
            .Should().Equal("Invoices", "TrackingCategories");
        DatasetCatalogue.ResourcesOf(dataset, ["tracking1Option", "lineId"]).Select(resource => resource.Name).Should().Equal("Invoices");
    }
}
