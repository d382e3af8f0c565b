using CountingKit.Datasets;
using CountingKit.Mirror;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

/// <summary>Every dataset under the least memory that the table of settings names.</summary>
[Trait("Speed", "Slow")]
public sealed class LeastMemory
{
    private const string Limit = "32 MB";

    public static TheoryData<string> Datasets => new(DatasetCatalogue.All.Select(dataset => dataset.Key));

    [Theory]
    [MemberData(nameof(Datasets))]
    public async Task Thirty_three_segments_are_staged_projected_in_any_order_and_compacted(string dataset)
    {
        const int records = 12_000, changed = 100;
        using var mirror = new MirrorUnderTest(memoryLimit: Limit);
        var source = mirror.Source with { Resource = DatasetCatalogue.Get(dataset).Resource };
        source.Should().Be(mirror.Source, "another resource's records need a maker of their own here");
        await mirror.Sync(full: true, [.. Enumerable.Range(0, records).Select(i => Record(i, 0))]);
        for (var run = 1; run <= 32; run++)
            await mirror.Sync(full: false, [.. Enumerable.Range(run * changed, changed).Select(i => Record(i % records, run))]);

        var columns = DatasetCatalogue.Get(dataset).Columns;
        var projection = new Projection(
            dataset, [new(source, "Acme", mirror.Segments)], [.. columns.Select(column => column.Key)], [], []);
        foreach (var sort in (string[])[columns[2].Key, DatasetCatalogue.Get(dataset).KeyColumn])
            (await mirror.Project(projection with { Sort = [new(sort, Descending: true)] })).Rows.Should().Be(records);
        var compacted = await mirror.Mirror.Compact(source, mirror.Segments, CancellationToken.None);

        compacted.Versions.Should().Be(records);
        mirror.Segments.Should().HaveCount(33);
    }

    private static string Record(int number, int run) => Invoice(
        number, number + (run / 100m),
        more: $",\"Reference\":\"Order {number * 7919 % 20011} of customer {number % 700}\",\"Status\":\"AUTHORISED\""
            + $",\"Contact\":{{\"ContactID\":\"{Id(number % 700)}\",\"Name\":\"Customer {number % 700}\"}}"
            + $",\"CurrencyRate\":1.07,\"Date\":\"2026-{1 + (number % 12):00}-{1 + (number % 28):00}\",\"SubTotal\":{number}.25");
}
