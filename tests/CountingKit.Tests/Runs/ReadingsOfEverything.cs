using CountingKit.Datasets;
using CountingKit.Tests.Mirror;

namespace CountingKit.Tests.Runs;

/// <summary>Lists of which Xero tells no changes, or not those that matter, are read whole each time.</summary>
[Trait("Speed", "Slow")]
public sealed class ReadingsOfEverything
{
    private static readonly string[] Whole =
        ["BankTransfers", "Currencies", "Items", "Organisations", "RepeatingInvoices", "TaxRates", "TrackingCategories"];

    public static TheoryData<string> Resources => new(
        DatasetCatalogue.All.Where(dataset => dataset.Report is null).Select(dataset => dataset.Resource.Name).Distinct());

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task What_changed_is_asked_for_only_where_it_is_told(string resource)
    {
        await using var house = new SyncHouse();
        var of = SyncHouse.Invoices with { Resource = resource };
        var record = $$"""{"{{DatasetCatalogue.ResourceOf(resource).Key}}":"a"}""";
        house.Pages = _ => Task.FromResult(MirrorUnderTest.Pages([record], resource).ToBlockingEnumerable());

        await house.BringUpToDate(of: of);
        await house.BringUpToDate(of: of);

        house.Asked.Select(since => since is null).Should().Equal(true, Whole.Contains(resource));
    }
}
