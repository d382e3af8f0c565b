using System.Collections.Concurrent;
using System.Net;
using CountingKit.Adapters.Xero;
using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Testing.Storage;
using CountingKit.Tests.Database;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CountingKit.Tests.Xero;

/// <summary>One organization's limits, kept by two portals on one vault.</summary>
[Trait("Speed", "Slow")]
public sealed class XeroBudgetsOfSeveralPortals
{
    private static readonly Guid Acme = Guid.CreateVersion7();

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Together_they_never_make_more_than_four_calls_at_once_nor_55_a_minute(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        XeroBudget[] portals = [Budget(house.Vault(0)), Budget(house.Vault(1))];
        var (now, most) = (0, 0);
        var began = new ConcurrentQueue<DateTimeOffset>();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(45));

        var calls = Enumerable.Range(0, 70).Select(i => Task.Run(async () =>
        {
            await using var turn = await portals[i % 2].Enter(Acme, false, stop.Token);
            began.Enqueue(TimeProvider.System.GetUtcNow());
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Delay(20);
            Interlocked.Decrement(ref now);
            turn.Learn(HttpStatusCode.OK, new(900, 40, 9_000, null, null, null, null));
        })).ToList();
        while (began.Count < 55) await Task.Delay(20, stop.Token);
        var all = Task.WhenAll(calls);
        await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(5)));
        all.IsCompleted.Should().BeFalse("those above 55 wait for the minute");
        await stop.CancelAsync();
        await FluentActions.Awaiting(() => all).Should().ThrowAsync<OperationCanceledException>();

        most.Should().BeInRange(2, 4);
        began.Should().HaveCount(55);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task What_Xero_told_one_of_them_the_other_knows_and_so_does_a_restarted_one(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        var (one, other) = (Budget(house.Vault(0)), Budget(house.Vault(1)));
        await using (var turn = await one.Enter(Acme, false, default))
            turn.Learn(HttpStatusCode.TooManyRequests, new(0, 40, 9_000, TimeSpan.FromHours(3), "day", null, null));

        var enter = () => other.Enter(Acme, urgent: true, default);

        var refused = (await enter.Should().ThrowAsync<SourceException>()).Which;
        refused.RetryAt.Should().BeCloseTo(TimeProvider.System.GetUtcNow().AddHours(3), TimeSpan.FromMinutes(1));
        (await Budget(house.Vault(1)).Remaining(Acme, default)).Should().Be(0);
    }

    [Fact]
    public async Task A_vault_that_is_away_for_a_moment_is_waited_for_and_one_that_stays_away_stops_nobody()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        var vault = new FlakyVault(house.Vault());
        var budget = Budget(vault);
        (await budget.Remaining(Acme, default)).Should().BeNull();

        vault.FailNext(3);
        await using (await budget.Enter(Acme, false, default)) vault.FailNext(1);
        vault.FailNext(int.MaxValue);
        var alone = await budget.Enter(Acme, false, default);
        await alone.DisposeAsync();

        vault.FailNext(0);
        await using var again = await budget.Enter(Acme, false, default);
        await using var db = house.Vault().CreateDbContext();
        (await db.CallBudgets.SingleAsync(b => b.TenantId == Acme)).State.Should().Contain("\"Calls\":[{");
    }

    [Fact]
    public async Task One_organization_does_not_wait_for_another()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        var budget = Budget(house.Vault());
        List<XeroBudget.Turn> turns = [];
        for (var i = 0; i < 4; i++) turns.Add(await budget.Enter(Acme, false, default));
        using var stop = new CancellationTokenSource();
        var fifth = budget.Enter(Acme, false, stop.Token);

        await using (await budget.Enter(Guid.CreateVersion7(), false, default)) fifth.IsCompleted.Should().BeFalse();

        await stop.CancelAsync();
        await FluentActions.Awaiting(() => fifth).Should().ThrowAsync<OperationCanceledException>();
        foreach (var turn in turns) await turn.DisposeAsync();
    }

    [Fact]
    public async Task Who_waits_for_the_minute_keeps_nobody_from_asking()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        var (one, other) = (Budget(house.Vault(0)), Budget(house.Vault(1)));
        var turn = await other.Enter(Acme, false, default);
        await using (var limited = await one.Enter(Acme, false, default))
            limited.Learn(HttpStatusCode.TooManyRequests, new(900, 0, 9_000, TimeSpan.FromSeconds(60), "minute", null, null));
        using var stop = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 4).Select(_ => one.Enter(Acme, false, stop.Token)).ToList();
        turn.Learn(HttpStatusCode.TooManyRequests, new(0, 40, 9_000, TimeSpan.FromHours(3), "day", null, null));
        await turn.DisposeAsync();

        var asks = () => one.Enter(Acme, urgent: true, default).WaitAsync(TimeSpan.FromSeconds(30));

        (await asks.Should().ThrowAsync<SourceException>()).Which.Problem.Should().Be(SourceProblem.DayLimit);
        await stop.CancelAsync();
        await FluentActions.Awaiting(() => Task.WhenAll(waiting)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Each_of_them_knows_how_long_the_minute_is_used_up()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        var (one, other) = (Budget(house.Vault(0)), Budget(house.Vault(1)));
        var before = await other.WaitOfMinute(Acme, default);
        await using (var limited = await one.Enter(Acme, false, default))
            limited.Learn(HttpStatusCode.TooManyRequests, new(900, 40, 9_000, TimeSpan.FromSeconds(60), "minute", null, null));

        var wait = await other.WaitOfMinute(Acme, default);

        before.Should().Be(TimeSpan.Zero);
        wait.Should().BeCloseTo(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Each_of_them_knows_how_long_the_minute_of_all_organizations_together_is_used_up()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        var (one, other) = (Budget(house.Vault(0)), Budget(house.Vault(1)));
        var before = await other.WaitOfAppMinute(default);
        await using (var limited = await one.Enter(Acme, false, default))
            limited.Learn(HttpStatusCode.TooManyRequests, new(900, 40, 9_000, TimeSpan.FromSeconds(60), "appminute", null, null));

        var (wait, own) = (await other.WaitOfAppMinute(default), await other.WaitOfMinute(Acme, default));

        before.Should().Be(TimeSpan.Zero);
        wait.Should().BeCloseTo(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(20));
        own.Should().Be(TimeSpan.Zero, "that one is not used up");
    }

    [Fact]
    public async Task A_canceled_wait_gives_its_place_back()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        var budget = Budget(house.Vault());
        List<XeroBudget.Turn> turns = [];
        for (var i = 0; i < 4; i++) turns.Add(await budget.Enter(Acme, false, default));
        using var stop = new CancellationTokenSource();
        var waiting = budget.Enter(Acme, false, stop.Token);

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();
        foreach (var turn in turns) await turn.DisposeAsync();
        for (var i = 0; i < 4; i++) (await budget.Enter(Acme, false, default)).Should().NotBeNull();
    }

    private static XeroBudget Budget(IDbContextFactory<VaultDb> vault) => new(
        new BudgetStore(vault, TimeProvider.System), XeroPatience.Usual, Options.Create(new XeroOptions()),
        new WorkLanes(TimeProvider.System), TimeProvider.System, NullLogger<XeroBudget>.Instance);

    private static void InterlockedMax(ref int most, int value)
    {
        for (var known = Volatile.Read(ref most); value > known; known = Volatile.Read(ref most))
            if (Interlocked.CompareExchange(ref most, value, known) == known) return;
    }
}
