using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Testing;
using CountingKit.Tests.EventSourcing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

/// <summary>What follows in the log and in the queued work from what happens to runs and exporters.</summary>
public sealed class ReactionsToRuns : IDisposable
{
    private static readonly Guid Exporter = Guid.Parse("0193a000-0000-7000-8000-0000000000e0");
    private static readonly Guid Other = Guid.Parse("0193a000-0000-7000-8000-0000000000e1");
    private static readonly Guid Run = Guid.Parse("0193a000-0000-7000-8000-0000000000a1");
    private static readonly RunQueued Queued = new(Exporter, Run, 1, Invoices, "sheet-1", Book, RunTrigger.Person);

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_exporter_that_is_deleted_has_its_waiting_run_stopped_and_looked_at_now()
    {
        await using var node = await Waiting();

        await node.Append($"exporter-{Exporter:N}", new ExporterDeleted(Exporter, "deleted"));

        (await Asked(node)).Should().Be(new RunCancelRequested(Run, "CK-RUN-30"));
    }

    [Fact]
    public async Task An_exporter_that_is_paused_has_its_waiting_run_stopped()
    {
        await using var node = await Waiting();

        await node.Append($"exporter-{Exporter:N}", new ExporterCreated(Exporter, 1, Invoices, "sheet-1"), new ExporterPaused(Exporter));

        (await Asked(node)).Should().Be(new RunCancelRequested(Run, "CK-RUN-31"));
    }

    [Fact]
    public async Task A_pause_that_is_followed_up_after_the_exporter_was_resumed_stops_no_run_that_began_since()
    {
        await using var node = await Waiting();

        await node.Append(
            $"exporter-{Exporter:N}", new ExporterCreated(Exporter, 1, Invoices, "sheet-1"), new ExporterPaused(Exporter), new ExporterResumed(Exporter));
        var end = await node.Append($"run-{Run:N}", new RunWaited(Run, "CK-XERO-LIMIT-01", "It waits.", TimeProvider.System.GetUtcNow()));

        await PortalNode.Eventually(async () => (await node.Places())["runs"].Done >= end);
        (await Of<RunCancelRequested>(node)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SourceProblem.SignInExpired, true)]
    [InlineData(SourceProblem.NoAccess, true)]
    [InlineData(SourceProblem.Unavailable, false)]
    public async Task A_run_that_fails_for_want_of_a_sign_in_has_Xero_asked_for_its_organization(SourceProblem problem, bool isAsked)
    {
        await using var node = await Waiting();

        var end = await node.Append(
            $"run-{Run:N}", new RunFailed(Run, Exporter, "CK-XERO-AUTH-02", "No.", true, 1, problem, Acme));

        await PortalNode.Eventually(async () => (await node.Places())["runs"].Done >= end);
        (await node.Work()).Contains($"describe-organization {Acme:N}").Should().Be(isAsked);
    }

    [Fact]
    public async Task A_person_who_cancels_has_the_waiting_run_looked_at_now()
    {
        await using var node = await Waiting();

        await node.Append($"run-{Run:N}", new RunCancelRequested(Run));

        (await Asked(node)).Should().Be(new RunCancelRequested(Run));
    }

    [Fact]
    public async Task Two_exporters_that_were_queued_with_one_runs_id_are_both_freed()
    {
        await using var node = await new PortalNode(folder).React();
        await node.Append($"exporterqueue-{Exporter:N}", Queued);
        await node.Append($"exporterqueue-{Other:N}", Queued with { ExporterId = Other });
        await node.Append($"run-{Run:N}-of-another-stream", new RunCanceled(Run, Exporter, 5));

        await PortalNode.Eventually(async () => (await Of<RunReleased>(node)).Count == 2);

        (await Of<RunReleased>(node)).Select(r => r.ExporterId).Should().BeEquivalentTo([Other, Exporter]);
        (await Of<RunStarted>(node)).Should().ContainSingle().Which.ExporterId.Should().Be(Exporter);
    }

    [Fact]
    public async Task A_run_whose_stream_holds_what_does_not_belong_there_frees_its_exporter_all_the_same()
    {
        await using var node = new PortalNode(folder);
        await node.Append($"exporterqueue-{Exporter:N}", Queued);
        await node.React();
        await PortalNode.Eventually(async () => (await Of<RunStarted>(node)).Count == 1);

        await node.Append($"run-{Run:N}", new RunReleased(Exporter, Run), Completed());

        await PortalNode.Eventually(async () => (await Of<RunReleased>(node)).Count == 2);
    }

