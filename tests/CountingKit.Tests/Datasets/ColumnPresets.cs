using CountingKit.Datasets;

namespace CountingKit.Tests.Datasets;

public sealed class ColumnPresets
{
    [Fact]
    public void Accountants_get_codes_tax_rates_references_and_base_amounts_beside_what_all_need()
    {
        Beside("invoices", null).Should().Equal(
            "statusCode", "fullyPaidOn", "currencyRate", "lineAmounts", "totalDiscount", "amountCredited", "subTotalBase", "totalTaxBase",
            "contactAccountNumber");
        Beside("billLines", null).Should().Equal(
            "dueDate", "statusCode", "currencyRate", "lineAmounts", "itemCode", "taxType", "taxRateName", "lineAmount",
            "lineAmountBase", "taxAmountBase", "grossAmountBase");
    }

    [Fact]
    public void The_construction_industry_scheme_is_for_organizations_of_the_United_Kingdom()
    {
        Beside("invoices", "GB").Should().Contain(["cisDeduction", "cisRate"]);
        Beside("bills", "NZ").Should().NotContain("cisDeduction");
        In("bills", ColumnPreset.Everything, "NZ").Should().HaveCount(DatasetCatalogue.Get("bills").Columns.Count - 2);
        In("bills", ColumnPreset.Everything, "GB").Should().HaveSameCount(DatasetCatalogue.Get("bills").Columns);
    }

    [Fact]
    public void Each_preset_has_the_columns_of_the_one_before_and_the_column_that_identifies_rows()
    {
        foreach (var dataset in DatasetCatalogue.All)
        {
            var sets = Enum.GetValues<ColumnPreset>().Select(preset => In(dataset.Key, preset, "GB")).ToList();
            sets[0].Should().Contain(dataset.KeyColumn).And.BeSubsetOf(sets[1]);
            sets[1].Should().BeSubsetOf(sets[2]);
        }
    }

    private static IEnumerable<string> Beside(string dataset, string? country) =>
        In(dataset, ColumnPreset.Accountant, country).Except(In(dataset, ColumnPreset.Essential, country));

    private static List<string> In(string dataset, ColumnPreset preset, string? country) =>
        [.. DatasetCatalogue.Get(dataset).Columns.Where(column => column.IsIn(preset, country)).Select(column => column.Key)];
}
