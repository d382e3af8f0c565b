using System.Globalization;
using CountingKit.EventSourcing;
using CountingKit.Testing.Storage;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Who has a lane, and for how long.</summary>
public sealed class WorkInLanes
{
    private static readonly Guid Crowd = Guid.Parse("0193a000-0000-7000-8000-0000000000c0");
    private static readonly Guid Single = Guid.Parse("0193a000-0000-7000-8000-0000000000c1");

    [Theory]
    [InlineData(StorageKind.Sqlite, WorkLane.Runs, WorkLane.Upkeep)]
    [InlineData(StorageKind.Servers, WorkLane.Runs, WorkLane.Upkeep)]
    [InlineData(StorageKind.Sqlite, WorkLane.Upkeep, WorkLane.Runs)]
    [InlineData(StorageKind.Servers, WorkLane.Upkeep, WorkLane.Runs)]
    public async Task What_takes_all_lanes_of_its_kind_for_ever_holds_up_no_other(StorageKind kind, WorkLane stuck, WorkLane free)
    {
        await using var bench = new WorkBench(kind);
        var (hung, quick) = (new Told("hung", stuck, (_, ct) => Told.Forever(ct)), new Told("quick", free, (_, _) => Told.Done));
        foreach (var i in Enumerable.Range(1, 5)) await bench.Queue("hung", $"hung-{i}");
        await bench.Start(2, null, hung, quick);
        await PortalNode.Eventually(() => Task.FromResult(hung.Attempts.Count >= 2));

        await bench.Queue("quick", "quick");
        await PortalNode.Eventually(async () => await bench.Row("quick") is null);

        hung.Attempts.Should().HaveCount(2);
        quick.Keys.Should().Equal("quick");
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task A_workspace_with_one_piece_does_not_stand_behind_a_hundred_of_another(StorageKind kind)
    {
        await using var bench = new WorkBench(kind);
        var worker = new Told("run", WorkLane.Runs, (_, _) => Told.Done);
        foreach (var i in Enumerable.Range(1, 100))
            await bench.Queue("run", $"crowd-{i}", Crowd, (i % 5).ToString(CultureInfo.InvariantCulture));
        await bench.Queue("run", "single", Single, "0");

        await bench.Start(1, null, worker);
        await PortalNode.Eventually(() => Task.FromResult(worker.Attempts.Count >= 12));

        worker.Keys.Take(2).Should().Contain("single");
        worker.Attempts.Where(a => a.WorkspaceId == Crowd).Take(10).Select(a => Number(a.Key) % 5)
            .Should().Equal([.. Rounds(worker), .. Rounds(worker)], "its organizations take turns");
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Each_attempt_has_a_name_of_its_own(StorageKind kind)
    {
        await using var bench = new WorkBench(kind);
        var worker = new Told("run", WorkLane.Runs, (_, _) =>
            Task.FromResult<WorkResult>(new WorkResult.Again(TimeProvider.System.GetUtcNow())));
        await bench.Queue("run", "one");

        await bench.Start(2, null, worker);
        await PortalNode.Eventually(() => Task.FromResult(worker.Attempts.Count >= 5));

        worker.Attempts.Select(a => a.Attempt).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite, 1)]
    [InlineData(StorageKind.Servers, 1)]
    [InlineData(StorageKind.Sqlite, -1)]
    [InlineData(StorageKind.Servers, -1)]
    public async Task What_is_put_back_for_a_moment_waits_that_moment_however_wrong_the_portals_clock_is(
        StorageKind kind, int hoursAhead)
    {
        await using var bench = new WorkBench(kind);
        var clock = new WrongTime(TimeSpan.FromHours(hoursAhead));
        var moment = TimeSpan.FromSeconds(2);
        var tries = new List<long>();
        var worker = new Told("run", WorkLane.Runs, (_, _) =>
        {
            tries.Add(TimeProvider.System.GetTimestamp());
            return tries.Count < 2 ? Task.FromResult<WorkResult>(new WorkResult.Again(clock.GetUtcNow() + moment)) : Told.Done;
        });
        await bench.Queue("run", "one");

        await bench.Start(1, clock, worker);
        await PortalNode.Eventually(async () => await bench.Row("one") is null);

        TimeProvider.System.GetElapsedTime(tries[0], tries[1]).Should().BeGreaterThan(moment - TimeSpan.FromMilliseconds(100));
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task A_piece_that_keeps_failing_tells_how_often_and_why_and_the_rest_goes_on(StorageKind kind)
    {
        await using var bench = new WorkBench(kind);
        var worker = new Told("run", WorkLane.Runs, (item, _) =>
            item.Key == "broken" ? throw new InvalidOperationException("secret words") : Told.Done);
        await bench.Queue("run", "broken");
        await bench.Start(1, null, worker);
        await PortalNode.Eventually(async () => (await bench.Row("broken"))!.Failures >= 2);

        await bench.Queue("run", "sound");
        await PortalNode.Eventually(async () => await bench.Row("sound") is null);

        var row = (await bench.Row("broken"))!;
        row.LastFailure.Should().Be(nameof(InvalidOperationException));
        row.LastFailedAt.Should().BeCloseTo(TimeProvider.System.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task An_attempt_that_hangs_is_stopped_after_its_time_and_counts_as_a_failure()
    {
        await using var bench = new WorkBench(StorageKind.Sqlite);
        var worker = new Told("tidy", WorkLane.Upkeep, (_, ct) => Told.Forever(ct));
        await bench.Queue("tidy", "hangs");

        await bench.Start(1, new ShortMinutes(), worker);
        await PortalNode.Eventually(async () => (await bench.Row("hangs"))!.Failures > 0);

        (await bench.Row("hangs"))!.LastFailure.Should().Be(nameof(TimeoutException));
    }

    private static int Number(string key) => int.Parse(key.Split('-')[1], CultureInfo.InvariantCulture);

    private static IEnumerable<int> Rounds(Told worker) =>
        worker.Attempts.Where(a => a.WorkspaceId == Crowd).Take(5).Select(a => Number(a.Key) % 5).Distinct();

    private sealed class WrongTime(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }

    /// <summary>Waits of minutes are over in a second.</summary>
    private sealed class ShortMinutes : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.FromMinutes(1) ? TimeSpan.FromSeconds(1) : dueTime, period);
    }
}
