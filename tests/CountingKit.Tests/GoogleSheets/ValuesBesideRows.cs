using CountingKit.Spreadsheets;
using CountingKit.Testing.Sandbox;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>Notes that people type beside the rows: they stay beside their records, or the run stops and says which would not.</summary>
public sealed class ValuesBesideRows(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static readonly SheetColumn[] Three = [Number, Date, Total];
    private readonly SandboxProcess sandbox = shared.Process;

    [Fact]
    public async Task Notes_that_would_end_beside_other_records_stop_the_run_before_it_writes()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, [.. Enumerable.Range(1, 58)], note: row => $"of row {row}");
        var before = (string)(await test.Tab(id))["hash"]!;

        var refused = await Refusal(test, Request(test, [.. Enumerable.Range(7, 52)], 2, id));

        refused.Code.Should().Be("CK-SHEET-14");
        refused.Message.Should().StartWith(
            "In the tab Invoices your notes in D2, D3, D4, D5, D6 and 53 more would no longer be next to their records. "
            + "Nothing was written.");
        ((string)(await test.Tab(id))["hash"]!).Should().Be(before);
    }

    [Fact]
    public async Task After_a_person_has_looked_it_is_written_anyway()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, [1, 2, 3], note: row => $"of row {row}");

        var (plan, _) = await test.Write(Request(test, [2, 3], 2, id) with { WriteAnyway = true });

        plan.Warnings.Should().ContainSingle(warning => warning.Code == "CK-SHEET-20" && warning.IsOfRows)
            .Which.Message.Should().Contain("what people typed in D2, D3, D4 is no longer next to its records.");
        (await test.Cell(id, 1, 0)).Should().Be("""{"stringValue":"A2"}""");
        (await test.Cell(id, 1, 3)).Should().Be("""{"stringValue":"of row 1"}""", "what people typed is not touched");
    }

    [Fact]
    public async Task Records_that_change_or_come_without_moving_noted_ones_do_not_stop_the_run()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, [1, 2, 3], note: row => row == 3 ? null : $"of row {row}");
        var request = Request(test, [1, 2, 4, 5], 2, id, total: 99m);

        await test.Write(request);

        (await test.Cell(id, 2, 3)).Should().Be("""{"stringValue":"of row 2"}""");
        (await test.Cell(id, 2, 2)).Should().MatchRegex("99", "the same record, paid since");
        (await test.Cell(id, 4, 0)).Should().Be("""{"stringValue":"A5"}""");
    }

    [Fact]
    public async Task Formulas_beside_the_rows_compute_anew_and_do_not_stop_the_run()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, [1, 2, 3], note: _ => null);
        await test.Type(id, new { row = 1, col = 3, formula = "=C2*2" }, new { row = 2, col = 3, formula = "=C3*2" });

        await test.Write(Request(test, [2, 3], 2, id));

        (await test.Cell(id, 1, 3)).Should().Be("""{"formulaValue":"=C2*2"}""");
    }

    [Fact]
    public async Task A_row_inserted_by_a_person_pushes_notes_down_and_the_run_stops()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, [1, 2, 3], note: row => row == 3 ? "of row 3" : null);
        await test.Change(new
        {
            insertDimension = new { range = new { sheetId = id, dimension = "ROWS", startIndex = 2, endIndex = 3 }, inheritFromBefore = true },
        });

        var refused = await Refusal(test, Request(test, [1, 2, 3], 2, id));

        refused.Code.Should().Be("CK-SHEET-14");
        refused.Message.Should().StartWith("In the tab Invoices your notes in D5 would no longer be next to their records.")
            .And.NotContain("order", "the order is as it was");
    }

    [Fact]
    public async Task Where_no_column_names_a_row_a_row_is_known_by_all_of_its_cells()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var id = await WithNotes(test, [1, 2], note: row => $"of row {row}");

        await test.Write(Request(test, [1, 2, 3], 2, id) with { KeyColumn = null });
        var refused = await Refusal(test, Request(test, [2, 1], 3, id) with { KeyColumn = null });

        refused.Code.Should().Be("CK-SHEET-14");
    }

    private static async Task<int> WithNotes(SandboxedSheets test, int[] records, Func<int, string?> note)
    {
        var (first, _) = await test.Write(Request(test, records, 1, null));
        await test.Change(new { appendDimension = new { sheetId = first.SheetId, dimension = "COLUMNS", length = 1 } });
        await test.Type(first.SheetId, [.. Enumerable.Range(1, records.Length)
            .Where(row => note(row) is not null).Select(row => new { row, col = 3, value = note(row) })]);
        return first.SheetId;
    }

    private static WriteRequest Request(SandboxedSheets test, int[] records, int run, int? sheetId, decimal total = 1m) =>
        test.Request(Three, [.. records.Select(n => Row($"A{n}", new DateOnly(2024, 1, 1).AddDays(n), total))], run, sheetId)
            with { KeyColumn = Number.Key };

    private static async Task<SpreadsheetException> Refusal(SandboxedSheets test, WriteRequest request)
    {
        var plan = () => test.Sheets.Plan(request, default);
        return (await plan.Should().ThrowAsync<SpreadsheetException>()).Which;
    }
}
