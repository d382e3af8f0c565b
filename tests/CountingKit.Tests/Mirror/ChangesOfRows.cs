using System.Globalization;
using CountingKit.Datasets;
using CountingKit.Mirror;
using CsCheck;

namespace CountingKit.Tests.Mirror;

/// <summary>Which rows differ between two snapshots, and how each was before.</summary>
public sealed class ChangesOfRows
{
    private static readonly SnapshotColumn Id = new("invoiceId", ColumnType.Text);
    private static readonly SnapshotColumn Total = new("total", ColumnType.Money);
    private static readonly SnapshotColumn Reference = new("reference", ColumnType.Text);

    [Fact]
    public async Task They_come_in_the_order_of_the_later_one_and_then_what_was_removed()
    {
        using var mirror = new MirrorUnderTest();
        var before = mirror.Keep([Id, Total], Row("a", 1), Row("b", 2), Row("c", 3), Row("d", 4));
        var after = mirror.Keep([Id, Total], Row("e", 5), Row("d", 40), Row("b", 2), Row("c", 30));

        var changes = await mirror.Changes(before, after);

        Told(changes).Should().Equal("+ e 5", "d 4 → 40", "c 3 → 30", "- a 1");
        mirror.OpenConnections.Should().Be(0);
    }

    [Theory]
    [InlineData(RowChanges.Added, "+ e 5")]
    [InlineData(RowChanges.Changed, "d 4 → 40")]
    [InlineData(RowChanges.Removed, "- a 1")]
    public async Task Only_what_is_wanted_is_given(RowChanges wanted, string told)
    {
        using var mirror = new MirrorUnderTest();
        var before = mirror.Keep([Id, Total], Row("a", 1), Row("d", 4));
        var after = mirror.Keep([Id, Total], Row("e", 5), Row("d", 40));

        Told(await mirror.Changes(before, after, wanted)).Should().Equal(told);
    }

    [Fact]
    public async Task Columns_that_only_one_of_them_has_are_no_change_but_are_given()
    {
        using var mirror = new MirrorUnderTest();
        var before = mirror.Keep([Total, Id], [Number(1), Text("a")], [Number(2), Text("b")]);
        var after = mirror.Keep([Id, Reference, Total], [Text("a"), Text("R1"), Number(1)], [Text("b"), Text("R2"), Number(3)]);

        var change = (await mirror.Changes(before, after)).Should().ContainSingle().Which;

        change.Before.Should().Equal(Number(2), Text("b"));
        change.After.Should().Equal(Text("b"), Text("R2"), Number(3));
    }

    [Fact]
    public async Task A_reader_that_stops_early_leaves_nothing_open()
    {
        using var mirror = new MirrorUnderTest();
        var before = mirror.Keep([Id, Total]);
        var after = mirror.Keep([Id, Total], Enumerable.Range(0, 100).Select(i => Row($"{i}", i)));

        await foreach (var change in mirror.Mirror.ReadChanges(before, after, "invoiceId", RowChanges.All, default))
        {
            change.Kind.Should().Be(RowChanges.Added);
            break;
        }

        mirror.OpenConnections.Should().Be(0);
    }

    [Fact]
    public async Task A_snapshot_that_was_changed_is_told_before_the_first_row()
    {
        using var mirror = new MirrorUnderTest();
        var before = mirror.Keep([Id, Total], Row("a", 1));
        var after = mirror.Keep([Id, Total], Row("b", 1));
        await File.WriteAllBytesAsync(mirror.Files("rows")[0], [1, 2, 3]);

        var read = () => mirror.Changes(before, after);

        await read.Should().ThrowAsync<MirrorDamagedException>();
        mirror.OpenConnections.Should().Be(0);
    }

    [Fact]
    public async Task Rows_are_read_from_any_place()
    {
        using var mirror = new MirrorUnderTest();
        var snapshot = mirror.Keep([Id, Total], Enumerable.Range(0, 10).Select(i => Row($"row {i}", i)));

        var read = new Dictionary<long, List<string>>();
        foreach (var from in (long[])[0, 7, 10, 11])
        {
            read[from] = [];
            await foreach (var row in mirror.Mirror.ReadRows(snapshot, from, default)) read[from].Add(row[0].AsText);
        }

        read[0].Should().HaveCount(10).And.StartWith("row 0");
        read[7].Should().Equal("row 7", "row 8", "row 9");
        read[10].Should().BeEmpty();
        read[11].Should().BeEmpty();
    }

