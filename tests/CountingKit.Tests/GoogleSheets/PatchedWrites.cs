using System.Globalization;
using System.Text.Json.Nodes;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Datasets;
using CountingKit.Mirror;
using CountingKit.Spreadsheets;
using CountingKit.Testing.Sandbox;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>A tab that holds the former rows: what stays is moved within it, only the rest is sent, and every cell is as if all had been.</summary>
[Trait("Speed", "Slow")]
public sealed class PatchedWrites(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static readonly SheetColumn[] Three = [Number, Date, Total];
    private readonly SandboxProcess sandbox = shared.Process;

    /// <summary>As a hundred among a hundred thousand.</summary>
    [Fact]
    public async Task Twenty_changes_among_twenty_thousand_rows_take_a_fiftieth_of_the_bytes()
    {
        var random = new Random(1);
        SheetColumn[] fifteen = [.. Three, .. Enumerable.Range(0, 12).Select(n => new SheetColumn($"c{n}", $"Column {n}", ColumnType.Text))];
        List<CellValue[]> Wide(List<CellValue[]> rows) => [.. rows.Select(row => (CellValue[])
            [.. row, .. Enumerable.Range(0, 12).Select(n => CellValue.Text($"Text {n} of {row[0].AsText}"))])];
        var before = Wide(Rows(20_000));
        List<CellValue[]> after = [.. before.Select(row => (CellValue[])[.. row])];
        for (var i = 0; i < 12; i++) after[random.Next(after.Count)][2] = CellValue.Number(0.5m + i);
        for (var i = 0; i < 3; i++) after.RemoveAt(random.Next(after.Count));
        after.InsertRange(700, Wide([.. Enumerable.Range(0, 4).Select(n => Row($"NEW-{n}", new(2026, 1, 1), n))]));
        Move(after, random);
        var file = Written(before.Count, fifteen, before.Count + 1, 15);
        file.NamedRanges[0].Range = Rectangles.Of(77, 0, before.Count + 1, 0, 15);
        var request = Request(fifteen, after, 2, 77);

        var whole = await Plan(request, file);
        var patched = await Plan(
            request with { Former = new(Run(1), Hash(1), before.Count, RowRun.Rising(Kept(before, after))) }, file);

        (whole.RowsSent, patched.RowsSent, patched.Staging).Should().Be((null, 17, null));
        ((double)patched.Bytes).Should().BeLessThan(whole.Bytes * 0.02);
    }

    [Fact]
    public async Task Where_most_rows_changed_all_are_sent()
    {
        var (before, after) = (Rows(400), Rows(400));
        for (var i = 0; i < 400; i += 3) after[i][2] = CellValue.Number(0.5m);

        (await Plan(Following(before, after, 2, 77), File(400))).RowsSent.Should().BeNull();
    }

    [Theory]
    [InlineData("another run")]
    [InlineData("another hash")]
    [InlineData("other headings")]
    [InlineData("other rows")]
    [InlineData("no named range")]
    [InlineData("rows filtered out")]
    [InlineData("a table")]
    public async Task In_a_tab_that_is_not_as_that_run_left_it_all_are_sent(string what)
    {
        var (before, after) = (Rows(400), Rows(401));
        var (request, file) = (Following(before, after, 2, 77), File(400));
        (await Plan(request, file)).RowsSent.Should().Be(1, "but for that, one row is enough");
        var tab = file.Sheets[1];
        if (what == "another run") request = request with { Former = request.Former! with { RunId = Run(9) } };
        if (what == "another hash") request = request with { Former = request.Former! with { ContentHash = Hash(9) } };
        if (what == "other headings") request = request with { Columns = [Number with { Heading = "No." }, Date, Total] };
        if (what == "other rows") file.NamedRanges[0].Range = Rectangles.Of(77, 0, 402, 0, 3);
        if (what == "no named range") file.NamedRanges.Clear();

        if (what == "rows filtered out") tab.BasicFilter = new() { FilterSpecs = [new() { ColumnIndex = 1 }] };
        if (what == "a table") tab.Tables = [new() { TableId = "t1", Range = Rectangles.Of(77, 0, 401, 0, 3) }];

        (await Plan(request, file)).RowsSent.Should().BeNull(what);
    }

    /// <summary>Rows that come, go, change and move, run after run, with a column of a person's beside them and a line below.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_changes_every_cell_is_as_if_all_rows_had_been_sent(int seed)
    {
        var random = new Random(seed);
        await using var test = await SandboxedSheets.Start(sandbox);
        var rows = Rows(300);
        var (first, _) = await test.Write(test.Request(Three, rows, 1));
        var id = first.SheetId;
        await test.Change(
            new { appendDimension = new { sheetId = id, dimension = "COLUMNS", length = 1 } },
            new { appendDimension = new { sheetId = id, dimension = "ROWS", length = 400 } });
        await test.Type(id, new { row = 700, col = 0, value = "Below" }, new { row = 2, col = 3, formula = "=C3*2" });
        var patched = 0;

        for (var run = 2; run < 22; run++)
        {
            var next = Changed(rows, random);
            var request = Following(rows, next, run, id) with { ReadsAllBack = true };
            var (plan, receipt) = await test.Write(request with { Tab = request.Tab with { SpreadsheetId = test.FileId } });

            receipt.WasThere.Should().BeFalse();
            if (plan.RowsSent is { } sent)
            {
                patched++;
                sent.Should().BeLessThanOrEqualTo(next.Count / 4);
            }
            await Holds(test, id, next);
            rows = next;
        }

        patched.Should().BeGreaterThan(12);
        (await test.Cell(id, 700, 0)).Should().Be("""{"stringValue":"Below"}""");
        (await test.Cell(id, 2, 3)).Should().Be("""{"formulaValue":"=C3*2"}""");
    }

    [Fact]
    public async Task A_formula_that_somebody_put_inside_is_overwritten_with_all_rows()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (before, after) = (Rows(200), Rows(201));
        var (first, _) = await test.Write(test.Request(Three, before, 1));
        await test.Type(first.SheetId, new { row = 50, col = 2, formula = "=49*10" });

        var (plan, _) = await test.Write(Of(test, Following(before, after, 2, first.SheetId)));

        plan.RowsSent.Should().BeNull();
        await Holds(test, first.SheetId, after);
    }

    /// <summary>Between the look and the write somebody sorts, edits, or inserts a row: it is noticed, and all rows are sent.</summary>
    [Theory]
    [InlineData("edited")]
    [InlineData("sorted")]
    [InlineData("inserted")]
    [InlineData("deleted")]
    public async Task What_somebody_changed_just_before_is_noticed_and_mended(string what)
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (before, after) = (Rows(200), Rows(200));
        after.RemoveAt(20);
        after.Insert(90, Row("NEW", new(2026, 1, 1), 1));
        var (first, _) = await test.Write(test.Request(Three, before, 1));
        var (id, request) = (first.SheetId, Of(test, Following(before, after, 2, first.SheetId)) with { KeyColumn = Number.Key });
        await test.Change(new { appendDimension = new { sheetId = id, dimension = "ROWS", length = 9 } });
        var plan = await test.Sheets.Plan(request, default);
        plan.RowsSent.Should().Be(1);
        if (what == "edited") await test.Type(id, new { row = 150, col = 2, value = 1 });
        if (what == "sorted")
            await test.Type(id, [.. before.AsEnumerable().Reverse().SelectMany((row, i) => new object[]
            {
                new { row = i + 1, col = 0, value = row[0].AsText }, new { row = i + 1, col = 1, value = row[1].AsDate.DayNumber - 693_593 },
                new { row = i + 1, col = 2, value = row[2].AsNumber },
            })]);
        if (what == "inserted") await test.Change(new { insertDimension = new { range = One(id, 30) } });
        if (what == "deleted") await test.Change(new { deleteDimension = new { range = One(id, 30) } });

        await test.Sheets.Commit(plan, default);
        var look = () => test.Sheets.Verify(plan, default);
        (await look.Should().ThrowAsync<SpreadsheetException>()).Which.Problem.Should().Be(SpreadsheetProblem.ChangedMeanwhile);

        var (mended, receipt) = await test.Write(request with { Former = null, Repairs = true });
        (mended.RowsSent, receipt.WasThere).Should().Be((null, false));
        await Holds(test, id, after);
        (await test.Sheets.Plan(request with { Former = null }, default)).Landed.Should().BeTrue("it need not be written a third time");
    }

    [Fact]
    public async Task A_patch_that_comes_twice_changes_nothing_the_second_time()
    {
        await using var test = await SandboxedSheets.Start(sandbox);
        var (before, after) = (Rows(200), Rows(200));
        after.RemoveRange(10, 3);
        var (first, _) = await test.Write(test.Request(Three, before, 1));
        var request = Of(test, Following(before, after, 2, first.SheetId));
        var plan = await test.Sheets.Plan(request, default);

        var (once, twice) = (await test.Sheets.Commit(plan, default), await test.Sheets.Commit(plan, default));

        (once.WasThere, twice.WasThere).Should().Be((false, true));
        await Holds(test, first.SheetId, after);
    }

    private static Google.Apis.Sheets.v4.Data.Spreadsheet File(int rows)
    {
        var file = Written(rows, Three, rows + 1, 3);
        file.NamedRanges[0].Range = Rectangles.Of(77, 0, rows + 1, 0, 3);
        return file;
    }

    private static WriteRequest Of(SandboxedSheets test, WriteRequest request) =>
        request with { Tab = request.Tab with { SpreadsheetId = test.FileId } };

    /// <summary>A write that knows what the run before it left.</summary>
    private static WriteRequest Following(List<CellValue[]> before, List<CellValue[]> after, int run, int sheetId) =>
        Request(Three, after, run, sheetId) with
        {
            Former = new(Run(run - 1), Hash(run - 1), before.Count, RowRun.Rising(Kept(before, after))),
        };

    /// <summary>By the number of each row, one after the other.</summary>
    private static List<RowRun> Kept(List<CellValue[]> before, List<CellValue[]> after)
    {
        List<RowRun> kept = [];
        var places = before.Select((row, place) => (row, place)).ToDictionary(at => at.row[0].AsText, at => at.place);
        for (var i = 0; i < after.Count; i++)
        {
            if (!places.TryGetValue(after[i][0].AsText, out var was) || !before[was].SequenceEqual(after[i])) continue;
            if (kept is [.., var last] && last.Before + last.Count == was && last.After + last.Count == i)
                kept[^1] = last with { Count = last.Count + 1 };
            else
                kept.Add(new(was, i, 1));
        }
        return kept;
    }

    private static List<CellValue[]> Rows(int count) =>
        [.. Enumerable.Range(0, count).Select(n => Row($"INV-{n:D5}", new DateOnly(2020, 1, 1).AddDays(n), n * 10))];

    private static List<CellValue[]> Changed(List<CellValue[]> rows, Random random)
    {
        List<CellValue[]> next = [.. rows.Select(row => (CellValue[])[.. row])];
        for (var i = random.Next(6); i > 0; i--)
            next[random.Next(next.Count)][2] = random.Next(4) == 0 ? CellValue.Null : CellValue.Number(random.Next(1_000_000) / 100m);
        for (var i = random.Next(3); i > 0; i--) next.RemoveRange(random.Next(next.Count - 5), random.Next(1, 5));
        for (var i = random.Next(3); i > 0; i--)
            next.InsertRange(random.Next(next.Count + 1), Enumerable.Range(0, random.Next(1, 7)).Select(
                _ => Row(string.Create(CultureInfo.InvariantCulture, $"={random.Next()}"), new(2026, 2, 3), random.Next(900))));
        for (var i = random.Next(4); i > 0; i--) Move(next, random);
        if (random.Next(6) == 0)
        {
            var block = next.GetRange(40, 30);
            next.RemoveRange(40, 30);
            next.InsertRange(150, block);
        }
        return next;
    }

    private static void Move(List<CellValue[]> rows, Random random)
    {
        var from = random.Next(rows.Count);
        var row = rows[from];
        rows.RemoveAt(from);
        rows.Insert(random.Next(rows.Count + 1), row);
    }

    private static object One(int sheetId, int index) =>
        new { sheetId, dimension = "ROWS", startIndex = index, endIndex = index + 1 };

    /// <summary>The tab has these rows below its headings, and nothing below them but what people have there.</summary>
    private static async Task Holds(SandboxedSheets test, int sheetId, List<CellValue[]> rows)
    {
        var cells = (await test.Tab(sheetId))["cells"]!.AsArray().Where(cell => (int)cell!["col"]! < 3 && (int)cell["row"]! < 700)
            .ToDictionary(cell => ((int)cell!["row"]!, (int)cell["col"]!), cell => cell!["userEnteredValue"]!);
        for (var i = 0; i < rows.Count; i++)
        {
            ((string?)cells[(i + 1, 0)]["stringValue"]).Should().Be(rows[i][0].AsText);
            ((double?)cells[(i + 1, 1)]["numberValue"]).Should().Be(rows[i][1].AsDate.ToDateTime(default).ToOADate());
            ((decimal?)cells.GetValueOrDefault((i + 1, 2))?["numberValue"]).Should().Be(rows[i][2].IsNull ? null : rows[i][2].AsNumber);
        }
        cells.Keys.Max(place => place.Item1).Should().Be(rows.Count, "nothing is left below");
        ((JsonNode)(await test.Tab(sheetId)))["sheetId"]!.GetValue<int>().Should().Be(sheetId);
    }
}
