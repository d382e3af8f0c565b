using CountingKit.Spreadsheets;
using CountingKit.Testing.Sandbox;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>
/// A row inserted while a run writes pushes records out of its rectangle. The runs after it leave each record once, and
/// nothing that a person typed is lost.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class RecordsBelowTheData(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private const int SerialOfThird = 45294;
    private static readonly SheetColumn[] Three = [Number, Date, Total];
    private readonly SandboxProcess sandbox = shared.Process;

    [Theory]
    [InlineData(1, 3, 1, "the same rows")]
    [InlineData(1, 4, 1, "one more: it takes the row where the last one stood again")]
    [InlineData(1, 6, 1, "more rows than stand below")]
    [InlineData(1, 2, 1, "the last one is no longer in the data")]
    [InlineData(1, 3, 2, "other amounts than what stands below")]
    [InlineData(2, 3, 1, "two rows inserted, two records pushed out")]
    public async Task The_run_after_one_that_was_disturbed_leaves_each_record_once(
        int inserted, int next, int total, string because)
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await Disturbed(test, inserted);

        (await test.Sheets.StillHolds(Request(test, 3, 2, id), default)).Should().BeFalse("a record stands twice");
        await test.Write(Request(test, next, 3, id, total));

        (await Column(test, id)).Should().Be(Once(next), because);
        (await test.Sheets.StillHolds(Request(test, next, 3, id, total), default)).Should().BeTrue();
        await test.Write(Request(test, next, 4, id, total));
        (await Column(test, id)).Should().Be(Once(next));
    }

    [Fact]
    public async Task A_record_that_has_stood_twice_for_long_is_cleared_and_what_stands_below_it_stays()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithRoomBelow(test);
        await TypeThird(test, id, total: 1);
        await test.Type(id, new { row = 5, col = 0, value = "Checked by Ann" });

        await test.Write(Request(test, 3, 2, id));

        (await Column(test, id)).Should().Be($"{Once(3)} 5:Checked by Ann");
        (await test.Cell(id, 4, 2)).Should().BeNull("all of the row is cleared");
    }

    [Fact]
    public async Task A_row_that_names_a_record_and_holds_something_else_is_for_a_person()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithRoomBelow(test);
        await TypeThird(test, id, total: 7);

        await IsRefused(test, Request(test, 3, 2, id), "CK-SHEET-22", "In the tab Invoices row 5, right below the data, looks like");
    }

    [Fact]
    public async Task A_record_of_Xero_that_the_data_has_no_more_is_for_a_person()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithRoomBelow(test);
        await test.Type(id, new { row = 4, col = 0, value = "0190a000-0000-7000-8000-00000000000a" });

        (await test.Sheets.StillHolds(Request(test, 3, 1, id), default)).Should().BeFalse();
        await IsRefused(test, Request(test, 3, 2, id), "CK-SHEET-22", "In the tab Invoices row 5");
    }

    [Fact]
    public async Task A_note_that_was_pushed_down_with_its_record_stops_the_run()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await Disturbed(test, inserted: 1, note: true);

        await IsRefused(
            test, Request(test, 3, 3, id), "CK-SHEET-14",
            "In the tab Invoices your notes in D5 would no longer be next to their records.");
    }

    [Fact]
    public async Task A_formula_of_a_person_that_shows_the_last_record_stays()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithRoomBelow(test);
        await test.Type(id, new { row = 4, col = 0, formula = "=A4" });

        await test.Write(Request(test, 3, 2, id));

        (await test.Cell(id, 4, 0)).Should().Be("""{"formulaValue":"=A4"}""");
    }

    [Fact]
    public async Task A_write_that_was_there_before_its_process_died_is_looked_at_below_too()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await Disturbed(test, inserted: 2);
        var again = await test.Sheets.Plan(Request(test, 3, 2, id), default);

        var verify = () => test.Sheets.Verify(again, default);

        again.Landed.Should().BeTrue();
        (await verify.Should().ThrowAsync<SpreadsheetException>()).Which.Message.Should().Contain("row 5, below the last record");
    }

    /// <summary>Three records in rows 2 to 4, and one or two of them again below: their run said so and failed.</summary>
    /// <param name="note">A person's, beside the last record.</param>
    private static async Task<int> Disturbed(SandboxedSheets test, int inserted, bool note = false)
    {
        var (first, _) = await test.Write(Request(test, 3, 1, null));
        var id = first.SheetId;
        if (note)
        {
            await test.Change(new { appendDimension = new { sheetId = id, dimension = "COLUMNS", length = 1 } });
            await test.Type(id, new { row = 3, col = 3, value = "of row 3" });
        }
        var plan = await test.Sheets.Plan(Request(test, 3, 2, id), default);
        await test.Change(new
        {
            insertDimension = new
            {
                range = new { sheetId = id, dimension = "ROWS", startIndex = 1, endIndex = 1 + inserted }, inheritFromBefore = true,
            },
        });
        await test.Sheets.Commit(plan, default);
        var verify = () => test.Sheets.Verify(plan, default);
        (await verify.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-SHEET-09");
        return id;
    }

    private static async Task<int> WithRoomBelow(SandboxedSheets test)
    {
        var (first, _) = await test.Write(Request(test, 3, 1, null));
        await test.Change(new { appendDimension = new { sheetId = first.SheetId, dimension = "ROWS", length = 3 } });
        return first.SheetId;
    }

    private static Task TypeThird(SandboxedSheets test, int id, int total) => test.Type(
        id, new { row = 4, col = 0, value = "A3" }, new { row = 4, col = 1, value = SerialOfThird },
        new { row = 4, col = 2, value = total });

    private static async Task IsRefused(SandboxedSheets test, WriteRequest request, string code, string message)
    {
        var before = (string)(await test.Tab(request.Tab.SheetId!.Value))["hash"]!;
        var plan = () => test.Sheets.Plan(request, default);

        var refused = (await plan.Should().ThrowAsync<SpreadsheetException>()).Which;

        (refused.Problem, refused.Code).Should().Be((SpreadsheetProblem.Refused, code));
        refused.Message.Should().StartWith(message).And.Contain("Nothing was written.");
        ((string)(await test.Tab(request.Tab.SheetId!.Value))["hash"]!).Should().Be(before);
    }

    private static WriteRequest Request(SandboxedSheets test, int records, int run, int? sheetId, int total = 1) => test.Request(
        Three, [.. Enumerable.Range(1, records).Select(n => Row($"A{n}", new(2024, 1, n), total))], run, sheetId)
            with { KeyColumn = Number.Key };

    private static string Once(int records) =>
        string.Join(' ', Enumerable.Range(1, records).Select(n => $"{n}:A{n}").Prepend("0:Invoice number"));

    /// <summary>Column A, cell by cell: row and text.</summary>
    private static async Task<string> Column(SandboxedSheets test, int sheetId) => string.Join(' ',
        (await test.Tab(sheetId))["cells"]!.AsArray().Where(c => (int)c!["col"]! == 0)
            .Select(c => $"{(int)c!["row"]!}:{(string)c["userEnteredValue"]!["stringValue"]!}"));
}