    /// <summary>Random pairs, rows in any order and of any width, against a plain comparison by dictionary.</summary>
    [Fact]
    public async Task Any_two_snapshots_differ_as_a_plain_comparison_says()
    {
        using var mirror = new MirrorUnderTest(memoryLimit: "64 MB");
        var rows = Gen.Select(Gen.Int[0, 40], Gen.Int[0, 2], Gen.String[0, 30]).List[0, 60]
            .Select(all => all.DistinctBy(row => row.Item1).ToList());
        await Gen.Select(rows, rows).SampleAsync(async pair =>
        {
            var (before, after) = pair;
            CellValue[] Cells((int Key, int Total, string Text) row) =>
                [Text($"{row.Key}"), Number(row.Total), Text(row.Text)];
            SnapshotColumn[] columns = [Id, Total, Reference];
            var (then, now) = (mirror.Keep(columns, before.Select(Cells)), mirror.Keep(columns, after.Select(Cells)));

            // As they read back: half a character has no UTF-8.
            var (b, a) = (await mirror.Rows(then), await mirror.Rows(now));
            var old = b.ToDictionary(row => row[0].AsText);
            var kept = a.Select(row => row[0].AsText).ToHashSet();
            var expected = a
                .Where(row => !old.TryGetValue(row[0].AsText, out var was) || !was.SequenceEqual(row))
                .Select(row => (Before: old.GetValueOrDefault(row[0].AsText), After: (CellValue[]?)row))
                .Concat(b.Where(row => !kept.Contains(row[0].AsText)).Select(row => (Before: (CellValue[]?)row, After: (CellValue[]?)null)))
                .ToList();

            var changes = await mirror.Changes(then, now);
            return changes.Count == expected.Count && changes.Zip(expected).All(both =>
                Same(both.First.Before, both.Second.Before) && Same(both.First.After, both.Second.After));
        }, iter: 60, threads: 1);
    }

    [Fact]
    public async Task A_hundred_thousand_rows_that_all_changed_are_told_in_buckets()
    {
        using var mirror = new MirrorUnderTest();
        var count = Testing.Scale.Of(60_000, 100_000);
        SnapshotColumn[] columns = [Id, Total, .. Enumerable.Range(0, 13).Select(i => new SnapshotColumn($"c{i}", ColumnType.Text))];
        CellValue[] Wide(int i, int total) =>
            [Text($"{i:x8}"), Number(total), .. Enumerable.Range(0, 13).Select(c => Text($"value {i} of {c}"))];
        var before = mirror.Keep(columns, Enumerable.Range(0, count).Select(i => Wide(i, 1)));
        var after = mirror.Keep(columns, Enumerable.Range(0, count).Reverse().Select(i => Wide(i, 2)));

        var (number, wrong) = (0, 0);
        await foreach (var change in mirror.Mirror.ReadChanges(before, after, "invoiceId", RowChanges.All, default))
        {
            number++;
            var same = change.Before![0] == change.After![0] && change.Before[1] == Number(1) && change.After[1] == Number(2);
            if (!same || change.After[0].AsText != $"{count - number:x8}") wrong++;
        }

        (number, wrong).Should().Be((count, 0));
    }

    private static bool Same(CellValue[]? one, CellValue[]? other) =>
        one is null ? other is null : other is not null && one.SequenceEqual(other);

    private static IEnumerable<string> Told(IEnumerable<RowDifference> changes) => changes.Select(change => change switch
    {
        { Before: null, After: [var id, var total] } => string.Create(CultureInfo.InvariantCulture, $"+ {id.AsText} {total.AsNumber}"),
        { After: null, Before: [var id, var total] } => string.Create(CultureInfo.InvariantCulture, $"- {id.AsText} {total.AsNumber}"),
        { Before: [_, var was], After: [var id, var total] } =>
            string.Create(CultureInfo.InvariantCulture, $"{id.AsText} {was.AsNumber} → {total.AsNumber}"),
        _ => "?",
    });

    private static CellValue[] Row(string id, decimal total) => [Text(id), Number(total)];

    private static CellValue Text(string text) => CellValue.Text(text);

    private static CellValue Number(decimal number) => CellValue.Number(number);
}
