using CountingKit.Connections;
using CountingKit.Exporters;
using CountingKit.Runs;
using CountingKit.Tests.GoogleSheets;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

/// <summary>What changes between a plan and its write, or while the write is read back.</summary>
public sealed class LooksAroundAWrite(SharedSandbox sandbox) : IClassFixture<SharedSandbox>, IAsyncLifetime
{
    private readonly SyncHouse house = new();
    private SandboxedSheets google = null!;
    private LateSheets sheets = null!;
    private RunStarted started = null!;

    public async Task InitializeAsync()
    {
        google = await SandboxedSheets.Start(sandbox.Process);
        sheets = new LateSheets(google.Sheets);
        started = new RunStarted(
            Guid.CreateVersion7(), Guid.CreateVersion7(), 1, Invoices, google.FileId, Writes.Account, RunTrigger.Person,
            TimeProvider.System.GetUtcNow());
        house.Pages = _ => Task.FromResult(SyncHouse.Of(3));
        await house.Append(
            Connection.StreamOf(Acme), new OrganizationConnected(Acme, Guid.CreateVersion7(), "Acme Ltd", Guid.CreateVersion7(), []));
        await house.Append(
            SpreadsheetTabs.StreamOf(google.FileId), new TabClaimed(google.FileId, "Invoices", started.ExporterId, Invoices));
        await house.Append(
            Exporter.StreamOf(started.ExporterId), new ExporterCreated(started.ExporterId, 1, Invoices, google.FileId));
        await house.Rows(started);
    }

    public async Task DisposeAsync()
    {
        await google.DisposeAsync();
        await house.DisposeAsync();
    }

    [Theory]
    [InlineData("CK-RUN-30")]
    [InlineData("CK-RUN-31")]
    [InlineData("CK-RUN-32")]
    [InlineData("CK-RUN-05")]
    public async Task What_the_run_was_queued_for_is_gone_by_the_time_it_would_write(string code)
    {
        sheets.OnPlanned = () => Happens(code);
        var before = await google.Batches();

        var (end, _) = await house.Write(started, sheets);

        end.Should().BeOfType<RunCanceled>().Which.Code.Should().Be(code);
        (await google.Batches()).Should().HaveCount(before.Count, "nothing was sent");
    }

    [Fact]
    public async Task What_somebody_changes_while_the_write_is_read_back_is_not_taken_for_the_runs()
    {
        sheets.OnVerified = plan => google.Type(plan.SheetId, new { row = 1, col = 1, value = 99 });

        var (end, _) = await house.Write(started, sheets);

        var now = await google.Sheets.StateOfFile(Writes.Account, google.FileId, default);
        end.Should().BeOfType<ExportCompleted>().Which.FileVersion.Should().BeLessThan(
            now.Version!.Value, "so the next run looks into the sheet");
    }

    [Fact]
    public async Task A_note_that_somebody_sorts_away_from_its_record_meanwhile_is_told_by_the_completed_run()
    {
        var (first, _) = await house.Write(started, sheets);
        var id = first.Should().BeOfType<ExportCompleted>().Which.SheetId;
        await google.Change(new { appendDimension = new { sheetId = id, dimension = "COLUMNS", length = 1 } });
        await google.Type(id, new { row = 1, col = 3, value = "paid by check" });
        var next = started with { RunId = Guid.CreateVersion7() };
        await house.Rows(next);
        sheets.OnPlanned = () => google.Type(id, new { row = 1, col = 3 }, new { row = 3, col = 3, value = "paid by check" });

        var (end, _) = await house.Write(next, sheets);

        end.Should().BeOfType<ExportCompleted>().Which.Warnings.Should()
            .ContainSingle(warning => warning.Code == "CK-SHEET-23").Which.Message.Should().Contain("other records: D4.");
    }

    private Task Happens(string code) => code switch
    {
        "CK-RUN-30" => house.Append(Exporter.StreamOf(started.ExporterId), new ExporterDeleted(started.ExporterId, "no")),
        "CK-RUN-31" => house.Append(Exporter.StreamOf(started.ExporterId), new ExporterPaused(started.ExporterId)),
        "CK-RUN-32" => house.Append(
            SpreadsheetTabs.StreamOf(google.FileId), new TabReleased(google.FileId, "Invoices", started.ExporterId),
            new TabClaimed(google.FileId, "Invoices", Guid.CreateVersion7(), Invoices)),
        _ => house.Append(Connection.StreamOf(Acme), new ConnectionPaused(Acme)),
    };
}
