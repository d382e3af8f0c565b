using CountingKit.Datasets;
using CsCheck;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

[Trait("Speed", "Slow")]
public sealed class Histories
{
    [Fact]
    public async Task Thirty_three_segments_make_one_base_with_the_same_rows()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, [.. Enumerable.Range(0, 40).Select(i => Invoice(i))]);
        for (var i = 1; i < 32; i++) await mirror.Sync(full: false, Invoice(i, total: 100 + i), Invoice(i / 2, total: i));
        await mirror.Sync(full: true, [Invoice(0), .. Enumerable.Range(10, 20).Select(i => Invoice(i, total: i))]);
        mirror.Segments.Select(segment => segment.Hash).Should().HaveCount(33).And.OnlyHaveUniqueItems();
        var before = await mirror.Project(mirror.Projection("invoiceId", "total"));

        var whole = await mirror.Mirror.Compact(mirror.Source, mirror.Segments, CancellationToken.None);
        var after = await mirror.Project(
            mirror.Projection("invoiceId", "total") with { Organizations = [new(mirror.Source, "Acme", [whole])] });

        whole.Should().BeEquivalentTo(new { IsBase = true, Sequence = 33, Versions = 40 });
        after.Should().BeEquivalentTo(before);
        mirror.Files("segment").Should().HaveCount(34, "the old ones stay until retention");
        (await mirror.Mirror.Compact(mirror.Source, mirror.Segments, CancellationToken.None)).Should().Be(whole);
    }

    [Fact]
    public async Task After_a_base_syncs_go_on_as_if_nothing_had_happened()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2), Invoice(3));
        await mirror.Sync(full: true, Invoice(1), Invoice(2, total: 2));
        mirror.Segments.Add(await mirror.Mirror.Compact(mirror.Source, mirror.Segments, CancellationToken.None));

        var same = await mirror.Sync(full: true, Invoice(1), Invoice(2, total: 2));
        var next = await mirror.Sync(full: false, Invoice(2, total: 3), Invoice(3));

        same.Segment.Should().BeNull();
        next.Should().BeEquivalentTo(new { Added = 1, Changed = 1 });
        (await mirror.Rows(mirror.Projection("total"))).Select(row => row[0].AsNumber).Should().Equal(1, 3, 1);
    }

    [Fact]
    public async Task A_base_of_the_same_records_as_the_last_segment_stands_for_it()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2));
        await mirror.Sync(full: true, Invoice(1, total: 5));
        mirror.Segments.Add(await mirror.Mirror.Compact(mirror.Source, mirror.Segments, CancellationToken.None));

        mirror.Segments.Select(segment => segment.Hash).Should().OnlyHaveUniqueItems();
        (await mirror.Rows(mirror.Projection("total"))).Should().ContainSingle().Which[0].AsNumber.Should().Be(5);
    }

    /// <summary>Random syncs, full and incremental, with a base in between, against a fold over a dictionary.</summary>
    [Fact]
    public async Task Any_history_gives_the_rows_that_a_plain_fold_gives()
    {
        var record = Gen.Select(Gen.Int[0, 12], Gen.Int[0, 3], Gen.Bool);
        var step = Gen.Select(Gen.Bool, Gen.Int[0, 9], record.Array[0, 12]);

        await step.Array[1, 6].SampleAsync(
            async history =>
            {
                using var mirror = new MirrorUnderTest();
                var fold = new SortedDictionary<int, (int Total, bool Bill)>();
                foreach (var (full, compact, records) in history)
                {
                    await mirror.Sync(full, [.. records.Select(r => Invoice(r.Item1, r.Item2, r.Item3 ? "ACCPAY" : "ACCREC"))]);
                    if (full) fold.Clear();
                    foreach (var (id, total, bill) in records) fold[id] = (total, bill);
                    if (compact == 0 && mirror.Segments.Count > 0)
                        mirror.Segments.Add(await mirror.Mirror.Compact(mirror.Source, mirror.Segments, CancellationToken.None));
                }

                var sort = new SortBy[] { new("invoiceId", Descending: true) };
                var rows = await mirror.Rows(mirror.Projection("invoiceId", "total") with { Sort = sort });
                rows.Select(row => (row[0].AsText, row[1].AsNumber)).Should().Equal(
                    fold.Where(pair => !pair.Value.Bill).Reverse().Select(pair => (Id(pair.Key), (decimal)pair.Value.Total)));
            },
            iter: 25, threads: 1);
    }
}
