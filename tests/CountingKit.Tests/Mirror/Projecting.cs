using System.Globalization;
using CountingKit.Datasets;
using CountingKit.Mirror;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

[Trait("Speed", "Slow")]
public sealed class Projecting
{
    [Fact]
    public async Task Only_sales_invoices_are_rows()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2, type: "ACCPAY"), Invoice(3, type: "NEW"));

        (await mirror.Rows(mirror.Projection("invoiceNumber"))).Should().ContainSingle().Which.Should().Equal(CellValue.Text("INV-1"));
    }

    [Fact]
    public async Task A_record_that_becomes_something_else_leaves_the_rows()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2));
        await mirror.Sync(full: false, Invoice(1, type: "ACCPAY"));

        (await mirror.Rows(mirror.Projection("invoiceId"))).Should().ContainSingle();
    }

    [Fact]
    public async Task Texts_sort_by_their_bytes_with_nulls_first_either_way_and_the_key_decides_ties()
    {
        using var mirror = new MirrorUnderTest();
        string[] references = ["b", "a", "", "\uFFFD", "😀", "B", "é", "a"];
        await mirror.Sync(full: true, [.. references.Select((text, i) => Invoice(i, more: $",\"Reference\":\"{text}\""))]);
        var projection = mirror.Projection("reference", "invoiceId");

        var rising = await mirror.Rows(projection with { Sort = [new("reference")] });
        var falling = await mirror.Rows(projection with { Sort = [new("reference", Descending: true)] });

        rising.Select(Reference).Should().Equal(null, "B", "a", "a", "b", "é", "\uFFFD", "😀");
        rising.Skip(2).Take(2).Select(row => row[1].AsText).Should().Equal(Id(1), Id(7));
        falling.Select(Reference).Should().Equal(null, "😀", "\uFFFD", "é", "b", "a", "a", "B");
        falling.Skip(5).Take(2).Select(row => row[1].AsText).Should().Equal(Id(1), Id(7));

        static string? Reference(CellValue[] row) => row[0].IsNull ? null : row[0].AsText;
    }

    [Fact]
    public async Task Numbers_stay_exact_and_sort_by_value_however_long_they_are()
    {
        using var mirror = new MirrorUnderTest();
        string[] totals =
        [
            "79228162514264337593543950335", "-79228162514264337593543950335", "0.0000000000000000000000000001", "0",
            "-0.0000000000000000000000000001", "10", "9", "-1.2", "-1.5", "1.2345678901234567890123456789", "1.234567890",
            "0.1", "12345678901234567890.12345678",
        ];
        await mirror.Sync(full: true, [.. totals.Select((text, i) => $$"""{"Type":"ACCREC","InvoiceID":"{{Id(i)}}","Total":{{text}}}""")]);

        var rows = await mirror.Rows(mirror.Projection("total") with { Sort = [new("total", Descending: true)] });

        rows.Select(row => row[0].AsNumber).Should().Equal(
            totals.Select(text => decimal.Parse(text, CultureInfo.InvariantCulture)).OrderDescending());
    }

    [Fact]
    public async Task Filters_keep_statuses_and_half_open_date_ranges()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(
            full: true,
            Invoice(1, more: ""","Status":"PAID","Date":"2026-01-01" """), Invoice(2, more: ""","Status":"PAID","Date":"2026-01-31" """),
            Invoice(3, more: ""","Status":"DRAFT","Date":"2026-01-15" """), Invoice(4, more: ""","Status":"PAID","Date":"2026-02-01" """),
            Invoice(5, more: ""","Status":"PAID" """), Invoice(6, more: ""","Status":"x' OR '1'='1","Date":"2026-01-02" """));
        var projection = mirror.Projection("invoiceNumber") with
        {
            Filters = [new("status", In: ["PAID", "VOIDED"]), new("date", From: new(2026, 1, 1), Below: new(2026, 2, 1))],
        };

        (await mirror.Rows(projection)).Select(row => row[0].AsText).Should().Equal("INV-1", "INV-2");
        (await mirror.Rows(projection with { Filters = [new("status", In: ["x' OR '1'='1"])] })).Should().ContainSingle();
        (await mirror.Rows(projection with { Filters = [new("status", In: [])] })).Should().BeEmpty();
    }

    [Fact]
    public async Task Without_a_sort_rows_come_by_date_and_number()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(
            full: true,
            Invoice(3, more: ""","Date":"2026-01-02" """), Invoice(2, more: ""","Date":"2026-01-02" """),
            Invoice(4, more: ""","Date":"2026-01-01" """), Invoice(1));

        (await mirror.Rows(mirror.Projection("invoiceNumber"))).Select(row => row[0].AsText)
            .Should().Equal("INV-1", "INV-4", "INV-2", "INV-3");
    }

    [Fact]
    public async Task Organizations_are_stacked_with_their_names()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2));
        var other = new Source(new Guid("0198f3a0-0000-7000-8000-000000000002"), "Invoices");
        var staged = await mirror.Mirror.Stage(other, [], 1, true, Pages([Invoice(1, 5)]), CancellationToken.None);
        var projection = mirror.Projection("organization", "invoiceNumber", "total");

        var rows = await mirror.Rows(projection with
        {
            Organizations = [new(mirror.Source, "Zebra's", mirror.Segments), new(other, "Acme", [staged.Segment!])],
            Sort = [new("organization")],
        });

        rows.Select(row => (row[0].AsText, row[1].AsText, row[2].AsNumber)).Should().Equal(
            ("Acme", "INV-1", 5m), ("Zebra's", "INV-1", 1m), ("Zebra's", "INV-2", 1m));
    }

    [Fact]
    public async Task An_organization_without_segments_has_no_rows()
    {
        using var mirror = new MirrorUnderTest();

        var snapshot = await mirror.Project(mirror.Projection("invoiceId", "total"));

        snapshot.Rows.Should().Be(0);
        (await mirror.Rows(snapshot)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_preview_shows_the_first_rows_and_keeps_nothing()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(3), Invoice(1), Invoice(2));

        var rows = await mirror.Mirror.Preview(mirror.Projection("invoiceNumber"), 2, CancellationToken.None);

        rows.Select(row => row[0].AsText).Should().Equal("INV-1", "INV-2");
        mirror.Files("rows").Should().BeEmpty();
    }

    [Fact]
    public async Task Every_column_of_the_hand_written_invoice_comes_through_the_mirror()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, System.Text.Encoding.UTF8.GetString(Datasets.HandWrittenInvoice.Json));
        string[] columns = [.. DatasetCatalogue.Get("invoices").Columns.Select(column => column.Key)];

        var row = (await mirror.Rows(mirror.Projection(columns))).Should().ContainSingle().Which;

        columns.Zip(row).Where(cell => cell.First != "organization").Should()
            .OnlyContain(cell => cell.Second == Datasets.HandWrittenInvoice.Cells[cell.First]);
        row[0].Should().Be(CellValue.Text("Acme"));
    }
}
