using CountingKit.Datasets;
using CountingKit.Mirror;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

/// <summary>The widest datasets of each kind under the least memory that the table of settings names.</summary>
[Trait("Speed", "Slow")]
public sealed class LeastMemory
{
    private const string Limit = "32 MB";

    [Theory]
    [InlineData("invoices")]
    [InlineData("invoiceLines")]
    [InlineData("contacts")]
    public async Task Thirty_three_segments_are_staged_projected_in_any_order_and_compacted(string dataset)
    {
        const int records = 12_000, changed = 100;
        var resource = DatasetCatalogue.Get(dataset).Resource.Name;
        Func<int, int, string> record = resource == "Invoices" ? OfInvoice : OfContact;
        using var mirror = new MirrorUnderTest(memoryLimit: Limit, resource: resource);
        var source = mirror.Source;
        await mirror.Sync(full: true, [.. Enumerable.Range(0, records).Select(i => record(i, 0))]);
        for (var run = 1; run <= 32; run++)
            await mirror.Sync(full: false, [.. Enumerable.Range(run * changed, changed).Select(i => record(i % records, run))]);

        var columns = DatasetCatalogue.Get(dataset).Columns;
        var projection = new Projection(
            dataset, [new(source, "Acme", mirror.Segments)], [.. columns.Select(column => column.Key)], [], []);
        foreach (var sort in (string[])[columns[2].Key, DatasetCatalogue.Get(dataset).KeyColumn])
            (await mirror.Project(projection with { Sort = [new(sort, Descending: true)] })).Rows
                .Should().Be(DatasetCatalogue.Get(dataset).List is null ? records : 2 * records);
        var filtered = await mirror.Mirror.Project(
            projection with { Filters = [new("status", In: ["AUTHORISED", "ACTIVE"])] }, CancellationToken.None);
        filtered.LeftOut.Should().Be(0);
        var compacted = await mirror.Mirror.Compact(source, mirror.Segments, CancellationToken.None);

        compacted.Versions.Should().Be(records);
        mirror.Segments.Should().HaveCount(33);
    }

    private static string OfContact(int number, int run) =>
        $$"""
        {"ContactID":"{{Id(number)}}","Name":"Customer {{number * 7919 % 20011}}","ContactStatus":"ACTIVE","IsCustomer":true,
         "EmailAddress":"accounts{{number}}@example.com","Discount":{{run}}.5,
         "Phones":[{"PhoneType":"DEFAULT","PhoneNumber":"555 {{number}}"}],"ContactGroups":[{"Name":"Group {{number % 7}}"}],
         "Addresses":[{"AddressType":"POBOX","AddressLine1":"{{number}} High Street","City":"Springfield"}]}
        """;

    private static string OfInvoice(int number, int run) => Invoice(
        number, number + (run / 100m),
        more: $",\"Reference\":\"Order {number * 7919 % 20011} of customer {number % 700}\",\"Status\":\"AUTHORISED\""
            + $",\"Contact\":{{\"ContactID\":\"{Id(number % 700)}\",\"Name\":\"Customer {number % 700}\"}}"
            + $",\"LineItems\":[{{\"Description\":\"Line one of {number}\",\"LineAmount\":{run}}},{{\"LineItemID\":\"{number}\"}}]"
            + $",\"CurrencyRate\":1.07,\"Date\":\"2026-{1 + (number % 12):00}-{1 + (number % 28):00}\",\"SubTotal\":{number}.25");
}
