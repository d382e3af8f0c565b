using CountingKit.Exporters;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Testing;
using CountingKit.Tests.EventSourcing;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Exporters;

/// <summary>What the rows of an exporter and of its runs tell of its tab, from what was written where.</summary>
public sealed class TabsInRows : IAsyncLifetime
{
    private static readonly Guid Exporter = Guid.Parse("0193a000-0000-7000-8000-0000000000e0");
    private static readonly DateTimeOffset At = new(2026, 11, 2, 9, 5, 0, TimeSpan.Zero);
    private static readonly Snapshot Thirty = new(new string('a', 64), Acme, "invoices", [], 30, 100);

    private readonly TempFolder folder = new();
    private PortalNode node = null!;

    public async Task InitializeAsync()
    {
        node = await new PortalNode(folder).Project();
        await node.Append($"exporter-{Exporter:N}", new ExporterCreated(Exporter, 1, Invoices, "sheet-1"));
    }

    public async Task DisposeAsync()
    {
        await node.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Pages_name_the_tab_that_was_written_last_whatever_the_exporter_calls_it()
    {
        var before = await Row();
        var last = await Write(null, "Invoices (2)", makes: true);
        await Change(Invoices with { TabTitle = "Bills" }, "sheet-1");
        var changed = await Row();
        last = await Write(last, "Invoices (2)");
        var again = await Row();
        await Write(last, "Renamed by Ann");
        var renamed = await Row();

        (before.Tab, before.WrittenTab).Should().Be(("Invoices", (string?)null));
        foreach (var row in (ExporterRow[])[changed, again])
            (row.Tab, row.TakenTab).Should().Be(("Invoices (2)", "Invoices"));
        (renamed.Tab, renamed.TakenTab).Should().Be(("Renamed by Ann", (string?)null), "that is not why it is called so");
    }

    [Fact]
    public async Task A_tab_that_got_its_name_and_one_that_was_there_say_nothing_of_others()
    {
        var last = await Write(null, "Invoices", makes: true);
        var made = await Row(last.RunId);
        last = await Write(last, "Renamed by Ann");
        var written = await Row(last.RunId);

        (made.TabTitle, made.TakenTab).Should().Be(("Invoices", (string?)null));
        (written.TabTitle, written.TakenTab).Should().Be(("Renamed by Ann", (string?)null));
    }

    [Fact]
    public async Task A_run_that_finds_its_own_tab_when_it_is_taken_up_again_still_tells_why_it_is_called_so()
    {
        var run = Guid.CreateVersion7();
        await Queue(run, null);
        await node.Append(
            $"run-{run:N}",
            new WriteStarted(run, 7, "Invoices (2)", true, 60, 900), new WriteStarted(run, 7, "Invoices (2)", false, 60, 900),
            Completed(run, 7, "Invoices (2)"));

        (await Row(run)).TakenTab.Should().Be("Invoices");
    }

    [Theory]
    [InlineData("Invoices")]
    [InlineData("Invoices (2)")]
    public async Task A_tab_that_a_person_renames_between_two_attempts_is_not_called_so_for_another_tab(string made)
    {
        var run = Guid.CreateVersion7();
        await Queue(run, null);
        await node.Append(
            $"run-{run:N}",
            new WriteStarted(run, 7, made, true, 60, 900), new WriteStarted(run, 7, "Renamed by Ann", false, 60, 900),
            Completed(run, 7, "Renamed by Ann"));

        var row = await Row(run);

        (row.TabTitle, row.TakenTab).Should().Be(("Renamed by Ann", (string?)null));
    }

    [Fact]
    public async Task A_tab_whose_name_is_free_again_at_the_next_attempt_is_called_as_it_should_be()
    {
        var run = Guid.CreateVersion7();
        await Queue(run, null);
        await node.Append(
            $"run-{run:N}",
            new WriteStarted(run, 7, "Invoices (2)", true, 60, 900), new WriteStarted(run, 8, "Invoices", true, 60, 900),
            Completed(run, 8, "Invoices"));

        (await Row(run)).TakenTab.Should().BeNull();
    }

    [Fact]
    public async Task A_replay_into_a_tab_of_its_own_leaves_the_exporter_its_tab()
    {
        var last = await Write(null, "Invoices", makes: true);
        var replay = Guid.CreateVersion7();
        await Queue(replay, last, replayTab: "As it was");
        await node.Append(
            $"run-{replay:N}", new WriteStarted(replay, 8, "As it was (2)", true, 60, 900), Completed(replay, 8, "As it was (2)"));
        await Release(replay, last);

        var (exporter, run) = (await Row(), await Row(replay));

        exporter.Tab.Should().Be("Invoices");
        exporter.SheetId.Should().Be(last.SheetId);
        exporter.TakenTab.Should().BeNull();
        (exporter.LastRunId, exporter.LastOwnRunId).Should().Be((replay, last.RunId), "how its own tab is, another one does not tell");
        (run.TabTitle, run.TakenTab).Should().Be(("As it was (2)", "As it was"));
    }

    [Fact]
    public async Task A_run_of_which_nothing_freed_the_exporter_is_told_of_once_another_took_its_place()
    {
        var (stopped, replay) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var last = await Write(null, "Invoices", makes: true);
        await Queue(stopped, last);
        await node.Append(
            $"run-{stopped:N}", new RunFailed(stopped, Exporter, "CK-RUN-07", "It stops.", SheetUntouched: true, 5));
        await Queue(replay, last, replayTab: "As it was");
        var during = await Row();
        await Release(replay, last);
        var after = await Row();

        foreach (var row in (ExporterRow[])[during, after])
            (row.LastOwnRunId, row.LastStatus, row.LastLookCode).Should().Be((stopped, RunStatus.Failed, "CK-RUN-07"));
        (during.ActiveRunId, during.LastRunId).Should().Be((replay, stopped));
        (after.ActiveRunId, after.LastRunId).Should().Be(((Guid?)null, replay));
    }

    [Fact]
    public async Task In_another_spreadsheet_nothing_is_written_yet_whatever_a_run_that_fails_there_remembers()
    {
        var last = await Write(null, "Invoices (2)", makes: true, replayedAt: At);
        var before = await Row();
        await Change(Invoices, "sheet-2");
        var run = await Fail(last, "CK-RUN-04", "sheet-2");
        var (moved, failed) = (await Row(), await Row(run));
        await Write(last, "Invoices", makes: true, sheetId: 9, spreadsheet: "sheet-2");
        var written = await Row();

        (before.Tab, before.TakenTab).Should().Be(("Invoices (2)", "Invoices"));
        before.ReplayedAt.Should().NotBeNull();
        moved.Tab.Should().Be("Invoices");
        new object?[] { moved.WrittenTab, moved.TakenTab, moved.SheetId, moved.WrittenAt, moved.Rows, moved.ReplayedAt, moved.ReplayedBy }
            .Should().OnlyContain(value => value == null);
        failed.TabTitle.Should().Be("Invoices");
        failed.SheetId.Should().BeNull("that number is of a tab elsewhere");
        failed.SheetHeldSince.Should().BeNull();
        (written.Tab, written.TakenTab).Should().Be(("Invoices", (string?)null));
        written.SheetId.Should().Be(9);
    }

    [Fact]
    public async Task Back_in_the_spreadsheet_that_it_wrote_last_its_tab_is_known_again()
    {
        var last = await Write(null, "Invoices (2)", makes: true, replayedAt: At);
        var before = await Row();
        await Change(Invoices, "sheet-2");
        await Fail(last, "CK-RUN-04", "sheet-2");
        await Change(Invoices, "sheet-1");

        var back = await Row();

        (back.Tab, back.TakenTab).Should().Be(("Invoices (2)", "Invoices"));
        back.SheetId.Should().Be(last.SheetId);
        back.WrittenAt.Should().Be(At.UtcDateTime);
        back.Rows.Should().Be(30);
        (back.ReplayedAt, back.ReplayedBy).Should().Be((before.ReplayedAt, before.ReplayedBy));
        back.ReplayedBy.Should().NotBeNull();
    }

    [Fact]
    public async Task Back_in_a_spreadsheet_that_it_did_not_write_last_nothing_is_known_of_it()
    {
        var last = await Write(null, "Invoices (2)", makes: true);
        await Change(Invoices, "sheet-2");
        await Write(last, "Invoices", makes: true, sheetId: 9, spreadsheet: "sheet-2");
        await Change(Invoices, "sheet-1");

        var back = await Row();

        (back.WrittenTab, back.SheetId, back.WrittenAt).Should().Be(((string?)null, (int?)null, (DateTime?)null));
    }

    [Theory]
    [InlineData("CK-RUN-07", true)]
    [InlineData("CK-SHEET-07", true)]
    [InlineData("CK-SHEET-14", true)]
    [InlineData("CK-RUN-04", false)]
    public async Task That_a_person_should_look_is_told_until_the_next_run_ends(string code, bool looks)
    {
        var run = await Fail(null, code);
        var (exporter, failed) = (await Row(), await Row(run));
        await Write(null, "Invoices", makes: true);

        failed.NeedsALook.Should().Be(looks);
        exporter.LastLookCode.Should().Be(looks ? code : null);
        (await Row()).LastLookCode.Should().BeNull();
    }

    /// <summary>A run writes the exporter's own tab.</summary>
    private async Task<LastWrite> Write(
        LastWrite? last, string tab, bool makes = false, int sheetId = 7, string spreadsheet = "sheet-1",
        DateTimeOffset? replayedAt = null)
    {
        var run = Guid.CreateVersion7();
        var written = new LastWrite(run, 1, Thirty, "layout", spreadsheet, sheetId, tab, null, At, replayedAt);
        await Queue(run, last, spreadsheet);
        await node.Append($"run-{run:N}", new WriteStarted(run, sheetId, tab, makes, 60, 900), Completed(run, sheetId, tab));
        await Release(run, written);
        return written;
    }

    private async Task<Guid> Fail(LastWrite? last, string code, string spreadsheet = "sheet-1")
    {
        var run = Guid.CreateVersion7();
        await Queue(run, last, spreadsheet);
        await node.Append($"run-{run:N}", new RunFailed(run, Exporter, code, "It stops.", SheetUntouched: true, 5));
        await Release(run, last);
        return run;
    }

    private Task Change(ExporterConfiguration configuration, string spreadsheet) =>
        node.Append($"exporter-{Exporter:N}", new ExporterChanged(Exporter, 2, configuration, spreadsheet));

    private Task Queue(Guid run, LastWrite? last, string spreadsheet = "sheet-1", string? replayTab = null) => node.Append(
        $"exporterqueue-{Exporter:N}",
        new RunQueued(Exporter, run, 1, Invoices, spreadsheet, Book, RunTrigger.Person, ReplayTab: replayTab, Last: last));

    private Task Release(Guid run, LastWrite? last) =>
        node.Append($"exporterqueue-{Exporter:N}", new RunReleased(Exporter, run, last));

    private static ExportCompleted Completed(Guid run, int sheetId, string tab) =>
        new(run, Exporter, Thirty, sheetId, tab, null, 1, 1, 900, 5, null, "layout", []);

    private async Task<ExporterRow> Row()
    {
        await node.CatchUp();
        await using var db = node.ReadModels.Open();
        return (await db.FindAsync<ExporterRow>(Exporter))!;
    }

    private async Task<RunRow> Row(Guid run)
    {
        await node.CatchUp();
        await using var db = node.ReadModels.Open();
        return (await db.FindAsync<RunRow>(run))!;
    }
}
