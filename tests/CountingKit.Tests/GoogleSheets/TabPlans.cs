using CountingKit.Adapters.GoogleSheets;
using CountingKit.Datasets;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

public sealed class TabPlans
{
    private static readonly SheetColumn[] Three = [Number, Date, Total];

    [Fact]
    public async Task A_new_tab_comes_with_formats_filter_name_metadata_and_rows_in_one_batch()
    {
        var plan = await Plan(Request([.. Three, Sent],
        [
            [CellValue.Text("0090"), CellValue.Date(new(2024, 1, 31)), CellValue.Number(1234.50m), CellValue.YesNo(true)],
            [CellValue.Text("=1+1"), CellValue.Null, CellValue.Number(-0.01m), CellValue.Null],
        ]), Blank());

        (plan.CreatesTab, plan.TabTitle, plan.Cells).Should().Be((true, "Invoices", 12));
        plan.Warnings.Should().BeEmpty();
        GoldenBatch.Match(plan.Batch, "new-tab");
    }

    [Theory]
    [InlineData("sent", "invoiceNumber", "sent")]
    [InlineData("date", "invoiceNumber", null)] // It is not at the end: somebody put it there to be seen.
    [InlineData("sent", "sent", null)] // People call the rows by it.
    [InlineData(null, "invoiceNumber", null)]
    public async Task An_identifier_at_the_end_of_a_new_tab_is_hidden(string? key, string name, string? hidden)
    {
        var request = Request([.. Three, Sent],
            [[CellValue.Text("0090"), CellValue.Null, CellValue.Number(1), CellValue.YesNo(true)]]) with { KeyColumn = key, NameColumn = name };

        (await Plan(request, Blank())).Batch.Requests.Select(r => r.UpdateDimensionProperties).OfType<UpdateDimensionPropertiesRequest>()
            .Where(r => r.Properties.HiddenByUser == true && r.Fields.Equals("pixelSize,hiddenByUser"))
            .Select(r => request.Columns[r.Range.StartIndex!.Value].Key).Should().Equal(hidden is null ? [] : [hidden]);
        (await Plan(request, Written(1, Three, 2, 3))).Batch.Requests.Should().OnlyContain(
            r => r.UpdateDimensionProperties == null || r.UpdateDimensionProperties.Properties.HiddenByUser == null, "a tab that is there is theirs");
    }

    [Fact]
    public async Task Fewer_rows_clear_the_rest_of_the_old_rectangle()
    {
        var plan = await Plan(Request(Three, [Row("A1", new(2024, 1, 31), 1m)]), Written(3, Three, 10, 5));

        (plan.CreatesTab, plan.TabTitle, plan.SheetId).Should().Be((false, "My invoices", 77));
        GoldenBatch.Match(plan.Batch, "fewer-rows");
    }

    [Fact]
    public async Task More_rows_grow_the_grid_and_a_persons_filter()
    {
        var file = Written(1, Three, 2, 3, sheet => sheet.BasicFilter = new()
        {
            Range = new() { SheetId = 77, StartRowIndex = 0, EndRowIndex = 2, StartColumnIndex = 0, EndColumnIndex = 3 },
            FilterSpecs = [new() { ColumnIndex = 2, FilterCriteria = new() { HiddenValues = ["0"] } }],
        });

        var plan = await Plan(Request(Three, [.. Enumerable.Range(1, 3).Select(n => Row($"A{n}", new(2024, 1, n), n))]), file);

        GoldenBatch.Match(plan.Batch, "more-rows");
    }

    [Fact]
    public async Task A_new_column_is_inserted_at_its_place_and_one_no_longer_exported_is_blanked()
    {
        var file = Written(1, Three, 2, 4, sheet => sheet.BasicFilter = new()
        {
            Range = new() { SheetId = 77, StartRowIndex = 0, EndRowIndex = 2, StartColumnIndex = 0, EndColumnIndex = 3 },
            FilterSpecs = [new() { ColumnIndex = 2, FilterCriteria = new() { HiddenValues = ["0"] } }],
        });
        var request = Request([Sent, Number, Total],
            [[CellValue.YesNo(true), CellValue.Text("A1"), CellValue.Number(5m)]]);

        var plan = await Plan(request, file);

        plan.Layout.Headings.Should().Equal("Sent", "Invoice number", "Date (no longer exported)", "Total");
        GoldenBatch.Match(plan.Batch, "column-inserted");
    }

