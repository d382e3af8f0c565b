using CountingKit.Connections;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Tests.GoogleSheets;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

/// <summary>
/// A write that was sent may land minutes later, also when the process that sent it is dead. Until it can't land any more,
/// nobody says that nothing was written.
/// </summary>
public sealed class UncertainWrites(SharedSandbox sandbox) : IClassFixture<SharedSandbox>, IAsyncLifetime
{
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(4);

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
        await house.Rows(started);
    }

    public async Task DisposeAsync()
    {
        await google.DisposeAsync();
        await house.DisposeAsync();
    }

    [Fact]
    public async Task Canceled_after_its_process_died_a_run_waits_until_the_write_can_not_land_any_more()
    {
        await DiesWhileWriting();
        await Cancel();

        var (_, left) = await house.Write(started, sheets);
        var (_, still) = await house.Write(started, sheets, left, TimeSpan.FromMinutes(1));
        var (end, _) = await house.Write(started, sheets, still, Minutes);

        left!.Settled!.At.Should().BeCloseTo(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(1));
        still!.Settled.Should().Be(left.Settled, "each look does not begin to wait anew");
        end.Should().BeOfType<RunCanceled>();
        (await house.Stored(Run.StreamOf(started.RunId))).OfType<RunWaited>().Select(wait => wait.Code)
            .Should().NotBeEmpty().And.AllBe("CK-RUN-37");
    }

    [Fact]
    public async Task What_lands_meanwhile_ends_as_the_export_that_it_is()
    {
        await DiesWhileWriting();
        await Cancel();
        var (_, left) = await house.Write(started, sheets);

        await sheets.Land();
        var (end, _) = await house.Write(started, sheets, left, Minutes);

        end.Should().BeOfType<ExportCompleted>();
    }

    [Fact]
    public async Task A_run_that_is_refused_after_its_process_died_waits_before_it_says_that_the_sheet_is_untouched()
    {
        await DiesWhileWriting();
        sheets.Refuses = true;

        var (early, left) = await house.Write(started, sheets);
        var (end, _) = await house.Write(started, sheets, left, Minutes);

        early.Should().BeNull();
        end.Should().BeOfType<RunFailed>().Which.SheetUntouched.Should().BeTrue();
    }

    [Fact]
    public async Task What_waited_is_written_as_the_account_that_was_chosen_for_the_spreadsheet_meanwhile()
    {
        var (key, chosen) = (started.Configuration.SpreadsheetKey, Guid.CreateVersion7());
        await house.Append(
            Spreadsheet.StreamOf(key), new SpreadsheetConnected(key, started.AccountId, started.SpreadsheetId, "Books", "https://x", false));
        sheets.Refuses = true;
        await house.Write(started, sheets);
        sheets.Account.Should().Be(started.AccountId);

        await house.Append(Spreadsheet.StreamOf(key), new SpreadsheetAccountChanged(key, chosen));
        await house.Write(started, sheets);

        sheets.Account.Should().Be(chosen);
    }

    [Fact]
    public async Task A_write_that_was_turned_away_for_certain_keeps_nobody_waiting()
    {
        sheets.OnCommit = _ => throw new SpreadsheetException(
            SpreadsheetProblem.Unavailable, "CK-GOOGLE-03", "Later.", TimeProvider.System.GetUtcNow() + Minutes);
        var (_, left) = await house.Write(started, sheets);
        await Cancel();

        (await house.Write(started, sheets, left)).End.Should().BeOfType<RunCanceled>();
    }

    [Fact]
    public async Task Turned_away_once_more_it_still_waits_for_what_the_dead_process_sent()
    {
        await DiesWhileWriting();
        sheets.OnCommit = _ => throw new SpreadsheetException(
            SpreadsheetProblem.Unavailable, "CK-GOOGLE-03", "Later.", TimeProvider.System.GetUtcNow() + Minutes);
        var (_, left) = await house.Write(started, sheets);
        await Cancel();

        var (early, still) = await house.Write(started, sheets, left);
        sheets.OnCommit = null;
        await sheets.Land();

        early.Should().BeNull();
        (await house.Write(started, sheets, still, Minutes)).End.Should().BeOfType<ExportCompleted>();
    }

    private async Task DiesWhileWriting()
    {
        sheets.OnCommit = _ => throw new OperationCanceledException();
        await FluentActions.Awaiting(() => house.Write(started, sheets)).Should().ThrowAsync<OperationCanceledException>();
        sheets.OnCommit = null;
    }

    private Task Cancel() => house.Append(Run.StreamOf(started.RunId), new RunCancelRequested(started.RunId));
}