    [Fact]
    public async Task What_chose_the_rows_is_remembered_of_the_run_that_wrote_them_and_of_one_that_found_them_there()
    {
        var (next, filtered) = (Guid.CreateVersion7(), Invoices with { Statuses = ["PAID"] });
        await using var node = await new PortalNode(folder).React();
        await node.Append($"exporterqueue-{Exporter:N}", Queued);
        await PortalNode.Eventually(async () => (await Of<RunStarted>(node)).Count == 1);
        await node.Append($"run-{Run:N}", Completed());
        await PortalNode.Eventually(async () => (await Of<RunReleased>(node)).Count == 1);
        var written = (await Of<RunReleased>(node))[0].Last!;

        await node.Append(
            $"exporterqueue-{Exporter:N}",
            Queued with { RunId = next, ConfigurationVersion = 2, Configuration = filtered, Last = written });
        await PortalNode.Eventually(async () => (await Of<RunStarted>(node)).Count == 2);
        await node.Append($"run-{next:N}", new NoChangesFound(next, Exporter, Run, 0, 0, 5, null));
        await PortalNode.Eventually(async () => (await Of<RunReleased>(node)).Count == 2);
        var found = (await Of<RunReleased>(node))[1].Last!;

        written.Selection.Should().Be(Invoices.Selection());
        (found.RunId, found.Selection).Should().Be((Run, filtered.Selection()));
    }

    [Fact]
    public async Task A_replay_tells_nothing_of_what_chooses_the_exporters_rows_now()
    {
        var (replay, again, filtered) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Invoices with { Statuses = ["PAID"] });
        var today = Queued with { ConfigurationVersion = 2, Configuration = filtered };
        await using var node = await new PortalNode(folder).React();
        var written = await Ends(node, today, Completed());

        var replayed = await Ends(
            node, Queued with { RunId = replay, ReplayOf = Other, Last = written }, Completed() with { RunId = replay });
        var found = await Ends(
            node, Queued with { RunId = again, ReplayOf = Other, Last = replayed },
            new NoChangesFound(again, Exporter, replay, 0, 0, 5, null));

