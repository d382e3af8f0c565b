using CountingKit.EventSourcing;
using CountingKit.Testing.Storage;
using CountingKit.Tests.Database;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Leases of portals whose clocks disagree, and of two attempts at one thing.</summary>
[Trait("Speed", "Slow")]
public sealed class LeasesOfAttempts
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task A_portal_whose_clock_is_an_hour_ahead_takes_nothing_that_another_holds(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        await Leases(house, 0, TimeSpan.Zero).Take("sheet", "first", Long, default);

        var taken = await Leases(house, 1, TimeSpan.FromHours(1)).Take("sheet", "ahead", Long, default);

        taken.Should().BeFalse();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task What_a_portal_took_whose_clock_is_an_hour_ahead_runs_out_in_time(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        await Leases(house, 0, TimeSpan.FromHours(1)).Take("sheet", "ahead", Short, default);
        await Task.Delay(Short * 2);

        var taken = await Leases(house, 1, TimeSpan.FromHours(-1)).Take("sheet", "behind", Long, default);

        taken.Should().BeTrue();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task An_attempt_that_stood_still_until_another_had_its_lease_learns_it_and_takes_nothing_back(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        var still = new Leases(house.Vault(), new StoppedTime());
        await using var stale = (await still.Hold("sheet", "run 1, first attempt", Short, default))!;
        await Task.Delay(Short * 2);
        var other = Leases(house, 1, TimeSpan.Zero);
        (await other.Take("sheet", "run 1, second attempt", Long, default)).Should().BeTrue();

        await stale.Awaiting(s => s.Confirm(default)).Should().ThrowAsync<OvertakenException>();

        stale.Lost.IsCancellationRequested.Should().BeTrue();
        (await other.Take("sheet", "a third", Long, default)).Should().BeFalse("the second attempt still holds it");
    }

    [Fact]
    public async Task An_attempt_that_stood_still_and_lost_nothing_goes_on()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        await using var held = (await new Leases(house.Vault(), new StoppedTime()).Hold("sheet", "one", Short, default))!;
        await Task.Delay(Short * 2);

        await held.Confirm(default);

        (await Leases(house, 1, TimeSpan.Zero).Take("sheet", "two", Long, default)).Should().BeFalse();
    }

    private static Leases Leases(DatabaseHouse house, int portal, TimeSpan ahead) =>
        new(house.Vault(portal), new HurriedTime(ahead));
}
