using CountingKit.Datasets;
using CountingKit.Mirror;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

/// <summary>Datasets whose rows are the elements of a record's list, through the mirror.</summary>
public sealed class RowsOfLists
{
    private static readonly string[] Lines = ["invoiceNumber", "lineNumber", "description", "netAmount", "lineId"];

    [Fact]
    public async Task Each_line_of_a_sales_invoice_is_a_row_with_what_its_invoice_says()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true,
            Document(2, """{"LineItemID":"b","Description":"Two","LineAmount":5}"""),
            Document(1, """{"LineItemID":"a","Description":"One","LineAmount":"1.10"}, null, {"Description":"No id","LineAmount":2.25}"""),
            Document(3, """{"LineItemID":"c","Description":"A bill's","LineAmount":5}""", "ACCPAY"),
            Document(4, ""));

        (await Shown(mirror)).Should().Equal(
            "INV-1|1|One|1.1|a", $"INV-1|2|No id|2.25|{Id(1)} 2", "INV-2|1|Two|5|b");
    }

    [Fact]
    public async Task The_same_records_give_invoices_bills_and_the_lines_of_both()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true,
            Document(1, """{"LineItemID":"a"},{"LineItemID":"b"}"""), Document(2, """{"LineItemID":"c"}""", "ACCPAY"));

        var ids = new Dictionary<string, string>
        {
            ["invoices"] = "invoiceId", ["bills"] = "billId", ["invoiceLines"] = "lineId", ["billLines"] = "lineId",
        };
        foreach (var (dataset, id) in ids)
            (await mirror.Rows(mirror.Projection(id) with { Dataset = dataset })).Select(row => row[0].AsText).Should().Equal(
                dataset switch { "invoices" => [Id(1)], "bills" => [Id(2)], "invoiceLines" => ["a", "b"], _ => (string[])["c"] });
        mirror.TypedFiles().Should().HaveCount(4, "each dataset has typed columns of its own");
    }

    [Fact]
    public async Task Of_a_changed_record_all_rows_are_the_new_ones_and_a_deleted_one_has_none()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true,
            Document(1, """{"LineItemID":"a","LineAmount":1},{"LineItemID":"b","LineAmount":2}"""),
            Document(2, """{"LineItemID":"c","LineAmount":3}"""), Document(3, """{"LineItemID":"d","LineAmount":4}"""));
        await mirror.Sync(full: true,
            Document(1, """{"LineItemID":"b","LineAmount":20}"""), Document(3, ""));
        await mirror.Sync(full: false, Document(4, """{"LineItemID":"e","LineAmount":5}"""));

        var before = await Shown(mirror);
        mirror.Segments.Add(await mirror.Mirror.Compact(mirror.Source, mirror.Segments, default));

        before.Should().Equal("INV-1|1||20|b", "INV-4|1||5|e");
        (await Shown(mirror)).Should().Equal(before);
    }

    /// <summary>A segment may hold nothing of a dataset: what comes behind it is its own all the same.</summary>
    [Fact]
    public async Task Segments_without_a_row_of_the_dataset_shift_none_of_the_others()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Document(1, """{"LineItemID":"a"}"""));
        await mirror.Sync(full: false, Document(2, """{"LineItemID":"b"}""", "ACCPAY"));
        await mirror.Sync(full: false, Document(3, ""), Document(4, """{"LineItemID":"d"}"""));
        await mirror.Sync(full: false, Document(5, """{"LineItemID":"e"}""", "ACCPAY"));

        foreach (var (dataset, id, rows) in ((string, string, string[])[])
        [
            ("bills", "billId", [Id(2), Id(5)]), ("invoices", "invoiceId", [Id(1), Id(3), Id(4)]),
            ("billLines", "lineId", ["b", "e"]), ("invoiceLines", "lineId", ["a", "d"]),
        ])
            (await mirror.Rows(mirror.Projection(id) with { Dataset = dataset })).Select(row => row[0].AsText).Should().Equal(rows);
    }

    [Fact]
    public async Task Rows_are_sorted_filtered_and_counted_by_what_stands_on_the_line_or_on_its_document()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true,
            Document(1, """{"LineItemID":"a","LineAmount":1},{"LineItemID":"b","LineAmount":9}""", more: ",\"Status\":\"PAID\""),
            Document(2, """{"LineItemID":"c","LineAmount":5}""", more: ",\"Status\":\"PAID\""),
            Document(3, """{"LineItemID":"d","LineAmount":7}""", more: ",\"Status\":\"DRAFT\""));

        var rows = await mirror.Rows(mirror.Projection("lineId") with
        {
            Dataset = "invoiceLines",
            Filters = [new("status", In: ["PAID"])],
            Sort = [new("lineAmount", Descending: true)],
        });

        rows.Select(row => row[0].AsText).Should().Equal("b", "c", "a");
    }

    [Fact]
    public async Task What_the_filters_leave_out_is_counted_and_what_is_of_other_data_is_not()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true,
            Document(1, """{"LineItemID":"a"},{"LineItemID":"b"}""", more: ",\"Status\":\"PAID\""),
            Document(2, """{"LineItemID":"c"},{"LineItemID":"d"},{"LineItemID":"e"}""", more: ",\"Status\":\"DRAFT\""),
            Document(3, """{"LineItemID":"f"}""", "ACCPAY", more: ",\"Status\":\"DRAFT\""), Document(4, "", more: ",\"Status\":\"DRAFT\""));

        async Task<(long, long)> Counted(string dataset, params RowFilter[] filters)
        {
            var made = await mirror.Mirror.Project(
                mirror.Projection(DatasetCatalogue.Get(dataset).KeyColumn) with { Dataset = dataset, Filters = filters }, default);
            return (made.Snapshot.Rows, made.LeftOut);
        }

        (await Counted("invoiceLines", new RowFilter("status", In: ["PAID"]))).Should().Be((2, 3));
        (await Counted("invoices", new RowFilter("status", In: ["PAID"]))).Should().Be((1, 2));
        (await Counted("bills", new RowFilter("status", In: ["PAID"]))).Should().Be((0, 1));
        (await Counted("invoices")).Should().Be((3, 0));
    }

    [Fact]
    public async Task A_list_that_is_none_costs_its_own_rows_and_is_told()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true,
            Document(1, """{"LineItemID":"a","LineAmount":"?"},"odd",{"LineItemID":"b","LineAmount":2}"""),
            Invoice(2, more: ",\"LineItems\":\"none\""), Invoice(3, more: ",\"LineItems\":null"), Invoice(4, more: ",\"LineItems\":\"\""));
        var projection = mirror.Projection(Lines) with { Dataset = "invoiceLines" };

        (await Shown(mirror)).Should().Equal("INV-1|1|||a", $"INV-1|2|||{Id(1)} 2", "INV-1|3||2|b");
        (await mirror.Unreadable(projection))!.First.Should().Equal(
            new UnreadableValue(Id(1), "INV-1", "netAmount", false),
            new UnreadableValue(Id(1), "INV-1", "description", false), new UnreadableValue(Id(1), "INV-1", "netAmount", false),
            new UnreadableValue(Id(2), "INV-2", "LineItems", true));
    }

    [Fact]
    public async Task A_category_without_options_is_one_row_and_blank_journal_lines_are_none()
    {
        using var categories = new MirrorUnderTest(resource: "TrackingCategories");
        await categories.Sync(full: true,
            """{"TrackingCategoryID":"r","Name":"Region","Options":[{"TrackingOptionID":"n","Name":"North"},{"TrackingOptionID":"s","Name":"South"}]}""",
            """{"TrackingCategoryID":"e","Name":"Empty","Options":[]}""");
        using var journals = new MirrorUnderTest(resource: "ManualJournals");
        await journals.Sync(full: true,
            """{"ManualJournalID":"j","JournalLines":[{"LineAmount":5},{"IsBlank":true},{"LineAmount":-5,"IsBlank":"false"}]}""");

        (await categories.Rows(categories.Projection("category", "option", "optionId") with { Dataset = "trackingCategories" }))
            .Select(Line).Should().Equal("Empty||e 1", "Region|North|n", "Region|South|s");
        (await journals.Rows(journals.Projection("lineNumber", "debit", "credit", "lineId") with { Dataset = "manualJournals" }))
            .Select(Line).Should().Equal("1|5|0|j 1", "3|0|5|j 3");
    }

    /// <summary>Many lines a record: parts end inside records, and records between parts.</summary>
    [Fact]
    public async Task Thousands_of_lines_are_all_there_in_their_order()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, [.. Enumerable.Range(1, 30).Select(document => Document(
            document, string.Join(',', Enumerable.Range(1, 300).Select(line => $$"""{"LineItemID":"{{document}}-{{line}}","LineAmount":{{line}}}"""))))]);

        var rows = await mirror.Rows(mirror.Projection("invoiceId", "lineNumber", "lineId") with
        {
            Dataset = "invoiceLines", Sort = [new("invoiceId"), new("lineNumber")],
        });

        rows.Select(Line).Should().Equal(
            from document in Enumerable.Range(1, 30)
            from line in Enumerable.Range(1, 300)
            select $"{Id(document)}|{line}|{document}-{line}");
    }

    private static string Document(int number, string lines, string type = "ACCREC", string more = "") =>
        Invoice(number, type: type, more: $",\"LineAmountTypes\":\"Exclusive\",\"LineItems\":[{lines}]{more}");

    private static async Task<List<string>> Shown(MirrorUnderTest mirror) =>
        [.. (await mirror.Rows(mirror.Projection(Lines) with { Dataset = "invoiceLines" })).Select(Line)];

    private static string Line(CellValue[] row) => string.Join('|', row.Select(cell => cell.Kind switch
    {
        CellKind.Null => "",
        CellKind.Number => FormattableString.Invariant($"{cell.AsNumber}"),
        _ => cell.AsText,
    }));
}
