using System.Collections.Concurrent;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Runs;
using CountingKit.Schedules;
using CountingKit.Spreadsheets;
using CountingKit.Testing;
using CountingKit.Tests.EventSourcing;
using CountingKit.Tests.Exporters;
using CountingKit.Vault;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CountingKit.Tests.Schedules;

/// <summary>What is due is started once, whoever looks, and whatever ends between.</summary>
public sealed class TimesThatCome : IDisposable
{
    private static readonly DateTimeOffset Six = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);
    private static readonly Schedule Daily = new(ScheduleKind.Daily, "UTC", new(6, 0));

    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(Six);
    private readonly StandIn started = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_thousand_at_the_same_time_start_once_each_and_not_all_at_once()
    {
        await using var node = Node();
        var exporters = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Scheduled(node)));
        await node.Firing.FireDue(default);
        var inTheFirstSecond = started.All.Count;

        for (var second = 0; second < 60; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            while (await node.Firing.FireDue(default) <= time.GetUtcNow()) { }
        }

        inTheFirstSecond.Should().BeLessThan(100);
        started.All.Select(due => due.ExporterId).Should().BeEquivalentTo(exporters);
        started.All.Should().OnlyContain(due => due.At == Six);
    }

    [Fact]
    public async Task Of_two_portals_one_starts_it()
    {
        await using var one = Node();
        await using var other = Node();
        await Scheduled(one);
        time.Advance(TimeSpan.FromMinutes(2));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? one : other).Firing.FireDue(default)));

        started.All.Should().ContainSingle();
    }

    [Fact]
    public async Task What_was_missed_for_days_is_one_run_and_the_next_is_ahead()
    {
        await using var node = Node();
        await Scheduled(node);
        time.Advance(TimeSpan.FromDays(40) + TimeSpan.FromHours(3));

        await node.Firing.FireDue(default);
        await node.Firing.FireDue(default);

        started.All.Should().ContainSingle();
        (await node.Occurrences()).Single().Occurrence.Should().Be(new(2026, 4, 12, 6, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task A_portal_that_dies_after_the_start_leaves_a_repeat_of_the_same_to_another()
    {
        await using var node = Node();
        await Scheduled(node);
        time.Advance(TimeSpan.FromMinutes(2));
        using var killed = new CancellationTokenSource();
        started.Then = killed.Cancel;
        await FluentActions.Awaiting(() => node.Firing.FireDue(killed.Token)).Should().ThrowAsync<OperationCanceledException>();
        started.Then = () => { };

        await node.Firing.FireDue(default);
        started.All.Should().ContainSingle("it is claimed");
        time.Advance(TimeSpan.FromMinutes(3));
        await node.Firing.FireDue(default);

        started.All.Should().HaveCount(2);
        started.All.Distinct().Should().ContainSingle("its run's id follows from it");
    }

    [Fact]
    public async Task A_repeat_finds_the_run_that_was_started()
    {
        await using var node = new PortalNode(folder, time);
        var exporterId = Guid.CreateVersion7();
        await node.Append(Spreadsheet.StreamOf(Configurations.Book), new SpreadsheetConnected(
            Configurations.Book, Guid.CreateVersion7(), "sheet", "Books", "https://sheet", Created: true));
        await node.Append(Exporter.StreamOf(exporterId), new ExporterCreated(exporterId, 1, Configurations.Invoices, "sheet"));
        await Scheduled(node, exporterId);
        var row = (await node.Occurrences()).Single();
        time.Advance(TimeSpan.FromMinutes(2));

        await node.Firing.FireDue(default);
        await node.SetOccurrence(row);
        await node.Firing.FireDue(default);

        var queued = (await node.Log()).Where(e => e.Event is RunQueued or RunJoined).ToList();
        var run = queued.Should().ContainSingle().Subject.Event.Should().BeOfType<RunQueued>().Subject;
        queued[0].Metadata.Actor.Should().Be(Actor.Schedule);
        (run.Trigger, run.Schedule!.Words, run.Schedule.At).Should().Be((RunTrigger.Schedule, "Every day at 06:00, UTC", Six));
        (await node.Occurrences()).Single().LastRunId.Should().Be(run.RunId);
        node.Catalog.AuditOf(run).Words.Should().Be("Started a run (Every day at 06:00, UTC)");
    }

    [Fact]
    public async Task A_time_of_a_paused_exporter_is_skipped_without_a_run()
    {
        await using var node = new PortalNode(folder, time);
        var exporterId = Guid.CreateVersion7();
        await node.Append(
            Exporter.StreamOf(exporterId), new ExporterCreated(exporterId, 1, Configurations.Invoices, "sheet"),
            new ExporterPaused(exporterId));
        await Scheduled(node, exporterId);
        time.Advance(TimeSpan.FromMinutes(2));

        await node.Firing.FireDue(default);

        var row = (await node.Occurrences()).Single();
        (row.SkippedAt, row.Code).Should().Be((Six.UtcDateTime, "CK-EXPORTER-13"));
        row.Occurrence.Should().Be(Six.UtcDateTime.AddDays(1));
        (await node.Log()).Should().NotContain(e => e.Event is RunQueued);
    }

    [Fact]
    public async Task One_whose_start_fails_is_told_and_the_rest_goes_on()
    {
        await using var node = Node();
        var bad = await Scheduled(node);
        await Scheduled(node);
        started.Bad = bad;
        time.Advance(TimeSpan.FromMinutes(2));

        await node.Firing.FireDue(default);

        started.All.Should().HaveCount(2);
        var rows = await node.Occurrences();
        rows.Should().OnlyContain(row => row.Occurrence == Six.UtcDateTime.AddDays(1));
        rows.Single(row => row.ExporterId == bad).Code.Should().Be("CK-SCHEDULE-12");
    }

    [Fact]
    public async Task A_zone_that_is_not_known_any_more_sets_it_aside_and_says_so()
    {
        await using var node = Node();
        await Scheduled(node, schedule: Daily with { Zone = "Europe/Atlantis" });
        time.Advance(TimeSpan.FromMinutes(2));

        await node.Firing.FireDue(default);

        (await node.Occurrences()).Should().ContainSingle().Which.Should()
            .Match<OccurrenceRow>(row => row.DueAt == null && row.Code == "CK-SCHEDULE-02");
    }

    [Fact]
    public async Task While_a_setting_holds_them_nothing_starts()
    {
        await using var node = new PortalNode(folder, time, services => services
            .AddSingleton<IScheduledRuns>(started).AddSingleton(new ScheduleOptions(Paused: true)));
        await Scheduled(node);
        time.Advance(TimeSpan.FromMinutes(2));

        await node.Firing.FireDue(default);

        started.All.Should().BeEmpty();
    }

    [Fact]
    public async Task A_reactor_keeps_the_next_time_and_forgets_it_with_the_exporter()
    {
        await using var node = await new PortalNode(folder).React();
        var (exporterId, scheduleId) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var stream = ExporterSchedules.StreamOf(exporterId);
        await node.Append(Exporter.StreamOf(exporterId), new ExporterCreated(exporterId, 1, Configurations.Invoices, "sheet"));

        await node.Append(stream, new ScheduleAdded(exporterId, scheduleId, Daily));
        await PortalNode.Eventually(async () => (await node.Occurrences()) is [{ DueAt: not null }]);
        await node.Append(stream, new SchedulePaused(exporterId, scheduleId, Daily));
        await PortalNode.Eventually(async () => (await node.Occurrences()) is [{ DueAt: null }]);
        await node.Append(stream, new ScheduleResumed(exporterId, scheduleId, Daily));
        await PortalNode.Eventually(async () => (await node.Occurrences()) is [{ DueAt: not null }]);
        await node.Append(Exporter.StreamOf(exporterId), new ExporterDeleted(exporterId, "deleted"));
        await PortalNode.Eventually(async () => (await node.Occurrences()).Count == 0);
    }

    private PortalNode Node() => new(folder, time, services => services.AddSingleton<IScheduledRuns>(started));

    /// <summary>An exporter whose schedule is due at six, as the reactor would keep it.</summary>
    private static async Task<Guid> Scheduled(PortalNode node, Guid? exporter = null, Schedule? schedule = null)
    {
        var (exporterId, scheduleId, kept) = (exporter ?? Guid.CreateVersion7(), Guid.CreateVersion7(), schedule ?? Daily);
        await node.Append(ExporterSchedules.StreamOf(exporterId), new ScheduleAdded(exporterId, scheduleId, kept));
        await node.SetOccurrence(new()
        {
            ScheduleId = scheduleId,
            ExporterId = exporterId,
            WorkspaceId = Guid.CreateVersion7(),
            Occurrence = Six.UtcDateTime,
            DueAt = Six.UtcDateTime.AddSeconds(Occurrences.Spread(exporterId)),
        });
        return exporterId;
    }

    private sealed class StandIn : IScheduledRuns
    {
        private readonly ConcurrentQueue<DueOccurrence> all = new();

        public IReadOnlyCollection<DueOccurrence> All => all;

        public Action Then { get; set; } = () => { };

        public Guid Bad { get; set; }

        public Task<Guid?> Start(DueOccurrence due, CancellationToken ct)
        {
            all.Enqueue(due);
            if (due.ExporterId == Bad) throw new InvalidOperationException("It cannot be started.");
            Then();
            ct.ThrowIfCancellationRequested();
            return Task.FromResult<Guid?>(Guid.CreateVersion7());
        }
    }
}
