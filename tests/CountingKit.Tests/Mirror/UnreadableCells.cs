using CountingKit.Datasets;
using CountingKit.Mirror;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

[Trait("Speed", "Slow")]
public sealed class UnreadableCells
{
    private const string Huge = "79228162514264337593543950335";

    [Fact]
    public async Task A_value_that_can_not_be_read_costs_its_cell_and_is_named()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2, more: ""","DueDate":"soon","Date":"2026-01-02" """));
        var projection = mirror.Projection("invoiceNumber", "date", "dueDate", "total");

        (await mirror.Rows(projection))[1].Should().Equal(
            CellValue.Text("INV-2"), CellValue.Date(new(2026, 1, 2)), CellValue.Null, CellValue.Number(1));
        (await mirror.Unreadable(projection)).Should().BeEquivalentTo(
            new UnreadableValues([new(Id(2), "INV-2", "dueDate", IsLeftOut: false)], 1));
    }

    [Fact]
    public async Task What_is_corrected_is_read_again_and_nothing_is_told_any_more()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, $$"""{"Type":"ACCREC","InvoiceID":"{{Id(7)}}","Total":{{Huge}},"CurrencyRate":0.5}""");
        var projection = mirror.Projection("totalBase", "total");

        var broken = (await mirror.Rows(projection)).Should().ContainSingle().Subject;
        var told = await mirror.Unreadable(projection);
        await mirror.Sync(full: false, $$"""{"Type":"ACCREC","InvoiceID":"{{Id(7)}}","Total":110,"CurrencyRate":1}""");
        var mended = (await mirror.Rows(projection)).Should().ContainSingle().Subject;

        broken.Should().Equal(CellValue.Null, CellValue.Number(decimal.MaxValue));
        told!.First.Should().ContainSingle().Which.Should().Be(new UnreadableValue(Id(7), null, "totalBase", false));
        mended.Should().Equal(CellValue.Number(110), CellValue.Number(110));
        (await mirror.Unreadable(projection)).Should().BeNull();
    }

    [Fact]
    public async Task Bills_rows_that_a_filter_leaves_out_and_columns_that_nobody_exports_are_not_told()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(
            full: true,
            Invoice(1, type: "ACCPAY", more: ""","Status":"PAID","Date":"soon" """),
            Invoice(2, more: ""","Status":"DRAFT","Date":"soon" """),
            Invoice(3, more: ""","Status":"PAID","CISRate":"n/a" """));
        var projection = mirror.Projection("invoiceNumber", "date", "total") with { Filters = [new("status", In: ["PAID"])] };

        (await mirror.Rows(projection)).Should().ContainSingle().Which[0].Should().Be(CellValue.Text("INV-3"));
        (await mirror.Unreadable(projection)).Should().BeNull();
    }

    [Fact]
    public async Task A_record_that_a_filter_leaves_out_because_its_value_can_not_be_read_is_told()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(
            full: true,
            Invoice(1, more: ""","Status":"PAID","Date":"2026-01-02" """), Invoice(2, more: ""","Status":"PAID","Date":"soon" """),
            Invoice(3, more: ""","Status":"DRAFT","Date":"soon" """), Invoice(4, more: ""","Status":{},"Date":"2026-01-03" """));
        var projection = mirror.Projection("invoiceNumber") with
        {
            Filters = [new("status", In: ["PAID"]), new("date", From: new(2026, 1, 1), Below: new(2026, 2, 1))],
        };

        (await mirror.Rows(projection)).Should().ContainSingle();
        (await mirror.Unreadable(projection)).Should().BeEquivalentTo(new UnreadableValues(
            [new(Id(2), "INV-2", "date", IsLeftOut: true), new(Id(4), "INV-4", "status", IsLeftOut: true)], 2));
    }

    [Fact]
    public async Task Twenty_are_named_and_all_are_counted()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, [.. Enumerable.Range(0, 30).Select(i => Invoice(i, more: ""","DueDate":[],"SubTotal":"much" """))]);

        var told = (await mirror.Unreadable(mirror.Projection("dueDate", "subTotal", "total")))!;

        told.Count.Should().Be(60);
        told.First.Should().HaveCount(20).And.OnlyHaveUniqueItems();
        told.First.Select(value => value.Record).Should().BeInAscendingOrder(StringComparer.Ordinal).And.StartWith(Id(0));
    }

    [Fact]
    public async Task Only_the_latest_version_is_told()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2, more: ""","DueDate":"soon" """), Invoice(3, more: ""","DueDate":"soon" """));
        await mirror.Sync(full: true, Invoice(1, more: ""","DueDate":"late" """), Invoice(2));

        (await mirror.Unreadable(mirror.Projection("dueDate")))!.First.Should().ContainSingle().Which.Record.Should().Be(Id(1));
    }

    [Fact]
    public async Task Ids_with_a_zero_character_are_two_records_and_texts_are_whole()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(
            full: true, """{"Type":"ACCREC","InvoiceID":"k\u0000a","InvoiceNumber":"KA","Contact":{"Name":"before\u0000after"}}""",
            """{"Type":"ACCREC","InvoiceID":"k\u0000b","InvoiceNumber":"KB"}""");

        var rows = await mirror.Rows(mirror.Projection("invoiceNumber", "customer", "invoiceId"));

        rows.Select(row => row[0].AsText).Should().Equal("KA", "KB");
        rows[0].Skip(1).Should().Equal(CellValue.Text("before\uFFFDafter"), CellValue.Text("k\uFFFDa"));
        (await mirror.Unreadable(mirror.Projection("customer"))).Should().BeNull();
    }

    [Fact]
    public async Task A_record_may_be_nested_as_deep_as_it_likes_and_its_change_is_seen_there()
    {
        using var mirror = new MirrorUnderTest();
        const int depth = 100_000;
        string Deep(string heart) => Invoice(
            1, more: $",\"Odd\":{new string('[', depth)}{heart}{new string(']', depth)},\"Reference\":\"r\"");

        await mirror.Sync(full: true, Deep("1"));
        var same = await mirror.Sync(full: true, Deep("1"));
        var changed = await mirror.Sync(full: true, Deep("2"));

        (await mirror.Rows(mirror.Projection("reference"))).Should().ContainSingle().Which[0].Should().Be(CellValue.Text("r"));
        same.Segment.Should().BeNull();
        changed.Changed.Should().Be(1);
    }
}
