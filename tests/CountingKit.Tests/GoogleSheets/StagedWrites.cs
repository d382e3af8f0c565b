using System.Text.Json.Nodes;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Datasets;
using CountingKit.Spreadsheets;
using CountingKit.Testing.Sandbox;
using Newtonsoft.Json;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>More than one request carries: gathered in a hidden tab, and brought to where people look in one step.</summary>
[Trait("Speed", "Slow")]
public sealed class StagedWrites(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private const int Many = 1_300;
    private static readonly SheetColumn Notes = new("notes", "Notes", ColumnType.Text);
    private static readonly SheetColumn[] Three = [Number, Date, Total];
    private static readonly SheetColumn[] Five = [Number, Date, Total, Sent, Notes];
    private static readonly string Long = new('n', 2_000);
    private readonly SandboxProcess sandbox = shared.Process;

    [Fact]
    public async Task The_plan_gathers_first_and_changes_in_one_step_what_people_see()
    {
        var plan = await Plan(Request(Five, Rows(Many, 1)), Written(2_000, Five, 2_001, 5));

        plan.Rows.Together.Should().BeNull("memory does not grow with the rows");
        plan.Bytes.Should().BeInRange(Many * 2_000L, Many * 2_100L);
        var staging = plan.Staging!;
        var requests = plan.Batch.Requests;
        var paste = requests.Single(request => request.CopyPaste is not null).CopyPaste;
        (paste.PasteType, paste.Source.SheetId, paste.Source.EndRowIndex, paste.Source.EndColumnIndex)
            .Should().Be(("PASTE_VALUES", staging.SheetId, Many + 1, 5));
        (paste.Destination.SheetId, paste.Destination.StartRowIndex, paste.Destination.EndRowIndex).Should().Be((77, 0, Many + 1));
        var cleared = requests.First(request => request.UpdateCells is not null).UpdateCells;
        (cleared.Range.StartRowIndex, cleared.Range.EndRowIndex).Should().Be((Many + 1, 2_001));
        cleared.Rows.Should().BeNull();
        requests[^1].DeleteSheet.SheetId.Should().Be(staging.SheetId);
        JsonConvert.SerializeObject(plan.Batch).Length.Should().BeLessThan(20_000);
    }

    [Fact]
    public async Task Parts_are_whole_rows_and_none_is_more_than_one_request_carries()
    {
        var request = Request(Five, Rows(Many * 3, 1));
        var rows = await TabRows.Make(request, ColumnLayout.Of(Five, null), default);

        var parts = await StagedRows.Parts(rows, default).ToListAsync();

        parts.Should().HaveCountGreaterThan(3);
        parts.Select(part => part.First).Should().Equal(parts.Select((_, i) => parts.Take(i).Sum(part => part.Values.Count)));
        parts.Sum(part => part.Values.Count).Should().Be((Many * 3) + 1);
        var sizes = parts.Select(part => (long)System.Text.Encoding.UTF8.GetByteCount(JsonConvert.SerializeObject(part.Values))).ToList();
        sizes.Should().OnlyContain(size => size <= TabRows.MostBytes * 1.02);
        ((double)sizes.Sum()).Should().BeApproximately(rows.Bytes, rows.Bytes * 0.02, "what is told is what is sent");
    }

    [Fact]
    public async Task Hostile_texts_numbers_dates_and_blanks_arrive_as_they_are()
    {
        string[] texts = ["0090", "=1+1", "+44 20 7946 0000", "'apostrophe", "🧾 naïve \"quoted\" \\ ", "2024-01-31", "TRUE", "two\nlines", "@x"];
        await using var test = await SandboxedSheets.Start(sandbox);
        var rows = Enumerable.Range(0, Many).Select(n => (CellValue[])
        [
            CellValue.Text(texts[n % texts.Length]), n % 5 == 0 ? CellValue.Null : CellValue.Date(new DateOnly(2024, 1, 1).AddDays(n)),
            CellValue.Number(n * 10.01m), n % 3 == 0 ? CellValue.Null : CellValue.YesNo(n % 2 == 0), CellValue.Text($"{n} {Long}"),
        ]).ToList();

        var (plan, receipt) = await test.Write(test.Request(Five, rows, run: 1));

        receipt.WasThere.Should().BeFalse();
        (await test.Sheets.StillHolds(test.Request(Five, rows, 1), default)).Should().BeTrue();
        var cells = (await test.Tab(plan.SheetId))["cells"]!.AsArray().ToDictionary(
            cell => ((int)cell!["row"]!, (int)cell["col"]!), cell => cell!["userEnteredValue"]);
        cells.Should().HaveCount(rows.Sum(row => row.Count(value => !value.IsNull)) + 5, "a blank is no cell");
        for (var n = 0; n < Many; n++)
        {
            ((string?)cells[(n + 1, 0)]!["stringValue"]).Should().Be(texts[n % texts.Length]);
            ((decimal?)cells[(n + 1, 2)]!["numberValue"]).Should().Be(n * 10.01m);
            ((string?)cells[(n + 1, 4)]!["stringValue"]).Should().Be($"{n} {Long}");
        }
        ((decimal)cells[(2, 1)]!["numberValue"]!).Should().Be(45_293);
        ((bool)cells[(2, 3)]!["boolValue"]!).Should().BeFalse();
    }

    [Fact]
    public async Task What_people_see_is_the_whole_old_or_the_whole_new_and_what_they_put_around_stays()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Five, Rows(40, 1), 1));
        var id = first.SheetId;
        await test.Change(new { appendDimension = new { sheetId = id, dimension = "COLUMNS", length = 1 } });
        await test.Type(id, new { row = 0, col = 5, value = "Mine" }, new { row = 1, col = 5, formula = "=C2*2" });
        var (before, old) = await Now(test, id);

        await test.Write(test.Request(Five, Rows(Many, 2), 2, id));
        await test.Write(test.Request(Five, Rows(Many - 200, 3), 3, id));
        await test.Write(test.Request(Five, Rows(10, 4), 4, id));

        (await test.Cell(id, 0, 5)).Should().Be("""{"stringValue":"Mine"}""");
        (await test.Cell(id, 1, 5)).Should().Be("""{"formulaValue":"=C2*2"}""");
        (await test.Cell(id, 11, 0)).Should().BeNull("what no row covers is cleared");
        (await test.Cell(id, Many, 0)).Should().BeNull();
        var content = await Content(test);
        content.Select(tab => (string)tab!["title"]!).Should().Equal("Sheet1", "Invoices");
        ((int)(await test.Tab(id))["rows"]!).Should().Be(Many + 1, "rows do not pile up from run to run");
        Seen(await sandbox.Control.Journal(before), test, id, old).Should().HaveCount(4, "what people typed shows, and each run in one step");
    }

    [Fact]
    public async Task What_a_person_does_while_the_rows_are_gathered_is_seen_before_the_tab_changes()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Five, Rows(40, 1), 1));
        await test.Change(new { appendDimension = new { sheetId = first.SheetId, dimension = "ROWS", length = 3 } });
        var plan = await test.Sheets.Plan(test.Request(Five, Rows(Many, 2), 2, first.SheetId), default);
        await test.Type(first.SheetId, new { row = 42, col = 0, value = "Mine" });

        var gather = () => test.Sheets.Gather(plan, default);

        (await gather.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-SHEET-08");
        (await test.Cell(first.SheetId, 42, 0)).Should().Be("""{"stringValue":"Mine"}""");
        (await Content(test)).Should().HaveCount(2, "the hidden tab goes with the attempt");
    }

    [Fact]
    public async Task Rows_whose_hidden_tab_somebody_deletes_are_gathered_again_later()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Five, Rows(3, 1), 1));
        var plan = await test.Sheets.Gather(await test.Sheets.Plan(test.Request(Five, Rows(Many, 2), 2, first.SheetId), default), default);
        await test.Change(new { deleteSheet = new { sheetId = await Hidden(test) } });

        var commit = () => test.Sheets.Commit(plan, default);

        var gone = (await commit.Should().ThrowAsync<SpreadsheetException>()).Which;
        (gone.Problem, gone.Code, gone.RetryAt is not null).Should().Be((SpreadsheetProblem.Unavailable, "CK-SHEET-24", true));
        await test.Write(test.Request(Five, Rows(Many, 2), 2, first.SheetId));
        (await test.Sheets.StillHolds(test.Request(Five, Rows(Many, 2), 2, first.SheetId), default)).Should().BeTrue();
    }

    [Theory]
    [InlineData("ROWS")]
    [InlineData("COLUMNS")]
    public async Task What_somebody_inserts_in_the_hidden_tab_reaches_nobodys_eyes(string dimension)
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Five, Rows(3, 1), 1));
        var request = test.Request(Five, Rows(Many, 2), 2, first.SheetId) with
        {
            Gathered = async (_, _) =>
            {
                var hidden = await Hidden(test);
                await test.Change(new { insertDimension = new { range = new { sheetId = hidden, dimension, startIndex = 1, endIndex = 2 } } });
            },
        };

        var gather = async () => await test.Sheets.Gather(await test.Sheets.Plan(request, default), default);

        (await gather.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-SHEET-24");
        (await test.Sheets.StillHolds(test.Request(Five, Rows(3, 1), 1, first.SheetId), default)).Should().BeTrue();
        (await Content(test)).Should().HaveCount(2, "the hidden tab goes with the attempt");
    }

    [Fact]
    public async Task Nobody_who_is_only_an_editor_of_the_spreadsheet_types_in_the_hidden_tab()
    {
        await using var test = await SandboxedSheets.StartAsEditor(sandbox);
        var (_, other) = await SandboxedSheets.StartAsRobot(sandbox);
        await sandbox.Control.Post("_/google/share", new { spreadsheetId = test.FileId, email = other, role = "writer" });
        await test.Sheets.Gather(await test.Sheets.Plan(test.Request(Five, Rows(Many, 1), 1), default), default);

        var hidden = (await Content(test)).Single(tab => (bool)tab!["hidden"]!)!;

        var closed = hidden["objects"]!["protectedRanges"]!.AsArray().Should().ContainSingle().Subject!;
        closed["range"]!.ToJsonString().Should().Be($$"""{"sheetId":{{hidden["sheetId"]}}}""");
        closed["editors"]!["users"]!.AsArray().Should().HaveCount(1).And.NotContain(user => (string)user! == other);
    }

    [Fact]
    public async Task A_hidden_tab_of_another_attempt_of_the_same_run_is_no_ones_to_go_on_with()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var request = test.Request(Five, Rows(Many, 1), 1);
        var died = await test.Sheets.Gather(await test.Sheets.Plan(request, default), default);

        var (plan, _) = await test.Write(request);

        var late = () => test.Sheets.Commit(died, default);
        (await late()).WasThere.Should().BeTrue("the run has written once, and does not again");
        (await Content(test)).Select(tab => (int)tab!["sheetId"]!).Should().Equal(0, plan.SheetId);
    }

    [Fact]
    public async Task Numbers_and_dates_are_weighed_as_they_are_sent()
    {
        var request = Request(Three, [.. Enumerable.Range(0, 60_000).Select(n => Row($"{n}", new DateOnly(2024, 1, 1).AddDays(n), n))]);
        var rows = await TabRows.Make(request, ColumnLayout.Of(Three, null), default);

        var sizes = await StagedRows.Parts(rows, default)
            .Select(part => (long)System.Text.Encoding.UTF8.GetByteCount(JsonConvert.SerializeObject(part.Values))).ToListAsync();

        rows.Together.Should().BeNull();
        sizes.Should().OnlyContain(size => size <= TabRows.MostBytes + 2);
        ((double)sizes.Sum()).Should().BeApproximately(rows.Bytes, rows.Bytes * 0.001);
    }

    [Fact]
    public async Task An_attempt_that_died_leaves_a_hidden_tab_which_the_next_run_deletes()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Five, Rows(3, 1), 1));
        await Leftover(test, 901, Exporter, At);
        await Leftover(test, 902, Guid.CreateVersion7(), TimeProvider.System.GetUtcNow().AddMinutes(-61));
        await Leftover(test, 903, Guid.CreateVersion7(), TimeProvider.System.GetUtcNow().AddMinutes(-5));
        await Leftover(test, 904, Exporter, At, copyOf: 901);

        await test.Write(test.Request(Five, Rows(4, 2), 2, first.SheetId));

        (await Content(test)).Select(tab => (int)tab!["sheetId"]!).Should().Equal([0, first.SheetId, 903, 904], "a copy is whoever made it's");
    }

    [Fact]
    public async Task Of_a_fault_at_any_call_people_see_nothing_but_the_old_rows_and_then_the_new()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (first, _) = await test.Write(test.Request(Five, Rows(Many, 1), 1));
        var (id, run, good) = (first.SheetId, 1, 1);
        string[] kinds = ["drop-before", "drop-after", "500", "503", "429", "400", "403"];
        foreach (var kind in kinds)
            for (var call = 0; call < 4; call++)
            {
                run++;
                var (since, old) = await Now(test, id);
                var status = int.TryParse(kind, out var code) ? code : 0;
                await sandbox.Control.AddFault(new
                {
                    vendor = "google", pathPattern = "^(POST|PUT) /v4/spreadsheets/.*(:batchUpdate|/values/)", times = 1, after = call,
                    kind = status == 0 ? kind : "status", status,
                    body = new { error = new { code = status, message = "Trouble", status = "INTERNAL" } },
                    headers = status == 429 ? new Dictionary<string, string> { ["Retry-After"] = "1" } : null,
                });

                var write = () => test.Write(test.Request(Five, Rows(Many, run), run, id));
                var because = $"{kind} at call {call}";
                if (status is 400 or 403) await write.Should().ThrowAsync<SpreadsheetException>(because);
                else await write.Should().NotThrowAsync(because);

                Seen(await sandbox.Control.Journal(since), test, id, old).Should().HaveCount(status is 400 or 403 ? 0 : 1, because);
                (await test.Sheets.ReadStamp(first.Request.Tab with { SpreadsheetId = test.FileId }, default))!.RunId
                    .Should().Be(status is 400 or 403 ? Run(good) : Run(run), because);
                (await Content(test)).Should().HaveCount(2, $"{because}: no hidden tab stays");
                await sandbox.Control.ClearFaults();
                if (status is not (400 or 403)) good = run;
            }
    }

    /// <summary>Where the journal ends, and what the tab holds.</summary>
    private async Task<(long Line, string? Hash)> Now(SandboxedSheets test, int sheetId)
    {
        var journal = await sandbox.Control.Journal();
        return (journal.Select(line => line.Seq).DefaultIfEmpty().Max(), Hashes(journal, test, sheetId).LastOrDefault());
    }

    /// <summary>Contents of the tab that people could see since then, besides the old one.</summary>
    private static IEnumerable<string> Seen(IReadOnlyList<JournalLine> journal, SandboxedSheets test, int sheetId, string? old) =>
        Hashes(journal, test, sheetId).Distinct().Where(hash => hash != old);

    private static IEnumerable<string> Hashes(IReadOnlyList<JournalLine> journal, SandboxedSheets test, int sheetId) => journal
        .Select(line => line.Tabs?.SingleOrDefault(tab => tab.SpreadsheetId == test.FileId && tab.SheetId == sheetId)?.Hash)
        .OfType<string>();

    private async Task<JsonArray> Content(SandboxedSheets test) =>
        (await sandbox.Control.Get<JsonNode>($"_/google/spreadsheets/{test.FileId}"))["tabs"]!.AsArray();

    private async Task<int> Hidden(SandboxedSheets test) =>
        (await Content(test)).Single(tab => (bool)tab!["hidden"]!)!["sheetId"]!.GetValue<int>();

    private static Task Leftover(SandboxedSheets test, int sheetId, Guid exporter, DateTimeOffset at, int? copyOf = null) => test.Change(
        new { addSheet = new { properties = new { sheetId, title = $"~ck {sheetId}", hidden = true } } },
        new
        {
            createDeveloperMetadata = new
            {
                developerMetadata = new
                {
                    metadataKey = "countingkit.staging", location = new { sheetId }, visibility = "DOCUMENT",
                    metadataValue = TabMetadata.Write(new StagingOwner(exporter, Run(999), test.FileId, copyOf ?? sheetId, at)),
                },
            },
        });

    private static List<CellValue[]> Rows(int count, int run) =>
    [
        .. Enumerable.Range(0, count).Select(n => (CellValue[])
        [
            CellValue.Text($"INV-{n:D6}"), CellValue.Date(new(2024, 1, 1 + (n % 28))), CellValue.Number(n + (run / 100m)),
            CellValue.YesNo(n % 2 == 0), CellValue.Text($"{run} {Long}"),
        ]),
    ];
}
