using CountingKit.Datasets;
using CountingKit.Spreadsheets;
using CountingKit.Testing.Sandbox;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>
/// Rows that people sort, or notes that they type beside them, between the look of a plan and its write: Google can't be
/// asked to write only where nothing changed, so it is told after the write.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class NotesMovedMeanwhile(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static readonly SheetColumn[] Three = [Number, Date, Total];
    private readonly SandboxProcess sandbox = shared.Process;

    [Theory]
    [InlineData("a - c", "A1 A2 A3", "c - a", "D2, D4", "sorted, with their notes")]
    [InlineData("a - -", "A1 A2 A3", "- - a", "D4", "the only note went with its record")]
    [InlineData("a - -", "A1 A2 A3 A4", "- - - a", "D5", "pushed down, beside a new record")]
    [InlineData("a b c", "A1 A2 A3", "b c -", "D2, D3", "a row was deleted")]
    [InlineData("- - -", "A2 A1 A3", "n - -", "D2", "typed beside a record that the write moves")]
    [InlineData("- - -", "A3", "- n -", "D3", "typed beside a record that the write takes away")]
    public async Task What_may_stand_beside_another_record_now_is_told(
        string notes, string next, string typed, string cells, string because)
    {
        var seen = await Seen(notes, next, typed);

        seen.Should().ContainSingle(warning => warning.Code == "CK-SHEET-23" && warning.IsOfRows, because).Which.Message.Should()
            .StartWith("In the tab Invoices someone moved rows, or typed beside them, while this run was writing.")
            .And.Contain($"may belong to other records: {cells}. Look at those cells");
    }

    [Theory]
    [InlineData("a - c", "A1 A2 A3", "a - c", "nothing happened")]
    [InlineData("a - c", "A1 A2 A3", "a n c", "typed beside a record that stays")]
    [InlineData("a - c", "A1 A2 A3", "a - d", "a note was changed")]
    [InlineData("a a -", "A1 A2 A3", "a a a", "the same words typed once more")]
    [InlineData("a - c", "A1 A2 A3", "- - c", "a note was deleted")]
    [InlineData("a - -", "A1 A3 A2", "a - -", "the records that the write moves have no notes")]
    [InlineData("a b c", "A2 A3", "a b c", "a person who chose Write anyway was told by the plan")]
    public async Task What_stands_where_it_was_typed_is_not(string notes, string next, string typed, string because) =>
        (await Seen(notes, next, typed)).Should().BeEmpty(because);

    [Fact]
    public async Task A_value_that_stood_below_the_data_all_the_time_is_not_told_when_a_record_comes_beside_it()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, "a - c");
        await Typed(test, id, "a - c a");
        var plan = await test.Sheets.Plan(Request(test, "A1 A2 A3 A4", 2, id), default);
        await Typed(test, id, "- - c a");

        await test.Sheets.Commit(plan, default);

        (await test.Sheets.Verify(plan, default)).Should().BeEmpty("it only says the same as the note that was deleted");
    }

    [Fact]
    public async Task Our_own_cells_that_somebody_swaps_are_written_again_and_not_told()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, "a - c");
        var plan = await test.Sheets.Plan(Request(test, "A1 A2 A3", 2, id), default);
        await test.Type(id, new { row = 1, col = 0, value = "A3" }, new { row = 3, col = 0, value = "A1" });

        await test.Sheets.Commit(plan, default);

        (await test.Sheets.Verify(plan, default)).Should().BeEmpty();
        (await test.Cell(id, 1, 0)).Should().Be("""{"stringValue":"A1"}""");
    }

    [Fact]
    public async Task Notes_that_a_new_column_moves_to_the_right_are_known_again()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, "a b c");
        var request = test.Request(
            [Number, Sent], [.. Enumerable.Range(1, 3).Select(n => (CellValue[])[CellValue.Text($"A{n}"), CellValue.YesNo(true)])], 2, id);
        var plan = await test.Sheets.Plan(request with { KeyColumn = Number.Key }, default);
        await Typed(test, id, "a c b");

        await test.Sheets.Commit(plan, default);

        (await test.Sheets.Verify(plan, default)).Should().ContainSingle().Which.Message.Should().Contain("records: E3, E4.");
    }

    [Theory]
    [InlineData("deleteDimension", "what stood in D is overwritten, or in C now")]
    [InlineData("insertDimension", "our last column stands once more")]
    public async Task Columns_that_somebody_deletes_or_inserts_are_told(string what, string because)
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, "a - c");
        var plan = await test.Sheets.Plan(Request(test, "A1 A2 A3", 2, id), default);
        await test.Change(Of(what, id, "COLUMNS"));

        await test.Sheets.Commit(plan, default);

        (await test.Sheets.Verify(plan, default)).Should().ContainSingle(because).Which.Message.Should()
            .StartWith("In the tab Invoices someone inserted or deleted columns while this run was writing.");
    }

    [Fact]
    public async Task A_column_that_somebody_adds_where_nothing_stands_is_not_told()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, "- - -");
        var plan = await test.Sheets.Plan(Request(test, "A1 A2 A3", 2, id), default);
        await test.Change(new { appendDimension = new { sheetId = id, dimension = "COLUMNS", length = 1 } });

        await test.Sheets.Commit(plan, default);

        (await test.Sheets.Verify(plan, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_row_that_somebody_inserts_is_a_failure_that_names_the_notes_too_for_the_next_run_would_not_know_of_them()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, "a c -");
        var plan = await test.Sheets.Plan(Request(test, "A1 A2 A3", 2, id), default);
        await test.Change(Of("insertDimension", id, "ROWS"));
        await test.Sheets.Commit(plan, default);

        var verify = async () => await test.Sheets.Verify(plan, default);

        (await verify.Should().ThrowAsync<SpreadsheetException>()).Which.Message.Should()
            .Contain("does not show what was written").And.Contain("may belong to other records: D3, D4.");
    }

    [Fact]
    public async Task Of_many_cells_twenty_are_named()
    {
        var numbers = Enumerable.Range(1, 30).Select(n => $"n{n}").ToList();
        var records = string.Join(' ', Enumerable.Range(1, 30).Select(n => $"A{n}"));

        var seen = await Seen(string.Join(' ', numbers), records, string.Join(' ', Enumerable.Reverse(numbers)));

        seen.Should().ContainSingle().Which.Message.Should().Contain("D20, D21 and 10 more.");
    }

    [Fact]
    public async Task Where_no_note_can_have_strayed_nothing_more_is_read()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, "- - -");
        var plan = await test.Sheets.Plan(Request(test, "A1 A2 A3 A4", 2, id), default);
        await test.Sheets.Commit(plan, default);
        var before = await Looks(test);

        await test.Sheets.Verify(plan, default);

        (await Looks(test)).Should().Be(before);
    }

    /// <summary>What the look after a write tells.</summary>
    /// <param name="notes">Beside the records A1, A2 and so on when the write is planned; a dash is none.</param>
    /// <param name="next">The records that it writes.</param>
    /// <param name="typed">The notes as people leave them before it is sent.</param>
    private async Task<IReadOnlyList<WriteWarning>> Seen(string notes, string next, string typed)
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, notes);
        var plan = await test.Sheets.Plan(Request(test, next, 2, id) with { WriteAnyway = true }, default);
        await Typed(test, id, typed);

        await test.Sheets.Commit(plan, default);
        return await test.Sheets.Verify(plan, default);
    }

    private static async Task<int> WithNotes(SandboxedSheets test, string notes)
    {
        var records = Enumerable.Range(1, notes.Split(' ').Length).Select(n => $"A{n}");
        var (first, _) = await test.Write(Request(test, string.Join(' ', records), 1, null));
        await test.Change(
            new { appendDimension = new { sheetId = first.SheetId, dimension = "COLUMNS", length = 1 } },
            new { appendDimension = new { sheetId = first.SheetId, dimension = "ROWS", length = 2 } });
        await Typed(test, first.SheetId, notes);
        return first.SheetId;
    }

    private static Task Typed(SandboxedSheets test, int id, string notes) => test.Type(
        id, [.. notes.Split(' ').Select((note, i) => new { row = i + 1, col = 3, value = note == "-" ? null : note })]);

    /// <summary>Of the second row or column.</summary>
    private static Dictionary<string, object> Of(string what, int sheetId, string dimension) => new()
    {
        [what] = new { range = new { sheetId, dimension, startIndex = 1, endIndex = 2 } },
    };

    private static WriteRequest Request(SandboxedSheets test, string records, int run, int? sheetId) => test.Request(
        Three, [.. records.Split(' ').Select(number => Row(number, new(2024, 1, 1), 1m))], run, sheetId)
            with { KeyColumn = Number.Key };

    /// <summary>How often the cells were asked for as they were entered.</summary>
    private async Task<int> Looks(SandboxedSheets test) => (await sandbox.Control.Journal())
        .Count(line => line.Path.EndsWith($"{test.FileId}:getByDataFilter", StringComparison.Ordinal));
}
