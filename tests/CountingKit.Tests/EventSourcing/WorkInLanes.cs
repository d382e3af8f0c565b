using System.Collections.Concurrent;
using System.Globalization;
using CountingKit.EventSourcing;
using CountingKit.Testing.Storage;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Who has a lane, and for how long.</summary>
[Trait("Speed", "Slow")]
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

    [Fact]
    public async Task Who_waits_for_a_vendor_lends_its_lane_and_goes_on_in_one_that_is_free()
    {
        var clock = new HeldMinutes();
        await using var bench = new WorkBench(StorageKind.Sqlite, clock);
        var (goesOn, leaves, others) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        var slow = new Told("slow", WorkLane.Runs, async (_, ct) =>
        {
            // As pages that are read ahead wait, each for itself.
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bench.Lanes.Wait(TimeSpan.FromMinutes(2), ct)));
            goesOn.SetResult();
            return new WorkResult.Done();
        });
        var quick = new Told("quick", WorkLane.Runs, async (_, ct) =>
        {
            if (Interlocked.Increment(ref others) == 3) await leaves.Task.WaitAsync(ct);
            return new WorkResult.Done();
        });
        await bench.Queue("slow", "slow");
        await bench.Start(1, null, slow, quick);
        await PortalNode.Eventually(() => Task.FromResult(!slow.Attempts.IsEmpty));

        foreach (var i in Enumerable.Range(1, 3)) await bench.Queue("quick", $"quick-{i}");
        await PortalNode.Eventually(() => Task.FromResult(quick.Attempts.Count == 3));
        clock.LetGo();
        await Task.Delay(TimeSpan.FromSeconds(1));
        goesOn.Task.IsCompleted.Should().BeFalse("the only lane is another's");
        leaves.SetResult();

        await goesOn.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await PortalNode.Eventually(async () => await bench.Row("slow") is null);
    }

    [Fact]
    public async Task As_many_as_memory_is_for_wait_without_a_lane_and_whose_wait_is_over_goes_on_although_all_others_wait()
    {
        var clock = new HeldMinutes();
        await using var bench = new WorkBench(StorageKind.Sqlite, clock);
        var most = WorkPlaces.MostLent + 1;
        var limited = new Told("limited", WorkLane.Runs, async (_, ct) =>
        {
            await bench.Lanes.Wait(TimeSpan.FromMinutes(1), ct);
            return new WorkResult.Done();
        });
        foreach (var i in Enumerable.Range(0, most + 1)) await bench.Queue("limited", $"limited-{i}");
        await bench.Start(1, null, limited);
        await PortalNode.Eventually(() => Task.FromResult(clock.Held == most));

        clock.LetGo(1);
        await PortalNode.Eventually(async () => await bench.Row(limited.Keys.First()) is null);

        await PortalNode.Eventually(() => Task.FromResult(limited.Attempts.Count == most + 1));
        clock.LetGo();
    }

    [Fact]
    public async Task One_organization_whose_work_all_waits_leaves_room_for_the_next_one()
    {
        var clock = new HeldMinutes();
        await using var bench = new WorkBench(StorageKind.Sqlite, clock);
        var (limited, quick) = (
            new Told("limited", WorkLane.Runs, async (_, ct) =>
            {
                await bench.Lanes.Wait(TimeSpan.FromMinutes(1), ct);
                return new WorkResult.Done();
            }),
            new Told("quick", WorkLane.Runs, (_, _) => Told.Done));
        foreach (var i in Enumerable.Range(0, 2 * WorkPlaces.MostLent)) await bench.Queue("limited", $"limited-{i}", Crowd, "busy");
        await bench.Start(2, null, limited, quick);
        await PortalNode.Eventually(() => Task.FromResult(clock.Held == WorkPlaces.MostLent));

        await bench.Queue("quick", "quick", Crowd, "quiet");
        await PortalNode.Eventually(async () => await bench.Row("quick") is null);

        clock.Held.Should().Be(WorkPlaces.MostLent);
        while (await bench.Row($"limited-{(2 * WorkPlaces.MostLent) - 1}") is not null) clock.LetGo();
    }

    [Fact]
    public async Task Who_is_woken_while_it_waits_ends_its_wait_at_once()
    {
        await using var bench = new WorkBench(StorageKind.Sqlite, new HeldMinutes());
        using var turn = new SemaphoreSlim(0);
        var ends = new ConcurrentQueue<Exception?>();
        var waits = new Told("waits", WorkLane.Runs, async (item, ct) =>
        {
            if (ends.Count > 1) return new WorkResult.Done();
            ends.Enqueue(await Record.ExceptionAsync(() =>
                ends.IsEmpty ? bench.Lanes.Wait(TimeSpan.FromMinutes(1), ct) : bench.Lanes.Wait(turn, ct)));
            return new WorkResult.Again(TimeProvider.System.GetUtcNow().AddDays(1));
        });
        await bench.Queue("waits", "waits");
        await bench.Start(1, new HurriedTime(), waits);

        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await PortalNode.Eventually(() => Task.FromResult(waits.Attempts.Count == attempt));
            await bench.Wake("waits", "waits");
        }

        await PortalNode.Eventually(async () => await bench.Row("waits") is null);
        ends.Should().AllBeOfType<OvertakenException>().And.HaveCount(2);
        turn.Release();
        turn.CurrentCount.Should().Be(1, "who left no longer stands in line");
    }

    [Fact]
    public async Task What_was_begun_outside_is_waited_for_to_its_end_also_by_who_is_woken()
    {
        var minutes = new HeldMinutes();
        await using var bench = new WorkBench(StorageKind.Sqlite, minutes);
        using var turn = new SemaphoreSlim(0);
        var (ends, wasOver) = (new ConcurrentQueue<Exception?>(), true);
        var waits = new Told("waits", WorkLane.Runs, async (_, ct) =>
        {
            if (!ends.IsEmpty) return new WorkResult.Done();
            var toItsEnd = Record.ExceptionAsync(() => bench.Lanes.Wait(TimeSpan.FromMinutes(1), ct, toItsEnd: true));
            ends.Enqueue(await Record.ExceptionAsync(() => bench.Lanes.Wait(turn, ct)));
            wasOver = toItsEnd.IsCompleted;
            minutes.LetGo();
            ends.Enqueue(await toItsEnd);
            return new WorkResult.Done();
        });
        await bench.Queue("waits", "waits");
        await bench.Start(1, new HurriedTime(), waits);
        await PortalNode.Eventually(() => Task.FromResult(waits.Attempts.Count == 1));

        await bench.Wake("waits", "waits");

        await PortalNode.Eventually(async () => await bench.Row("waits") is null);
        wasOver.Should().BeFalse();
        ends.Should().SatisfyRespectively(e => e.Should().BeOfType<OvertakenException>(), e => e.Should().BeNull());
    }

    [Fact]
    public async Task No_turn_is_kept_while_a_lane_is_waited_for()
    {
        await using var bench = new WorkBench(StorageKind.Sqlite);
        using var turn = new SemaphoreSlim(0);
        var (busy, has) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = new Told("first", WorkLane.Runs, async (_, ct) =>
        {
            await bench.Lanes.Wait(turn, ct);
            has.SetResult();
            return new WorkResult.Done();
        });
        var second = new Told("second", WorkLane.Runs, async (_, ct) =>
        {
            await busy.Task.WaitAsync(ct);
            return new WorkResult.Done();
        });
        await bench.Queue("first", "first");
        await bench.Start(1, null, first, second);
        await PortalNode.Eventually(() => Task.FromResult(!first.Attempts.IsEmpty));
        await bench.Queue("second", "second");
        await PortalNode.Eventually(() => Task.FromResult(!second.Attempts.IsEmpty));

        turn.Release();
        // A person's request, which has no lane.
        await turn.WaitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        has.Task.IsCompleted.Should().BeFalse("the only lane is another's");
        busy.SetResult();
        turn.Release();

        await has.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static int Number(string key) => int.Parse(key.Split('-')[1], CultureInfo.InvariantCulture);

    private static IEnumerable<int> Rounds(Told worker) =>
        worker.Attempts.Where(a => a.WorkspaceId == Crowd).Take(5).Select(a => Number(a.Key) % 5).Distinct();

    private sealed class WrongTime(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }

    /// <summary>Waits of minutes are over when the test says so.</summary>
    private sealed class HeldMinutes : TimeProvider
    {
        private readonly ConcurrentQueue<ITimer> held = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.FromMinutes(1)) return base.CreateTimer(callback, state, dueTime, period);
            var timer = base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            held.Enqueue(timer);
            return timer;
        }

        public int Held => held.Count;

        public void LetGo(int most = int.MaxValue)
        {
            for (; most > 0 && held.TryDequeue(out var timer); most--) timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Waits of minutes are over in a second.</summary>
    private sealed class ShortMinutes : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.FromMinutes(1) ? TimeSpan.FromSeconds(1) : dueTime, period);
    }
}
