using CountingKit.Adapters.GoogleSheets;
using CountingKit.Datasets;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

public sealed class RefusedWrites
{
    private static readonly SheetColumn[] Three = [Number, Date, Total];

    [Fact]
    public async Task A_text_too_long_for_a_cell_is_refused_by_its_place()
    {
        var refused = await Refusal(() => Plan(Request([Number], [[CellValue.Text("ok")], [CellValue.Text(new('x', 50_001))]]), Blank()));

        refused.Code.Should().Be("CK-SHEET-05");
        refused.Message.Should().StartWith(
            "record 2, column Invoice number holds a text of 50,001 characters; a cell takes 50,000. Nothing was written.");
    }

    [Fact]
    public async Task A_refusal_names_the_record_and_not_a_row_that_was_never_written()
    {
        SheetColumn notes = new("notes", "Notes", ColumnType.Text);
        var request = Request([Number, notes], [[CellValue.Text("INV-0042"), CellValue.Text(new('x', 50_001))]])
            with { KeyColumn = "id", NameColumn = Number.Key };

        var refused = await Refusal(() => Plan(request, Blank()));

        refused.Message.Should().StartWith("Invoice number INV-0042, column Notes holds a text of 50,001 characters");
    }

    [Fact]
    public async Task Rows_that_are_not_as_many_as_announced_are_refused()
    {
        var request = Request(Three, [Row("A1", new(2024, 1, 1), 1m)]) with { RowCount = 2 };

        (await Refusal(() => Plan(request, Blank()))).Code.Should().Be("CK-SHEET-13");
    }

    [Fact]
    public void A_spreadsheet_without_room_is_refused_with_the_arithmetic()
    {
        var file = Written(999, Three, 1000, 3);
        file.Sheets[0].Properties.GridProperties = new() { RowCount = 400_000, ColumnCount = 24 };
        var tab = TabFinder.Find(file, Exporter, 77);

        var refused = Refusal(() => Obstacles.RefuseWithoutRoom(Of(200_001), isStaged: false));

        refused.Code.Should().Be("CK-SHEET-02");
        refused.Message.Should().StartWith("200,001 rows × 3 columns need 597,003 more cells. The spreadsheet has 9,603,000 "
            + "by the size of its tabs, and Google's limit is 10,000,000. Nothing was written.");
        var fits = () => Obstacles.RefuseWithoutRoom(Of(100_001), isStaged: false);
        fits.Should().NotThrow();
        Refusal(() => Obstacles.RefuseWithoutRoom(Of(100_001), isStaged: true)).Message.Should().StartWith(
            "100,001 rows × 3 columns need 297,003 more cells, and 300,003 in a hidden tab until they are in place. The spreadsheet "
            + "has 9,603,000 by the size of its tabs, and Google's limit is 10,000,000. Nothing was written.");

        Room Of(long height) => new(file, [], tab, height, ColumnLayout.Of(Three, tab!.Columns));
    }

    [Fact]
    public void What_an_earlier_attempt_left_behind_takes_no_room()
    {
        var file = Written(999, Three, 1000, 3);
        file.Sheets[0].Properties.GridProperties = new() { RowCount = 400_000, ColumnCount = 24 };
        var tab = TabFinder.Find(file, Exporter, 77);

        var fits = () => Obstacles.RefuseWithoutRoom(new(file, [0], tab, 200_001, ColumnLayout.Of(Three, tab!.Columns)), isStaged: true);

        fits.Should().NotThrow();
    }

    [Fact]
    public void Two_columns_with_one_heading_are_refused()
    {
        var layout = ColumnLayout.Of([Number, Total with { Key = "x", Heading = "invoice NUMBER" }], null);

        Refusal(() => Obstacles.RefuseSameHeadings(layout)).Code.Should().Be("CK-SHEET-06");
    }

