using CountingKit.Datasets;
using CountingKit.Mirror;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

/// <summary>Columns of tracking categories, which stand on a line in no certain order.</summary>
public sealed class TrackedLines
{
    private static readonly Guid Region = new("11111111-aaaa-4000-8000-000000000001");
    private static readonly Guid Department = new("22222222-bbbb-4000-8000-000000000002");

    [Fact]
    public async Task A_category_has_its_column_whichever_place_it_has_on_a_line()
    {
        using var mirror = await Synced();

        (await Cells(mirror, Region, Department)).Should().Equal(
            "1 North Sales", "2 =South Sales", "3  Sales", "4 North ", "5  ", "6  ", "7  ");
    }

    [Fact]
    public async Task A_category_that_no_line_has_is_blank_and_rows_are_sorted_by_an_option()
    {
        using var mirror = await Synced();

        (await Cells(mirror, Guid.Empty, Region)).Should().StartWith(["1  North", "2  =South"]);
        (await Cells(mirror, Region, Department, [new(TrackingColumn.KeyOf(Region), Descending: true), new("invoiceNumber")])).Should().Equal(
            "3  Sales", "5  ", "6  ", "7  ", "1 North Sales", "4 North ", "2 =South Sales");
    }

    [Fact]
    public async Task An_option_that_can_not_be_read_is_told_of_its_column()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Line(1, $$"""[{"TrackingCategoryID":"{{Region}}","Option":["North"]}]"""));

        var unreadable = await mirror.Unreadable(Of(mirror, [TrackingColumn.KeyOf(Region)]));

        unreadable!.First.Should().ContainSingle().Which.Column.Should().Be(TrackingColumn.KeyOf(Region));
    }

    private static async Task<MirrorUnderTest> Synced()
    {
        var mirror = new MirrorUnderTest();
        string region = $"\"TrackingCategoryID\":\"{Region}\"", department = $"\"TrackingCategoryID\":\"{Department}\"";
        await mirror.Sync(full: true,
            Line(1, $$"""[{"Option":"North",{{region}}},{"Option":"Sales",{{department}}}]"""),
            Line(2, $$"""[{{{department}},"Option":"Sales"},{{{region.ToUpperInvariant().Replace("TRACKINGCATEGORYID", "TrackingCategoryID")}},"Option":"=South"}]"""),
            Line(3, $$"""[{{{department}},"Option":"Sales"}]"""),
            Line(4, $$"""[{{{region}},"Option":"North"}]"""),
            Line(5, $$"""[{"Name":"Region","Option":"North"},{{{region}},"Option":""}]"""),
            Line(6, "[null]"),
            Line(7, "null"));
        return mirror;
    }

    private static string Line(int number, string tracking) =>
        Invoice(number, more: $",\"LineItems\":[{{\"LineItemID\":\"{Id(100 + number)}\",\"Tracking\":{tracking}}}]");

    private static Projection Of(MirrorUnderTest mirror, IReadOnlyList<string> columns, IReadOnlyList<SortBy>? sort = null) =>
        new("invoiceLines", [new(mirror.Source, "Acme", mirror.Segments)], columns, [], sort ?? [new("invoiceNumber")]);

    private static async Task<List<string>> Cells(MirrorUnderTest mirror, Guid one, Guid other, IReadOnlyList<SortBy>? sort = null)
    {
        var rows = await mirror.Rows(Of(mirror, ["invoiceNumber", TrackingColumn.KeyOf(one), TrackingColumn.KeyOf(other)], sort));
        return [.. rows.Select(row => string.Join(' ', row.Select((cell, i) => cell.IsNull ? "" : i == 0 ? cell.AsText[4..] : cell.AsText)))];
    }
}
