using CountingKit.Datasets;
using CountingKit.Spreadsheets;
using CountingKit.Testing.Sandbox;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>The whole way over HTTP to the stand-in for Google: sign-in, spreadsheet, plan, commit, verify.</summary>
[Trait("Speed", "Slow")]
public sealed class SheetsOfTheSandbox(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static readonly SheetColumn[] Three = [Number, Date, Total];
    private readonly SandboxProcess sandbox = shared.Process;

    [Fact]
    public async Task Twelve_hundred_rows_are_written_verified_and_read_back()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        string[] texts =
            ["0090", "=1+1", "+44 20 7946 0000", "<b>bold</b>", "🧾 naïve", "2024-01-31T00:00:00", "TRUE", "two\nlines"];
        var rows = Enumerable.Range(0, 1200)
            .Select(n => Row($"{texts[n % texts.Length]}", new DateOnly(2024, 1, 1).AddDays(n), n * 10.01m)).ToList();

        var (plan, receipt) = await test.Write(test.Request(Three, rows, run: 1));

        receipt.Should().BeEquivalentTo(new { Calls = 1, WasThere = false, TabTitle = "Invoices" });
        (await test.Sheets.StillHolds(test.Request(Three, rows, 1), default)).Should().BeTrue();
        (await test.Cell(plan.SheetId, 2, 0)).Should().Be("""{"stringValue":"=1+1"}""");
        (await test.Cell(plan.SheetId, 2, 1)).Should().MatchRegex("""^\{"numberValue":45293(\.0)?\}$""");
        (await test.Cell(plan.SheetId, 2, 2)).Should().Be("""{"numberValue":10.01}""");
        (await test.Sheets.ReadStamp(plan.Request.Tab, default)).Should().Be(
            new TabStamp(Run(1), Hash(1), 1200, 3, At, plan.SheetId));
        (await test.Sheets.Inspect(Account, test.FileId, default)).Should().BeEquivalentTo(new { Title = "Books", CanEdit = true });
    }

    [Fact]
    public async Task A_tab_with_the_longest_title_is_made_and_read_back()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var rows = Enumerable.Range(0, 300).Select(n => Row($"{n}", new(2024, 1, 1), n)).ToList();
        var longest = string.Concat(Enumerable.Repeat("🧾", 50));
        var (first, _) = await test.Write(test.Request(Three, rows, run: 1) with { Title = longest + "!" });
        await test.Change(new { updateSheetProperties = new { properties = new { sheetId = first.SheetId, title = longest }, fields = "title" } });

        var (plan, _) = await test.Write(test.Request(Three, rows, run: 2, first.SheetId));

        first.TabTitle.Should().Be(longest, "it is cut to what Google takes, and not through a character");
        plan.TabTitle.Should().Be(longest);
        (await test.Sheets.StillHolds(test.Request(Three, rows, 2, first.SheetId), default)).Should().BeTrue();
    }

    [Fact]
    public async Task A_spreadsheet_is_made_once_however_often_it_is_asked_for()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var marker = Guid.CreateVersion7();

        var first = await test.Sheets.Create(Account, "Reports", marker, null, default);
        await sandbox.Control.AddFault(new { vendor = "google", pathPattern = "^POST /drive/v3/files", times = 1, kind = "drop-after" });
        var again = await test.Sheets.Create(Account, "Reports", marker, null, default);
        var other = await test.Sheets.Create(Account, "Reports", Guid.CreateVersion7(), null, default);

        again.SpreadsheetId.Should().Be(first.SpreadsheetId);
        other.SpreadsheetId.Should().NotBe(first.SpreadsheetId);
        (await test.Sheets.StateOfFile(Account, first.SpreadsheetId, default)).Should().BeEquivalentTo(new { IsInTrash = false })
            .And.Match<FileState>(file => file.Version > 0);
    }

    [Fact]
    public async Task What_people_put_around_the_data_survives_the_next_run()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Three, [Row("A1", new(2024, 1, 1), 1m), Row("A2", new(2024, 1, 2), 2m)], 1));
        var id = first.SheetId;
        await test.Change(
            new { appendDimension = new { sheetId = id, dimension = "COLUMNS", length = 1 } },
            new { updateSheetProperties = new { properties = new { sheetId = id, title = "Renamed by Ann" }, fields = "title" } });
        await test.Type(id, new { row = 0, col = 3, value = "Mine" }, new { row = 1, col = 3, formula = "=C2*2" });

        var four = Enumerable.Range(1, 4).Select(n => (CellValue[])[.. Row($"B{n}", new(2024, 2, n), n), CellValue.YesNo(true)]).ToList();
        var (second, receipt) = await test.Write(test.Request([.. Three, Sent], four, 2, id));

        receipt.TabTitle.Should().Be("Renamed by Ann");
        second.CreatesTab.Should().BeFalse();
        (await test.Cell(id, 0, 3)).Should().Be("""{"stringValue":"Sent"}""");
        (await test.Cell(id, 0, 4)).Should().Be("""{"stringValue":"Mine"}""");
        (await test.Cell(id, 1, 4)).Should().Be("""{"formulaValue":"=C2*2"}""");
        (await test.Cell(id, 4, 0)).Should().Be("""{"stringValue":"B4"}""");

        await test.Write(test.Request([.. Three, Sent], four.Take(1).ToList(), 3, id));
        (await test.Cell(id, 2, 0)).Should().BeNull("rows that left are blank");
        (await test.Cell(id, 1, 4)).Should().Be("""{"formulaValue":"=C2*2"}""");
    }

    [Fact]
    public async Task An_answer_lost_after_the_write_makes_no_second_write()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var request = test.Request(Three, [Row("A1", new(2024, 1, 1), 1m)], 1);
        var plan = await test.Sheets.Plan(request, default);
        var before = (await test.Batches()).Count;
        await sandbox.Control.AddFault(new { vendor = "google", pathPattern = "batchUpdate$", times = 1, kind = "drop-after" });

        var receipt = await test.Sheets.Commit(plan, default);

        receipt.WasThere.Should().BeTrue();
        (await test.Batches()).Should().HaveCount(before + 1);
        await test.Sheets.Verify(plan, default);
        var again = await test.Sheets.Commit(await test.Sheets.Plan(request, default), default);
        again.Should().BeEquivalentTo(new { WasThere = true, Calls = 0 });
    }

    [Fact]
    public async Task The_same_batch_twice_is_refused_by_its_ids_and_changes_nothing()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        await test.Write(test.Request(Three, [Row("A1", new(2024, 1, 1), 1m)], 1));
        var request = test.Request([Number, Sent, Date, Total],
            [[CellValue.Text("A1"), CellValue.YesNo(true), CellValue.Date(new(2024, 1, 1)), CellValue.Number(2m)]], 2);
        var early = await test.Sheets.Plan(request, default);
        var late = await test.Sheets.Plan(request, default);

        await test.Sheets.Commit(early, default);
        var hash = (string)(await test.Tab(early.SheetId))["hash"]!;
        var receipt = await test.Sheets.Commit(late, default);

        receipt.WasThere.Should().BeTrue("an inserted column must not be inserted again");
        ((string)(await test.Tab(early.SheetId))["hash"]!).Should().Be(hash);
    }

    [Fact]
    public async Task Columns_that_a_person_moved_stop_the_run_before_it_writes()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var request = test.Request(Three, [Row("A1", new(2024, 1, 1), 1m)], 1);
        var (plan, _) = await test.Write(request);
        await test.Change(new
        {
            insertDimension = new
            {
                range = new { sheetId = plan.SheetId, dimension = "COLUMNS", startIndex = 1, endIndex = 2 },
                inheritFromBefore = true,
            },
        });

        (await test.Sheets.StillHolds(request, default)).Should().BeFalse();
        var again = () => test.Sheets.Plan(request with { RunId = Run(2) }, default);
        (await again.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-SHEET-07");
    }

    [Fact]
    public async Task An_edit_of_a_single_cell_is_noticed()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var request = test.Request(Three, [Row("5", new(2024, 1, 1), 5m), Row("6", new(2024, 1, 2), 6m)], 1);
        var (plan, _) = await test.Write(request);
        await test.Type(plan.SheetId, new { row = 2, col = 0, value = 6 });

        (await test.Sheets.StillHolds(request, default)).Should().BeFalse("a text became a number");
        var verify = () => test.Sheets.Verify(plan, default);
        (await verify.Should().ThrowAsync<SpreadsheetException>()).Which.Problem.Should().Be(SpreadsheetProblem.NotAsWritten);
    }

    [Fact]
    public async Task A_service_account_writes_once_the_spreadsheet_is_shared_with_it()
    {
        var (test, email) = await SandboxedSheets.StartAsRobot(sandbox);
        await using var _ = test;
        var inspect = () => test.Sheets.Inspect(Account, test.FileId, default);

        (await inspect.Should().ThrowAsync<SpreadsheetException>()).Which.Problem.Should().Be(SpreadsheetProblem.NoAccess);
        await sandbox.Control.Post("_/google/share", new { spreadsheetId = test.FileId, email, role = "reader" });
        (await inspect()).CanEdit.Should().BeFalse();
        await sandbox.Control.Post("_/google/share", new { spreadsheetId = test.FileId, email, role = "writer" });
        (await inspect()).CanEdit.Should().BeTrue();

        var (_, receipt) = await test.Write(test.Request(Three, [Row("A1", new(2024, 1, 1), 1m)], 1));

        receipt.WasThere.Should().BeFalse();
        (await test.Sheets.StateOfFile(Account, test.FileId, default)).Should().Be(FileState.Unknown);
    }
}
