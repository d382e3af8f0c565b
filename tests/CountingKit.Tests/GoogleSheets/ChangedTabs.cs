using CountingKit.Datasets;
using CountingKit.Spreadsheets;
using CountingKit.Testing.Sandbox;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>A person at work in our tab between two runs: where our rows are is told by our named range, not by a count.</summary>
[Trait("Speed", "Slow")]
public sealed class ChangedTabs(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static readonly SheetColumn[] Three = [Number, Date, Total];
    private readonly SandboxProcess sandbox = shared.Process;

    [Theory]
    [InlineData("insert", 2, "0:Invoice number 1:A1 2:A2 3:A3", "inside: the last record does not stand twice")]
    [InlineData("insert", 1, "0:Invoice number 1:A1 2:A2 3:A3", "between the headings and the first record")]
    [InlineData("insert", 0, "1:Invoice number 2:A1 3:A2 4:A3", "above: the data stays below what a person put there")]
    [InlineData("insert", 4, "0:Invoice number 1:A1 2:A2 3:A3", "below")]
    [InlineData("delete", 2, "0:Invoice number 1:A1 2:A2 3:A3", "a record in the middle")]
    [InlineData("delete", 3, "0:Invoice number 1:A1 2:A2 3:A3", "the last record")]
    public async Task Rows_inserted_or_deleted_by_a_person_leave_no_record_twice_and_none_out(
        string change, int at, string expected, string because)
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(Keyed(test.Request(Three, Rows("A1", "A2", "A3"), 1)));
        await test.Change(new { appendDimension = new { sheetId = first.SheetId, dimension = "ROWS", length = 2 } });
        await test.Change(change == "insert" ? Insert(first.SheetId, "ROWS", at) : Delete(first.SheetId, "ROWS", at));

        var untouched = at == 4;
        (await test.Sheets.StillHolds(test.Request(Three, Rows("A1", "A2", "A3"), 1, first.SheetId), default))
            .Should().Be(untouched || (change, at) == ("insert", 0), because);
        await test.Write(Keyed(test.Request(Three, Rows("A1", "A2", "A3"), 2, first.SheetId)));

        (await Column(test, first.SheetId)).Should().Be(expected, because);
        (await test.Sheets.StillHolds(test.Request(Three, Rows("A1", "A2", "A3"), 2, first.SheetId), default)).Should().BeTrue();
        await test.Write(Keyed(test.Request(Three, Rows("A1"), 3, first.SheetId)));
        (await Column(test, first.SheetId)).Should().Be(expected[..(expected.IndexOf(":A1", StringComparison.Ordinal) + 3)]);
    }

    [Fact]
    public async Task Under_a_title_row_of_a_person_the_data_grows_gets_columns_and_keeps_its_note()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Three, Rows("A1"), 1));
        await test.Change(Insert(first.SheetId, "ROWS", 0));
        await test.Type(first.SheetId, new { row = 0, col = 0, value = "Sales of Demo Co" });
        var rows = Rows("A1", "A2", "A3").Select(row => (CellValue[])[CellValue.YesNo(true), .. row]).ToList();

        await test.Write(test.Request([Sent, .. Three], rows, 2, first.SheetId));

        (await test.Cell(first.SheetId, 0, 1)).Should().Be("""{"stringValue":"Sales of Demo Co"}""", "the new column came left of it");
        (await test.Cell(first.SheetId, 1, 0)).Should().Be("""{"stringValue":"Sent"}""");
        (await test.Cell(first.SheetId, 4, 1)).Should().Be("""{"stringValue":"A3"}""");
        var tab = await test.Tab(first.SheetId);
        ((int)tab["objects"]!["basicFilter"]!["range"]!["endRowIndex"]!).Should().Be(5);
    }

    [Fact]
    public async Task What_a_person_keeps_below_the_data_is_not_overwritten_after_rows_were_deleted()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Three, Rows("A1", "A2", "A3"), 1));
        await test.Change(new { appendDimension = new { sheetId = first.SheetId, dimension = "ROWS", length = 3 } });
        await test.Type(first.SheetId, new { row = 4, col = 0, value = "Checked by Ann" });
        await test.Change(Delete(first.SheetId, "ROWS", 2));

        var write = () => test.Sheets.Plan(test.Request(Three, Rows("A1", "A2", "A3"), 2, first.SheetId), default);

        var refused = (await write.Should().ThrowAsync<SpreadsheetException>()).Which;
        refused.Code.Should().Be("CK-SHEET-08");
        refused.Message.Should().StartWith("In the tab Invoices row 4 holds something that is not ours");
        await test.Write(test.Request(Three, Rows("A1", "A2"), 3, first.SheetId));
        (await test.Cell(first.SheetId, 3, 0)).Should().Be("""{"stringValue":"Checked by Ann"}""");
    }

    [Fact]
    public async Task A_tab_that_a_person_sorted_is_brought_back_into_its_order()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Three, Rows("A1", "A2"), 1));
        await test.Type(first.SheetId, new { row = 1, col = 0, value = "A2" }, new { row = 2, col = 0, value = "A1" });

        (await test.Sheets.StillHolds(test.Request(Three, Rows("A1", "A2"), 1, first.SheetId), default)).Should().BeFalse();
        await test.Write(test.Request(Three, Rows("A1", "A2"), 2, first.SheetId));

        (await Column(test, first.SheetId)).Should().Be("0:Invoice number 1:A1 2:A2");
    }

    [Fact]
    public async Task A_named_range_that_a_person_deleted_is_made_again_in_the_next_write()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Three, Rows("A1", "A2"), 1));
        var id = $"ck_{Exporter:N}";
        await test.Change(new { deleteNamedRange = new { namedRangeId = id } });

        (await test.Sheets.StillHolds(test.Request(Three, Rows("A1", "A2"), 1, first.SheetId), default)).Should().BeFalse();
        await test.Write(test.Request(Three, Rows("A1", "A2", "A3"), 2, first.SheetId));

        (await test.NamedRange(id))!.ToJsonString().Should().Contain("\"endRowIndex\":4");
        await test.Change(new { deleteNamedRange = new { namedRangeId = id } }, Insert(first.SheetId, "ROWS", 2));
        var blind = () => test.Sheets.Plan(test.Request(Three, Rows("A1", "A2", "A3"), 3, first.SheetId), default);
        (await blind.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be(
            "CK-SHEET-08", "the last record stands below what the stamp says, and would stand twice");
    }

    [Theory]
    [InlineData("insert", 0)]
    [InlineData("insert", 1)]
    [InlineData("delete", 0)]
    [InlineData("delete", 1)]
    public async Task Columns_inserted_or_deleted_inside_stop_the_run_before_it_writes(string change, int at)
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Three, Rows("A1"), 1));
        await test.Change(change == "insert" ? Insert(first.SheetId, "COLUMNS", at) : Delete(first.SheetId, "COLUMNS", at));
        var before = (string)(await test.Tab(first.SheetId))["hash"]!;

        var write = () => test.Sheets.Plan(test.Request(Three, Rows("A1"), 2, first.SheetId), default);

        (await write.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-SHEET-07");
        ((string)(await test.Tab(first.SheetId))["hash"]!).Should().Be(before);
    }

    [Fact]
    public async Task A_person_may_have_a_new_tab_made_beside_one_whose_columns_were_moved()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Three, Rows("A1"), 1));
        await test.Change(Insert(first.SheetId, "COLUMNS", 1));
        var before = (string)(await test.Tab(first.SheetId))["hash"]!;
        var request = test.Request(Three, Rows("A1", "A2"), 2, first.SheetId) with { NewTab = true };

        var (plan, _) = await test.Write(request);

        plan.SheetId.Should().NotBe(first.SheetId);
        plan.Warnings.Should().ContainSingle().Which.Code.Should().Be("CK-SHEET-21");
        ((string)(await test.Tab(first.SheetId))["hash"]!).Should().Be(before, "the old one stays as it is");
        (await test.Write(request with { Tab = request.Tab with { SheetId = plan.SheetId } })).Receipt.WasThere
            .Should().BeTrue("another attempt of the run finds it");
        var (next, _) = await test.Write(test.Request(Three, Rows("A1", "A2", "A3"), 3, plan.SheetId));
        (next.SheetId, next.CreatesTab).Should().Be((plan.SheetId, false), "runs go on there");
    }

    [Fact]
    public async Task A_column_of_a_person_that_slid_in_without_a_heading_is_not_overwritten()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Three, Rows("A1"), 1));
        await test.Change(new { appendDimension = new { sheetId = first.SheetId, dimension = "COLUMNS", length = 1 } });
        await test.Type(first.SheetId, new { row = 1, col = 3, value = "paid by check" });
        await test.Change(Delete(first.SheetId, "COLUMNS", 2));

        var write = () => test.Sheets.Plan(test.Request(Three, Rows("A1"), 2, first.SheetId), default);

        (await write.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-SHEET-07");
    }

    [Fact]
    public async Task A_last_column_that_was_deleted_comes_again()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Three, Rows("A1", "A2"), 1));
        await test.Change(Delete(first.SheetId, "COLUMNS", 2));

        await test.Write(test.Request([.. Three, Sent], [.. Rows("A1").Select(r => (CellValue[])[.. r, CellValue.YesNo(true)])], 2, first.SheetId));

        (await test.Cell(first.SheetId, 0, 2)).Should().Be("""{"stringValue":"Total"}""");
        (await test.Cell(first.SheetId, 1, 3)).Should().Be("""{"boolValue":true}""");
    }

    [Theory]
    [InlineData("Sales: 2025")]
    [InlineData("A1:B2")]
    [InlineData("1:1")]
    [InlineData("Bill's '24' \\ / ? * [x] !A1")]
    public async Task Whatever_a_person_calls_the_tab_it_is_read_and_written(string title)
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (made, _) = await test.Write(test.Request(Three, Rows("A1"), 1) with { Title = title });
        made.TabTitle.Should().Be(title);

        var (again, _) = await test.Write(test.Request(Three, Rows("A1", "A2"), 2, made.SheetId));

        again.TabTitle.Should().Be(title);
        (await test.Sheets.StillHolds(test.Request(Three, Rows("A1", "A2"), 2, made.SheetId), default)).Should().BeTrue();
    }

    [Fact]
    public async Task A_row_that_somebody_inserts_between_look_and_write_is_noticed_below_the_data()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(Keyed(test.Request(Three, Rows("A1", "A2", "A3"), 1)));
        var plan = await test.Sheets.Plan(Keyed(test.Request(Three, Rows("A1", "A2", "A4"), 2, first.SheetId)), default);
        await test.Change(Insert(first.SheetId, "ROWS", 2));

        await test.Sheets.Commit(plan, default);
        var verify = () => test.Sheets.Verify(plan, default);

        (await verify.Should().ThrowAsync<SpreadsheetException>()).Which.Message.Should().Contain("row 5, below the last record");
    }

    private static WriteRequest Keyed(WriteRequest request) => request with { KeyColumn = Number.Key };

    private static List<CellValue[]> Rows(params string[] numbers) =>
        [.. numbers.Select(number => Row(number, new(2024, 1, int.Parse(number[1..], System.Globalization.CultureInfo.InvariantCulture)), 1m))];

    private static object Insert(int sheetId, string dimension, int at) => new
    {
        insertDimension = new { range = new { sheetId, dimension, startIndex = at, endIndex = at + 1 }, inheritFromBefore = at > 0 },
    };

    private static object Delete(int sheetId, string dimension, int at) =>
        new { deleteDimension = new { range = new { sheetId, dimension, startIndex = at, endIndex = at + 1 } } };

    /// <summary>Column A, cell by cell: row and text.</summary>
    private static async Task<string> Column(SandboxedSheets test, int sheetId) => string.Join(' ',
        (await test.Tab(sheetId))["cells"]!.AsArray().Where(c => (int)c!["col"]! == 0)
            .Select(c => $"{(int)c!["row"]!}:{(string)c["userEnteredValue"]!["stringValue"]!}"));
}