    [Fact]
    public async Task A_column_at_the_edge_of_the_grid_is_appended()
    {
        var request = Request([.. Three, Sent], [[.. Row("A1", new(2024, 1, 1), 1m), CellValue.Null]]);

        var plan = await Plan(request, Written(1, Three, 2, 3));

        plan.Batch.Requests[0].AppendDimension.Should().BeEquivalentTo(
            new AppendDimensionRequest { SheetId = 77, Dimension = "COLUMNS", Length = 1 });
    }

    [Fact]
    public async Task Another_order_of_columns_is_told_and_the_tabs_own_stands()
    {
        var plan = await Plan(
            Request([Total, Number, Date], [[CellValue.Number(5m), CellValue.Text("A1"), CellValue.Date(new(2024, 1, 1))]]),
            Written(1, Three, 2, 3));

        plan.Layout.Headings.Should().Equal("Invoice number", "Date", "Total");
        plan.Rows.Together![1].Values.Select(v => v.UserEnteredValue.StringValue ?? $"{v.UserEnteredValue.NumberValue}")
            .Should().Equal("A1", "45292", "5");
        plan.Warnings.Should().ContainSingle().Which.Code.Should().Be("CK-SHEET-12");
    }

    [Fact]
    public async Task The_same_run_always_chooses_the_same_ids_and_another_run_others()
    {
        CellValue[][] rows = [Row("A1", new(2024, 1, 1), 1m)];

        var first = await Plan(Request(Three, rows, run: 5), Blank());
        var again = await Plan(Request(Three, rows, run: 5), Blank());
        var other = await Plan(Request(Three, rows, run: 6), Blank());

        again.SheetId.Should().Be(first.SheetId).And.BePositive();
        other.SheetId.Should().NotBe(first.SheetId);
    }

    [Fact]
    public async Task A_tab_that_is_gone_is_made_again_under_a_free_title_and_told()
    {
        var file = Blank();
        file.Sheets[0].Properties.Title = "INVOICES";
        file.NamedRanges = [new() { NamedRangeId = $"ck_{Exporter:N}", Name = "CK_Invoices" }];

        var plan = await Plan(Request(Three, [], sheetId: 77), file);

        plan.TabTitle.Should().Be("Invoices (2)");
        plan.Warnings.Should().ContainSingle().Which.Code.Should().Be("CK-SHEET-11");
        plan.Batch.Requests.Should().Contain(r => r.UpdateNamedRange != null).And.NotContain(r => r.AddNamedRange != null);
    }

    [Fact]
    public void A_tab_without_our_metadata_or_with_another_places_is_never_ours()
    {
        var copied = Written(1, Three, 2, 3, sheet => sheet.Properties.SheetId = 78);
        var elsewhere = Written(1, Three, 2, 3);
        elsewhere.SpreadsheetId = "another";
        var damaged = Written(1, Three, 2, 3, sheet => sheet.DeveloperMetadata[2].MetadataValue = "{");
        var same = Blank();
        same.Sheets[0].Properties.Title = "Invoices";

        foreach (var file in new[] { copied, elsewhere, damaged, same })
            TabFinder.Find(file, Exporter, 77).Should().BeNull();
        TabFinder.Find(Written(1, Three, 2, 3), Guid.Empty, 77).Should().BeNull("it is another exporter's");
        TabFinder.Find(Written(1, Three, 2, 3), Exporter, null)!.SheetId.Should().Be(77);
    }

    [Fact]
    public async Task Numbers_of_more_than_15_digits_are_counted_and_the_first_is_named()
    {
        var plan = await Plan(Request([Total], [
            [CellValue.Number(999_999_999_999.99m)], [CellValue.Number(1_234_567_890_123.456m)],
            [CellValue.Number(0.1234567890123456m)], [CellValue.Number(100_000_000_000_000_000m)]]), Blank());

        plan.Warnings.Should().ContainSingle().Which.Message.Should()
            .StartWith("2 numbers have more than 15 digits and are rounded in the sheet; the first is in record 2, column Total.");
    }
}
