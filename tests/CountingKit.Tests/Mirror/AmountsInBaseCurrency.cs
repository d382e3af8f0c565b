using CountingKit.Datasets;
using CountingKit.Mirror;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

/// <summary>Amounts in the organization's base currency of records to which Xero gives no rate.</summary>
public sealed class AmountsInBaseCurrency
{
    [Fact]
    public async Task By_the_records_rate_else_the_amount_itself_where_it_is_in_base_currency_else_blank()
    {
        using var mirror = await Synced();

        (await Totals(mirror, "GBP")).Should().Equal("1 50", "2 7.25", "3 ", "4 12345678901234567890.123", "5 ", "6 0");
        (await Totals(mirror, "EUR")).Should().Equal("1 50", "2 ", "3 9", "4 ", "5 ", "6 0");
        (await Totals(mirror, null)).Should().Equal(["1 50", "2 ", "3 ", "4 ", "5 ", "6 0"], "nobody asked Xero for it yet");
    }

    [Fact]
    public async Task Rows_are_sorted_by_what_stands_in_the_cell()
    {
        using var mirror = await Synced();

        (await Totals(mirror, "GBP", [new("totalBase", Descending: true)])).Should().Equal(
            "3 ", "5 ", "4 12345678901234567890.123", "1 50", "2 7.25", "6 0");
    }

    [Theory]
    [InlineData("GBP", "totalBase", "INV-3")]
    [InlineData("EUR", "totalBase", "INV-2,INV-4")]
    [InlineData(null, "totalBase", "INV-2,INV-3,INV-4")]
    [InlineData("GBP", "amountDueBase", "")]
    [InlineData("GBP", "total", "")]
    public async Task Records_whose_amount_no_total_counts_are_named(string? baseCurrency, string column, string names)
    {
        using var mirror = await Synced();
        await mirror.Sync(full: false, Invoice(7, 0, more: ",\"CurrencyCode\":\"USD\""));

        var made = await mirror.Mirror.Project(
            new Projection("invoices", [new(mirror.Source, "Acme", mirror.Segments, BaseCurrency: baseCurrency)], [column], [], []), default);

        string.Join(",", made.Unrated?.First ?? []).Should().Be(names);
        (made.Unrated?.Count ?? 0).Should().Be(names.Split(',', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_record_is_named_once_however_many_lines_it_has_and_only_where_it_is_a_row()
    {
        using var mirror = new MirrorUnderTest();
        const string lines = ",\"CurrencyCode\":\"USD\",\"LineAmountTypes\":\"NoTax\",\"LineItems\":[{\"LineAmount\":1},{\"LineAmount\":2}]";
        await mirror.Sync(full: true, [.. Enumerable.Range(1, 25).Select(number => Invoice(
            number, more: $"{lines},\"Status\":\"{(number == 1 ? "DRAFT" : "PAID")}\""))]);

        var made = await mirror.Mirror.Project(
            new Projection(
                "invoiceLines", [new(mirror.Source, "Acme", mirror.Segments, BaseCurrency: "GBP")], ["netAmountBase"],
                [new("status", In: ["PAID"])], []), default);

        (made.Unrated!.Count, made.Unrated.First.Count).Should().Be((24, UnratedRecords.MostNamed));
        made.Unrated.First.Should().OnlyHaveUniqueItems().And.NotContain("INV-1").And.Contain("INV-2");
    }

    private static async Task<MirrorUnderTest> Synced()
    {
        var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true,
            Invoice(1, 100, more: ",\"CurrencyCode\":\"EUR\",\"CurrencyRate\":2"),
            Invoice(2, 7.25m, more: ",\"CurrencyCode\":\"GBP\",\"CurrencyRate\":null"),
            Invoice(3, 9, more: ",\"CurrencyCode\":\"EUR\""),
            Invoice(4, 12_345_678_901_234_567_890.123m, more: ",\"CurrencyCode\":\"GBP\""),
            Invoice(5, 3, more: ",\"CurrencyCode\":\"GBP\",\"CurrencyRate\":\"a lot\""),
            Invoice(6, 0, more: ",\"CurrencyCode\":\"GBP\",\"CurrencyRate\":1"));
        return mirror;
    }

    private static async Task<List<string>> Totals(MirrorUnderTest mirror, string? baseCurrency, IReadOnlyList<SortBy>? sort = null)
    {
        var rows = await mirror.Rows(new Projection(
            "invoices", [new(mirror.Source, "Acme", mirror.Segments, BaseCurrency: baseCurrency)], ["invoiceNumber", "totalBase"], [],
            sort ?? [new("invoiceNumber")]));
        return [.. rows.Select(row => $"{row[0].AsText[4..]} {(row[1].IsNull ? "" : row[1].AsNumber.ToString(System.Globalization.CultureInfo.InvariantCulture))}")];
    }
}