    [Theory]
    [InlineData(0, 1, null, false, "CK-SHEET-03")]
    [InlineData(0, null, false, false, "CK-SHEET-03")]
    [InlineData(0, 1, true, false, null)]
    [InlineData(0, 1, null, true, null)]
    [InlineData(3, 5, null, false, null)]
    public void A_protection_that_shuts_us_out_is_told_before_writing(
        int startColumn, int? endColumn, bool? warningOnly, bool canEdit, string? code)
    {
        var tab = Found(sheet => sheet.ProtectedRanges =
        [
            new()
            {
                Range = new() { SheetId = 77, StartColumnIndex = startColumn, EndColumnIndex = endColumn },
                WarningOnly = warningOnly, RequestingUserCanEdit = canEdit, Description = "year end",
            },
        ]);

        var check = () => Plan(Request(Three, []), FileOf(tab)).GetAwaiter().GetResult();

        if (code is null) check.Should().NotThrow();
        else check.Should().Throw<SpreadsheetException>().Which.Should().Match<SpreadsheetException>(
            e => e.Code == code && e.Message.Contains("(year end)"));
    }

    [Fact]
    public void Merged_cells_in_the_data_are_named()
    {
        var tab = Found(sheet => sheet.Merges =
            [new() { SheetId = 77, StartRowIndex = 1, EndRowIndex = 3, StartColumnIndex = 2, EndColumnIndex = 4 }]);

        Refusal(() => Plan(Request(Three, []), FileOf(tab)).GetAwaiter().GetResult()).Message.Should().Contain("at C2.");
    }

    [Theory]
    [InlineData("A|B|C", false)]
    [InlineData("A|renamed|C", false)]
    [InlineData("A|B|C|mine", false)]
    [InlineData("A|B|", false)]
    [InlineData("A|mine|B|C", true)]
    [InlineData("B|A|C", true)]
    [InlineData("A|C", true)]
    [InlineData("A|B|mine", true)]
    public void Columns_that_were_moved_are_noticed_and_renamed_ones_are_not(string row, bool moved) =>
        Surroundings.Moved(["A", "B", "C"], [.. row.Split('|')]).Should().Be(moved);

    [Fact]
    public void What_stands_below_the_data_is_not_overwritten()
    {
        var tab = Found(_ => { });
        IList<IList<object>> headings = [["Invoice number", "Date", "Total"]];

        var clear = () => Surroundings.Check(tab, 8, [headings, [[], ["", ""]]]);
        var blocked = () => { Surroundings.Check(tab, 8, [headings, [[], ["", "sum:"]]]); };

        clear.Should().NotThrow();
        Refusal(blocked).Message.Should().StartWith("In the tab My invoices row 5 holds something that is not ours");
        Surroundings.Ranges(tab, 8).Should().BeEquivalentTo(
            [Rectangles.Of(77, 0, 1, 0, 5), Rectangles.Of(77, 3, 9, 0, 3)]);
        Surroundings.Ranges(tab, 10).Should().HaveCount(2).And.Contain(r => r.EndRowIndex == 10, "the grid ends there");
    }

    [Fact]
    public void Without_our_named_range_a_record_right_below_may_be_the_last_one_again()
    {
        var tab = Found(_ => { });
        IList<IList<object>> headings = [["Invoice number", "Date", "Total"]];

        Refusal(() => { Surroundings.Check(tab, 3, [headings, [["A2", 45293L, 2L]]]); }).Message.Should()
            .StartWith("In the tab My invoices row 4 holds something that is not ours, and our named range was deleted.");
    }

    private static Google.Apis.Sheets.v4.Data.Spreadsheet FileOf(FoundTab tab)
    {
        var file = Blank();
        file.Sheets.Add(tab.Sheet);
        return file;
    }

    private static FoundTab Found(Action<Sheet> change) => TabFinder.Find(Written(2, Three, 10, 5, change), Exporter, 77)!;

    private static SpreadsheetException Refusal(Action act) =>
        act.Should().Throw<SpreadsheetException>().Where(e => e.Problem == SpreadsheetProblem.Refused).Which;

    private static async Task<SpreadsheetException> Refusal(Func<Task> act) => (await act.Should()
        .ThrowAsync<SpreadsheetException>()).Where(e => e.Problem == SpreadsheetProblem.Refused).Which;
}
