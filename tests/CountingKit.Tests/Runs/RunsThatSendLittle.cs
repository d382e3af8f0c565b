using CountingKit.Connections;
using CountingKit.Exporters;
using CountingKit.Runs;
using CountingKit.Tests.GoogleSheets;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

/// <summary>A run whose rows changed little, over a tab that stands as the run before left it, or does not.</summary>
public sealed class RunsThatSendLittle(SharedSandbox sandbox) : IClassFixture<SharedSandbox>, IAsyncLifetime
{
    private const int Many = 700;
    private readonly SyncHouse house = new();
    private SandboxedSheets google = null!;
    private LateSheets sheets = null!;
    private RunStarted started = null!;
    private ExportCompleted first = null!;

    public async Task InitializeAsync()
    {
        google = await SandboxedSheets.Start(sandbox.Process);
        sheets = new LateSheets(google.Sheets);
        started = new RunStarted(
            Guid.CreateVersion7(), Guid.CreateVersion7(), 1, Invoices, google.FileId, Writes.Account, RunTrigger.Person,
            TimeProvider.System.GetUtcNow());
        house.Pages = reading => Task.FromResult(SyncHouse.Of(reading == 1 ? Many : Many + 2));
        await house.Append(
            Connection.StreamOf(Acme), new OrganizationConnected(Acme, Guid.CreateVersion7(), "Acme Ltd", Guid.CreateVersion7(), []));
        await house.Append(
            SpreadsheetTabs.StreamOf(google.FileId), new TabClaimed(google.FileId, "Invoices", started.ExporterId, Invoices));
        await house.Append(
            Exporter.StreamOf(started.ExporterId), new ExporterCreated(started.ExporterId, 1, Invoices, google.FileId));
        await house.Rows(started);
        var (end, _) = await house.Write(started, sheets);
        first = end.Should().BeOfType<ExportCompleted>().Which;
        first.RowsSent.Should().BeNull("the first run sends all");
    }

    public async Task DisposeAsync()
    {
        await google.DisposeAsync();
        await house.DisposeAsync();
    }

    [Fact]
    public async Task It_sends_what_is_new()
    {
        var next = await Next();

        var (end, _) = await house.Write(next, sheets);

        var completed = end.Should().BeOfType<ExportCompleted>().Which;
        completed.RowsSent.Should().Be(2);
        completed.Bytes.Should().BeLessThan(first.Bytes / 10);
        (await house.Stored(Run.StreamOf(next.RunId))).OfType<WriteStarted>().Should().ContainSingle().Which.RowsSent.Should().Be(2);
        await Holds(completed);
    }

    [Theory]
    [InlineData("a cell of ours")]
    [InlineData("a cell of a row that stays, to a formula of the same value")]
    [InlineData("a heading")]
    [InlineData("a cell of another tab")]
    public async Task After_an_edit_all_are_sent_unless_it_was_elsewhere(string edited)
    {
        var id = first.SheetId;
        if (edited == "a cell of ours") await google.Type(id, new { row = 30, col = 1, value = 5 });
        if (edited.StartsWith("a cell of a row", StringComparison.Ordinal))
        {
            var total = System.Text.Json.Nodes.JsonNode.Parse((await google.Cell(id, 30, 1))!)!["numberValue"]!.ToJsonString();
            await google.Type(id, new { row = 30, col = 1, formula = $"={total}" });
        }
        if (edited == "a heading") await google.Type(id, new { row = 0, col = 1, value = "Sum" });
        if (edited == "a cell of another tab") await google.Type(0, new { row = 3, col = 3, value = "Mine" });
        var next = await Next();

        var (end, _) = await house.Write(next, sheets);

        var completed = end.Should().BeOfType<ExportCompleted>().Which;
        completed.RowsSent.Should().Be(edited == "a cell of another tab" ? 2 : null);
        await Holds(completed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_somebody_changes_between_the_look_and_the_write_is_mended_in_the_same_run(bool dies)
    {
        var next = await Next();
        sheets.OnPlanned = () =>
        {
            sheets.OnPlanned = null;
            return google.Type(first.SheetId, new { row = 40, col = 1, value = 5 });
        };
        if (dies)
            sheets.OnCommit = plan =>
            {
                google.Sheets.Commit(plan, default).GetAwaiter().GetResult();
                throw new IOException("The process dies after its write.");
            };

        var write = () => house.Write(next, sheets);
        if (dies)
        {
            await write.Should().ThrowAsync<IOException>();
            sheets.OnCommit = null;
        }
        var (end, _) = await write();

        var completed = end.Should().BeOfType<ExportCompleted>().Which;
        completed.RowsSent.Should().BeNull("all were sent in the end");
        await Holds(completed);
    }

    [Fact]
    public async Task A_run_that_died_after_such_a_write_is_finished_without_another()
    {
        var next = await Next();
        sheets.OnCommit = plan =>
        {
            google.Sheets.Commit(plan, default).GetAwaiter().GetResult();
            throw new IOException("The process dies after its write.");
        };
        var write = () => house.Write(next, sheets);
        await write.Should().ThrowAsync<IOException>();
        sheets.OnCommit = null;
        var batches = (await google.Batches()).Count;

        var (end, _) = await write();

        var completed = end.Should().BeOfType<ExportCompleted>().Which;
        completed.RowsSent.Should().Be(2);
        (await google.Batches()).Should().HaveCount(batches);
        await Holds(completed);
    }

    /// <summary>A run of the same exporter with two invoices more.</summary>
    private async Task<RunStarted> Next()
    {
        var next = started with
        {
            RunId = Guid.CreateVersion7(), QueuedAt = TimeProvider.System.GetUtcNow(),
            Last = new(
                started.RunId, 1, first.Snapshot, first.Layout, google.FileId, first.SheetId, first.TabTitle, first.FileVersion,
                started.QueuedAt),
        };
        var made = await house.Rows(next);
        made.Snapshot.Rows.Should().Be(Many + 2);
        return next;
    }

    /// <summary>Number, total and identifier of every row, and nothing below.</summary>
    private async Task Holds(ExportCompleted completed)
    {
        var cells = (await google.Tab(completed.SheetId))["cells"]!.AsArray().ToDictionary(
            cell => ((int)cell!["row"]!, (int)cell["col"]!), cell => cell!["userEnteredValue"]!);
        var rows = await house.ReadRows(completed.Snapshot);
        for (var i = 0; i < rows.Count; i++)
        {
            ((string?)cells[(i + 1, 0)]["stringValue"]).Should().Be(rows[i][0].AsText);
            ((decimal?)cells[(i + 1, 1)]["numberValue"]).Should().Be(rows[i][1].AsNumber);
            ((string?)cells[(i + 1, 2)]["stringValue"]).Should().Be(rows[i][2].AsText);
        }
        ((string?)cells[(0, 1)]["stringValue"]).Should().Be("Total");
        cells.Keys.Max(place => place.Item1).Should().Be(rows.Count);
    }
}