        foreach (var last in (LastWrite[])[replayed, found])
        {
            (last.RunId, last.ConfigurationVersion, last.Selection).Should().Be((replay, 2, filtered.Selection()));
            SelectsAsBefore(today with { Last = last }).Should().BeTrue("nobody changed the exporter since");
        }
    }

    [Fact]
    public async Task After_a_replay_of_what_an_older_version_wrote_the_number_of_the_exporters_configuration_still_counts()
    {
        var today = Queued with { ConfigurationVersion = 2, Configuration = Invoices with { Statuses = ["PAID"] } };
        var old = new LastWrite(
            Other, 2, Completed().Snapshot, "layout", "sheet-1", 7, "Invoices", null, TimeProvider.System.GetUtcNow());
        await using var node = await new PortalNode(folder).React();

        var replayed = await Ends(node, Queued with { ReplayOf = Other, Last = old }, Completed());

        SelectsAsBefore(today with { Last = replayed }).Should().BeTrue();
        SelectsAsBefore(today with { Last = replayed, ConfigurationVersion = 3 }).Should().BeFalse();
    }

    [Fact]
    public async Task After_a_replay_into_a_tab_that_no_run_has_written_what_the_exporter_has_now_counts()
    {
        var (moved, filtered) = (Guid.CreateVersion7(), Invoices with { Statuses = ["PAID"] });
        var today = Queued with { ConfigurationVersion = 2, Configuration = filtered };
        await using var node = await new PortalNode(folder).React();
        await node.Append(
            $"exporter-{Exporter:N}", new ExporterCreated(Exporter, 1, Invoices, "sheet-1"),
            new ExporterChanged(Exporter, 2, filtered, "sheet-1"));

        var first = await Ends(node, Queued with { ReplayOf = Other }, Completed());
        var elsewhere = first with { ConfigurationVersion = 1, Selection = Invoices.Selection(), SpreadsheetId = "sheet-0" };
        var second = await Ends(
            node, Queued with { RunId = moved, ReplayOf = Other, Last = elsewhere }, Completed() with { RunId = moved });

        foreach (var last in (LastWrite[])[first, second])
        {
            (last.ConfigurationVersion, last.Selection).Should().Be((2, filtered.Selection()));
            SelectsAsBefore(today with { Last = last }).Should().BeTrue("nobody changed the exporter since");
        }
    }

    [Fact]
    public async Task A_tab_that_was_taken_for_a_change_which_never_came_is_given_back_and_one_in_use_is_not()
    {
        await using var node = new PortalNode(folder, null, services => services
            .RemoveAll<IWorker>().AddScoped<IWorker, SettleTabWorker>());
        await node.Append("tab-sheet-1", new TabClaimed("sheet-1", "Invoices", Exporter, Invoices));
        await node.React();
        await PortalNode.Eventually(async () => (await Of<ExporterCreated>(node)).Count == 1);
        await node.Append("tab-sheet-1", new TabTaken("sheet-1", "Bills", Exporter), new TabTaken("sheet-1", "invoices", Exporter));
        await PortalNode.Eventually(async () => (await node.Work()).Count == 2);
        await node.MakeDue();

        await node.DoWork();
        await PortalNode.Eventually(async () => (await node.Work()).Count == 0);

        (await Of<TabReleased>(node)).Should().Equal(new TabReleased("sheet-1", "Bills", Exporter));
    }

    [Fact]
    public async Task An_exporter_keeps_the_tab_of_a_change_that_came_after_it_was_given_back()
    {
        await using var node = await new PortalNode(folder).React();
        await node.Append("tab-sheet-1", new TabClaimed("sheet-1", "Invoices", Exporter, Invoices));
        await PortalNode.Eventually(async () => (await Of<ExporterCreated>(node)).Count == 1);

        await node.Append(
            $"exporter-{Exporter:N}", new ExporterChanged(Exporter, 2, Invoices with { TabTitle = "Bills" }, "sheet-1"));

        await PortalNode.Eventually(async () => (await Of<TabReleased>(node)).Count == 1);
        (await Of<TabTaken>(node)).Should().Equal(new TabTaken("sheet-1", "Bills", Exporter));
        (await Of<TabReleased>(node)).Should().Equal(new TabReleased("sheet-1", "Invoices", Exporter));
    }

    /// <summary>A portal whose run waits for tomorrow.</summary>
    private async Task<PortalNode> Waiting()
    {
        var node = await new PortalNode(folder).React();
        await node.Append($"exporterqueue-{Exporter:N}", Queued);
        await PortalNode.Eventually(async () => (await node.Work()).Count == 1);
        await node.PutOff(TimeSpan.FromDays(1));
        return node;
    }

    /// <summary>The run is queued, opened, and ends so.</summary>
    /// <returns>What the exporter's next run is told of its tab.</returns>
    private static async Task<LastWrite> Ends(PortalNode node, RunQueued queued, IEvent end)
    {
        await node.Append($"exporterqueue-{Exporter:N}", queued);
        await PortalNode.Eventually(async () => (await Of<RunStarted>(node)).Any(e => e.RunId == queued.RunId));
        await node.Append($"run-{queued.RunId:N}", end);
        await PortalNode.Eventually(async () => (await Of<RunReleased>(node)).Any(e => e.RunId == queued.RunId));
        return (await Of<RunReleased>(node)).Single(e => e.RunId == queued.RunId).Last!;
    }

    private static bool SelectsAsBefore(RunQueued queued) =>
        RunStarted.Of(queued, TimeProvider.System.GetUtcNow()).SelectsAsBefore();

    /// <summary>Waits until the run is due.</summary>
    private static async Task<RunCancelRequested> Asked(PortalNode node)
    {
        await PortalNode.Eventually(node.IsDue);
        return (await Of<RunCancelRequested>(node)).Should().ContainSingle().Subject;
    }

    private static ExportCompleted Completed() => new(
        Run, Exporter, new Snapshot(new string('a', 64), Acme, "invoices", [], 3, 100), 7, "Invoices", null, 0, 0, 1, 1, null,
        "layout", []);

    private static async Task<IReadOnlyList<TEvent>> Of<TEvent>(PortalNode node) where TEvent : IEvent =>
        [.. (await node.Log()).Select(e => e.Event).OfType<TEvent>()];
}
