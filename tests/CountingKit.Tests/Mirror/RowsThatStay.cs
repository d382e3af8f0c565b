using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Tests.Mirror;

/// <summary>Which of the rows that stay keep their order: as many as can.</summary>
public sealed class RowsThatStay
{
    private static readonly SnapshotColumn Id = new("invoiceId", ColumnType.Text);
    private static readonly SnapshotColumn Total = new("total", ColumnType.Money);

    [Fact]
    public void Those_that_only_shift_all_stay() =>
        RowRun.Rising([new(0, 0, 5), new(6, 5, 10), new(16, 17, 2)]).Should().Equal(new RowRun(0, 0, 5), new RowRun(6, 5, 10), new RowRun(16, 17, 2));

    [Fact]
    public void Of_two_that_changed_places_the_longer_stays() =>
        RowRun.Rising([new(3, 0, 40), new(0, 40, 3), new(43, 43, 7)]).Should().Equal(new RowRun(3, 0, 40), new RowRun(43, 43, 7));

    [Fact]
    public void One_that_moved_down_past_many_is_left_out() =>
        RowRun.Rising([new(0, 0, 2), new(3, 2, 90), new(2, 92, 1), new(93, 93, 4)]).Should().Equal(new RowRun(0, 0, 2), new RowRun(3, 2, 90), new RowRun(93, 93, 4));

    [Fact]
    public void Of_none_none_stays() => RowRun.Rising([]).Should().BeEmpty();

    [Fact]
    public async Task They_are_told_as_runs_of_neighbors_of_both_snapshots()
    {
        using var mirror = new MirrorUnderTest();
        var before = mirror.Keep([Id, Total], [Row("a", 1), Row("b", 2), Row("c", 3), Row("d", 4), Row("e", 5), Row("f", 6)]);
        var after = mirror.Keep([Id, Total], [Row("new", 0), Row("a", 1), Row("b", 2), Row("c", 30), Row("e", 5), Row("f", 6), Row("d", 4)]);

        (await Kept(mirror, before, after, 4)).Should().Equal(new RowRun(0, 1, 2), new RowRun(4, 4, 2), new RowRun(3, 6, 1));
        (await Kept(mirror, before, after, 2)).Should().BeNull("there are three");
        (await Kept(mirror, before, before, 1)).Should().Equal(new RowRun(0, 0, 6));
        mirror.OpenConnections.Should().Be(0);
    }

    [Fact]
    public async Task Rows_of_one_key_are_told_apart_and_nothing_is_told_twice()
    {
        using var mirror = new MirrorUnderTest();
        var random = new Random(5);
        for (var round = 0; round < 30; round++)
        {
            List<CellValue[]> before = Some(), after = Some();

            var kept = (await Kept(mirror, mirror.Keep([Id, Total], [.. before]), mirror.Keep([Id, Total], [.. after]), 1_000))!;

            foreach (var run in kept)
                for (var i = 0; i < run.Count; i++)
                    after[(int)run.After + i].Should().Equal(before[(int)run.Before + i]);
            kept.SelectMany(run => Places(run.Before, run.Count)).Should().OnlyHaveUniqueItems();
            kept.SelectMany(run => Places(run.After, run.Count)).Should().OnlyHaveUniqueItems().And.BeInAscendingOrder();
            kept.Zip(kept.Skip(1)).Should().NotContain(
                pair => pair.First.Before + pair.First.Count == pair.Second.Before && pair.First.After + pair.First.Count == pair.Second.After,
                "neighbors are one run");
        }

        List<CellValue[]> Some() => [.. Enumerable.Range(0, random.Next(40)).Select(_ => Row($"{random.Next(12)}", random.Next(3)))];
        static IEnumerable<long> Places(long first, long count) => Enumerable.Range(0, (int)count).Select(i => first + i);
    }

    private static Task<IReadOnlyList<RowRun>?> Kept(MirrorUnderTest mirror, Snapshot before, Snapshot after, int most) =>
        mirror.Mirror.KeptRows(before, after, "invoiceId", most, CancellationToken.None);

    private static CellValue[] Row(string id, decimal total) => [CellValue.Text(id), CellValue.Number(total)];

    /// <summary>Against every subset of a few.</summary>
    [Fact]
    public void No_other_choice_has_more_rows()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            long after = 0;
            var lengths = Enumerable.Range(0, random.Next(9)).Select(_ => random.Next(1, 6)).ToList();
            var places = lengths.Select((length, i) => (Start: 100 * random.Next(8) + i, length)).ToList();
            var runs = places.Select(p => { var run = new RowRun(p.Start, after, p.length); after += p.length; return run; }).ToList();

            var chosen = RowRun.Rising(runs);

            chosen.Should().BeInAscendingOrder(run => run.Before).And.BeInAscendingOrder(run => run.After).And.BeSubsetOf(runs);
            chosen.Sum(run => run.Count).Should().Be(Subsets(runs).Where(IsRising).Max(some => some.Sum(run => run.Count)));
        }

        static bool IsRising(List<RowRun> some) => some.Zip(some.Skip(1)).All(pair => pair.First.Before < pair.Second.Before);
        static IEnumerable<List<RowRun>> Subsets(List<RowRun> runs) => Enumerable.Range(0, 1 << runs.Count)
            .Select(bits => runs.Where((_, i) => (bits >> i & 1) == 1).ToList());
    }
}
