using CountingKit.EventSourcing;
using CountingKit.Testing.Storage;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.EventSourcing;

/// <summary>What ends a wait before its time, and what a stale attempt can no longer do.</summary>
[Trait("Speed", "Slow")]
public sealed class WorkThatWaits
{
    private static readonly string[] Kinds = ["run"];

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Woken_it_is_due_at_once(StorageKind kind)
    {
        await using var bench = new WorkBench(kind);
        var table = Table(bench);
        await bench.Queue("run", "one");
        await table.PutBack((await Lease(table))!, Tomorrow(), default);
        (await Lease(table)).Should().BeNull();

        await bench.Wake("run", "one");

        (await Lease(table))!.Key.Should().Be("one");
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Woken_while_it_is_done_it_is_looked_at_again_although_the_attempt_would_wait(StorageKind kind)
    {
        await using var bench = new WorkBench(kind);
        var table = Table(bench);
        await bench.Queue("run", "one");
        var attempt = (await Lease(table))!;

        await bench.Wake("run", "one");
        await table.PutBack(attempt, Tomorrow(), default);

        (await Lease(table))!.Key.Should().Be("one");
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Woken_while_it_meets_an_outage_it_is_tried_again_at_once(StorageKind kind)
    {
        await using var bench = new WorkBench(kind);
        var table = Table(bench);
        await bench.Queue("run", "one");
        var attempt = (await Lease(table))!;

        await bench.Wake("run", "one");
        await table.Pause(attempt, TimeSpan.FromDays(1), default);

        (await Lease(table))!.Key.Should().Be("one");
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Woken_while_it_ends_it_is_done_once_more_and_gone_then(StorageKind kind)
    {
        await using var bench = new WorkBench(kind);
        var table = Table(bench);
        await bench.Queue("run", "one");
        await table.Fail((await Lease(table))!, new IOException(), default);
        await bench.Wake("run", "one");
        var attempt = (await Lease(table))!;

        await bench.Wake("run", "one");
        await table.Done(attempt, default);

        var again = (await Lease(table))!;
        again.Failures.Should().Be(0, "the attempt before it went well");
        await table.Done(again, default);
        (await bench.Row("one")).Should().BeNull();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Wanted_for_another_reason_it_is_looked_at_anew_and_for_the_same_one_it_is_not(StorageKind kind)
    {
        await using var bench = new WorkBench(kind);
        var table = Table(bench);
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await bench.React(first, "run", "one");
        var attempt = (await Lease(table))!;

        await bench.React(first, "run", "one");
        await table.PutBack(attempt, Tomorrow(), default);
        (await Lease(table)).Should().BeNull("a reactor tells each event once, and may repeat it");

        await bench.React(second, "run", "one");
        attempt = (await Lease(table))!;
        await bench.React(second, "run", "one");
        await table.Done(attempt, default);

        (await Lease(table))!.Key.Should().Be("one", "what the attempt found may be older than the second reason");
    }

    [Fact]
    public async Task What_meets_one_outage_after_the_other_is_tried_ever_more_rarely()
    {
        await using var bench = new WorkBench(StorageKind.Sqlite);
        var worker = new Told("run", WorkLane.Runs, (_, _) => throw new FolderGoneException("/srv/mirror"));
        await bench.Queue("run", "one");
        await bench.Start(1, null, worker);

        for (var attempts = 1; attempts < 8; attempts++)
        {
            await PortalNode.Eventually(() => Task.FromResult(worker.Attempts.Count >= attempts));
            await bench.Wake("run", "one");
        }

        await PortalNode.Eventually(async () =>
        {
            await using var db = bench.Vault();
            var soon = await db.Now(default) + TimeSpan.FromSeconds(5);
            return await db.Work.AnyAsync(w => w.LeasedBy == null && w.NotBefore > soon);
        });
        (await bench.Row("one"))!.Failures.Should().Be(0, "an outage is no failure of the work");
        (await Left(bench)).Should().BeLessThan(TimeSpan.FromSeconds(10), "somebody may wait for it once the outage is over");
    }

    [Fact]
    public async Task A_failure_ends_the_row_of_outages()
    {
        const int failing = 7;
        await using var bench = new WorkBench(StorageKind.Sqlite);
        var attempt = 0;
        var worker = new Told("run", WorkLane.Runs, (_, _) =>
            throw (++attempt == failing ? new IOException() : (Exception)new FolderGoneException("/srv/mirror")));
        await bench.Queue("run", "one");
        await bench.Start(1, null, worker);

        for (var attempts = 1; attempts <= failing; attempts++)
        {
            await PortalNode.Eventually(() => Task.FromResult(worker.Attempts.Count >= attempts));
            await bench.Wake("run", "one");
        }

        await PortalNode.Eventually(
            async () => worker.Attempts.Count > failing && (await bench.Row("one"))!.LeasedBy is null);
        (await Left(bench)).Should().BeLessThan(TimeSpan.FromSeconds(4.5), "the outage after it is the first of a row again");
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task A_lease_that_is_released_wakes_of_those_who_wait_for_it_the_one_that_was_queued_first(StorageKind kind)
    {
        await using var bench = new WorkBench(kind);
        var table = Table(bench);
        var leases = new Leases(bench.House.Vault(), TimeProvider.System);
        var held = (await leases.Hold("sheet", "busy", TimeSpan.FromMinutes(1), default))!;
        foreach (var key in new[] { "first", "second" })
        {
            await bench.Queue("run", key);
            await table.PutBack((await Lease(table))!, Tomorrow("sheet"), default);
        }

        await held.DisposeAsync();

        (await Lease(table))!.Key.Should().Be("first");
        (await Lease(table)).Should().BeNull("the lease goes to one, whose release wakes the next");
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Where_the_lease_was_released_before_the_wait_was_stored_there_is_no_wait(StorageKind kind)
    {
        await using var bench = new WorkBench(kind);
        var table = Table(bench);
        await bench.Queue("run", "one");

        await table.PutBack((await Lease(table))!, Tomorrow("sheet"), default);

        (await Lease(table))!.Key.Should().Be("one");
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task A_stale_attempt_that_wakes_changes_nothing(StorageKind kind)
    {
        await using var bench = new WorkBench(kind);
        var table = Table(bench);
        await bench.Queue("run", "one");
        var stale = (await Lease(table))!;
        await RunOut(bench);
        var now = (await Lease(table))!;
        var before = await bench.Row("one");

        var prolonged = await table.Prolong(stale, default);
        await table.PutBack(stale, Tomorrow(), default);
        await table.Pause(stale, TimeSpan.FromDays(1), default);
        await table.Fail(stale, new IOException(), default);
        await table.Done(stale, default);

        prolonged.Should().BeFalse();
        (await bench.Row("one")).Should().BeEquivalentTo(before);
        (await table.Prolong(now, default)).Should().BeTrue();
    }

    /// <summary>Until the piece is due.</summary>
    private static async Task<TimeSpan> Left(WorkBench bench)
    {
        var row = await bench.Row("one");
        await using var db = bench.Vault();
        return row!.NotBefore - await db.Now(default);
    }

    private static WorkTable Table(WorkBench bench) => new(bench.House.Vault(), TimeProvider.System);

    private static Task<WorkItem?> Lease(WorkTable table) => table.Lease(Kinds, new WorkTurns(), isScarce: false, "here", default);

    private static WorkResult.Again Tomorrow(string? waitsFor = null) =>
        new(TimeProvider.System.GetUtcNow().AddDays(1)) { WaitsFor = waitsFor };

    private static async Task RunOut(WorkBench bench)
    {
        await using var db = bench.Vault();
        var past = await db.Now(default) - TimeSpan.FromSeconds(1);
        await db.Work.ExecuteUpdateAsync(set => set.SetProperty(w => w.LeasedUntil, past));
    }
}
