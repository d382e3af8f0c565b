using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

/// <summary>What a run is refused for before it writes, whenever that happened since it was queued.</summary>
public sealed class StandingOfRuns : IAsyncLifetime
{
    private const string Sheet = "sheet-1";
    private static readonly Guid Exporter = Guid.Parse("0193a000-0000-7000-8000-0000000000e0");
    private static readonly Guid Other = Guid.Parse("0193a000-0000-7000-8000-0000000000e1");
    private static readonly Guid Run = Guid.Parse("0193a000-0000-7000-8000-0000000000a1");
    private static readonly RunStarted Started = new(
        Run, Exporter, 1, Invoices, Sheet, Book, RunTrigger.Person, TimeProvider.System.GetUtcNow());

    private readonly SyncHouse house = new();

    public async Task InitializeAsync()
    {
        await house.Append(SpreadsheetTabs.StreamOf(Sheet), new TabClaimed(Sheet, "Invoices", Exporter, Invoices));
        await house.Append(CountingKit.Exporters.Exporter.StreamOf(Exporter), new ExporterCreated(Exporter, 1, Invoices, Sheet));
        await house.Append(Spreadsheet.StreamOf(Book), new SpreadsheetConnected(Book, Guid.CreateVersion7(), Sheet, "Books", "https://x", false));
    }

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task While_all_is_as_it_was_queued_for_it_may_write() => await May(Started);

    [Fact]
    public async Task Its_exporter_deleted_it_may_not() =>
        await Stops("CK-RUN-30", CountingKit.Exporters.Exporter.StreamOf(Exporter), new ExporterDeleted(Exporter, "no"));

    [Fact]
    public async Task Its_exporter_paused_it_may_not() =>
        await Stops("CK-RUN-31", CountingKit.Exporters.Exporter.StreamOf(Exporter), new ExporterPaused(Exporter));

    [Fact]
    public async Task Its_tab_given_back_it_may_not() =>
        await Stops("CK-RUN-32", SpreadsheetTabs.StreamOf(Sheet), new TabReleased(Sheet, "Invoices", Exporter));

    [Fact]
    public async Task Its_tab_another_exporters_it_may_not() => await Stops(
        "CK-RUN-32", SpreadsheetTabs.StreamOf(Sheet), new TabReleased(Sheet, "Invoices", Exporter), new TabTaken(Sheet, "Invoices", Other));

    [Fact]
    public async Task Its_spreadsheet_removed_it_may_not() =>
        await Stops("CK-RUN-33", Spreadsheet.StreamOf(Book), new SpreadsheetRemoved(Book));

    [Fact]
    public async Task Its_organization_disconnected_it_may_not_and_is_not_told_to_run_an_exporter_that_goes_with_it()
    {
        var tenant = Guid.CreateVersion7();
        await house.Append(
            Connection.StreamOf(Acme), new OrganizationConnected(Acme, tenant, "Acme Ltd", Guid.CreateVersion7(), []),
            new DisconnectRequested(Acme, tenant));

        var stop = await FluentActions.Awaiting(() => house.RequireStanding(Started)).Should().ThrowAsync<RunStoppedException>();

        stop.Which.Why.Should().Be(RunCodes.OrganizationGone);
        stop.Which.Why!.Advice.Should().Contain("create a new exporter").And.NotContain("run the exporter");
    }

    [Fact]
    public async Task Asked_to_stop_for_a_reason_it_stops_with_that_reason()
    {
        await house.Append(CountingKit.Runs.Run.StreamOf(Run), Started, new RunCancelRequested(Run, "CK-RUN-05"));

        (await WhyNot(Started)).Should().Be("CK-RUN-05");
    }

    [Fact]
    public async Task Asked_to_stop_by_a_person_it_stops_without_a_code()
    {
        await house.Append(CountingKit.Runs.Run.StreamOf(Run), Started, new RunCancelRequested(Run));

        (await WhyNot(Started)).Should().BeNull();
    }

    [Fact]
    public async Task A_replay_to_a_tab_of_its_own_asks_nothing_of_the_exporter()
    {
        await house.Append(CountingKit.Exporters.Exporter.StreamOf(Exporter), new ExporterDeleted(Exporter, "no"));

        await May(Started with { ReplayOf = Other, ReplayTab = "November" });
    }

    [Fact]
    public async Task A_replay_to_the_exporters_own_tab_asks_for_the_exporter()
    {
        await house.Append(CountingKit.Exporters.Exporter.StreamOf(Exporter), new ExporterPaused(Exporter));

        (await WhyNot(Started with { ReplayOf = Other })).Should().Be("CK-RUN-31");
    }

    private Task May(RunStarted started) =>
        FluentActions.Awaiting(() => house.RequireStanding(started)).Should().NotThrowAsync();

    private async Task Stops(string code, string stream, params IEvent[] events)
    {
        await house.Append(stream, events);

        (await WhyNot(Started)).Should().Be(code);
    }

    private async Task<string?> WhyNot(RunStarted started) => (await FluentActions.Awaiting(() => house.RequireStanding(started))
        .Should().ThrowAsync<RunStoppedException>()).Which.Why?.Code;
}
