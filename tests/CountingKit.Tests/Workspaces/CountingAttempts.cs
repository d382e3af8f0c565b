using CountingKit.Testing.Storage;
using CountingKit.Tests.Database;
using CountingKit.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CountingKit.Tests.Workspaces;

/// <summary>What is remembered of wrong passwords, and for how long.</summary>
public sealed class CountingAttempts : IAsyncLifetime
{
    private static readonly Knock Door = Knock.FromNetwork("sign-in", "203.0.113.7", "OLIVIA@EXAMPLE.COM");

    private readonly DatabaseHouse house = new(StorageKind.Sqlite);
    private readonly FakeTimeProvider time = new(new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
    private Attempts attempts = null!;

    public Task InitializeAsync()
    {
        attempts = new(house.Vault(), time);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task After_a_day_of_quiet_there_was_none()
    {
        for (var failure = 0; failure < 4; failure++) await attempts.Note(Door, default);
        time.Advance(TimeSpan.FromHours(23));
        (await attempts.Note(Door, default)).Should().Be(5);

        time.Advance(TimeSpan.FromHours(24.5));

        (await attempts.Note(Door, default)).Should().Be(1);
    }

    [Fact]
    public async Task A_whole_network_has_fifty_for_nothing_then_waits_a_minute_at_most_until_an_hour_of_quiet()
    {
        var network = Knock.FromWholeNetwork("sign-in", "203.0.113.7");
        for (var failure = 0; failure < 49; failure++) await attempts.Note(network, default);
        (await attempts.Wait(network, default)).Should().BeNull();

        await attempts.Note(network, default);

        (await attempts.Wait(network, default)).Should().Be(TimeSpan.FromSeconds(5));
        for (var failure = 0; failure < 20; failure++) await attempts.Note(network, default);
        (await attempts.Wait(network, default)).Should().Be(TimeSpan.FromMinutes(1));
        time.Advance(TimeSpan.FromHours(1.5));
        (await attempts.Note(network, default)).Should().Be(1);
    }

    [Fact]
    public async Task One_that_has_to_wait_is_not_counted()
    {
        for (var attempt = 0; attempt < 5; attempt++) (await attempts.Begin(Door, default)).Should().BeNull();

        for (var attempt = 0; attempt < 10; attempt++)
            (await attempts.Begin(Door, default)).Should().Be(TimeSpan.FromSeconds(5));

        time.Advance(TimeSpan.FromSeconds(6));
        (await attempts.Note(Door, default)).Should().Be(6);
    }

    [Fact]
    public async Task No_more_is_remembered_than_has_room_and_the_oldest_goes_first()
    {
        await using (var vault = await house.Vault().CreateDbContextAsync())
            await vault.Database.ExecuteSqlRawAsync(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)
                INSERT INTO "Attempts" ("Key", "Failures", "LastAt", "NextAt")
                SELECT printf('%064d', i), 1, strftime('%Y-%m-%d %H:%M:%S', '2026-11-01 10:00:00', '+' || i || ' seconds'),
                    '2026-11-01 10:00:00' FROM n
                """);

        await attempts.Note(Door, default);

        await using var after = await house.Vault().CreateDbContextAsync();
        (await after.Attempts.CountAsync()).Should().Be(Attempts.MostRows + 1);
        (await after.Attempts.MinAsync(a => a.Key)).Should().StartWith("0000").And.EndWith("05001");
    }
}
