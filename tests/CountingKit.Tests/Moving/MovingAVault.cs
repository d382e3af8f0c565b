using CountingKit.Adapters.Database;
using CountingKit.Adapters.Moving;
using CountingKit.Testing;
using CountingKit.Testing.Postgres;
using CountingKit.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.Moving;

/// <summary>A vault in files is moved to PostgreSQL with every row, once, or not at all.</summary>
[Trait("Speed", "Slow")]
public sealed class MovingAVault : IDisposable
{
    private static readonly DateTime At = new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc).AddTicks(1234567);

    private readonly TempFolder folder = new();
    private readonly PostgresDatabase database = PostgresDatabase.Migrated();
    private readonly List<string> said = [];

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Every_row_is_there_new_numbers_go_on_behind_the_old_and_the_old_vault_is_marked()
    {
        await Fill(1_200);

        await Move().Run(default);

        await using var moved = Target().CreateDbContext();
        (await moved.Calls.CountAsync()).Should().Be(1_200);
        var grant = await moved.XeroGrants.SingleAsync();
        grant.Secret.Should().Equal(1, 2, 3);
        grant.PersonName.Should().Be("A\uFFFDna");
        grant.GrantedAt.Should().BeCloseTo(At, TimeSpan.FromMicroseconds(1));
        (await moved.Leases.AnyAsync()).Should().BeFalse();
        moved.Calls.Add(Call());
        await moved.SaveChangesAsync();
        (await moved.Calls.MaxAsync(call => call.Id)).Should().Be(1_201);
        await using var old = Source().CreateDbContext();
        (await MovedVault.Is(old, default)).Should().BeTrue();
        (await MovedVault.Is(moved, default)).Should().BeFalse();
    }

    [Fact]
    public async Task Started_again_behind_a_copy_that_counts_already_it_finds_the_same_rows_and_ends()
    {
        await Fill(50);
        await Move().Run(default);
        await using (var old = Source().CreateDbContext())
            await old.Settings.Where(setting => setting.Name == MovedVault.Setting).ExecuteDeleteAsync();

        await Move().Run(default);

        await using var moved = Target().CreateDbContext();
        (await moved.Calls.CountAsync()).Should().Be(50);
        await using var marked = Source().CreateDbContext();
        (await MovedVault.Is(marked, default)).Should().BeTrue();
    }

    [Fact]
    public async Task A_database_that_holds_other_rows_is_refused_and_nothing_changes_on_either_side()
    {
        await Fill(5);
        await using (var other = Target().CreateDbContext())
        {
            other.People.Add(new PersonRow { MemberId = Guid.CreateVersion7(), Name = "Ben", Email = "ben@example.com" });
            await other.SaveChangesAsync();
        }

        var move = () => Move().Run(default);

        (await move.Should().ThrowAsync<MoveException>()).Which.Message.Should().Contain("Name an empty one");
        await using var target = Target().CreateDbContext();
        (await target.Calls.AnyAsync()).Should().BeFalse();
        await using var old = Source().CreateDbContext();
        (await MovedVault.Is(old, default)).Should().BeFalse();
    }

    [Fact]
    public async Task It_may_take_longer_than_the_server_lets_a_transaction_hang()
    {
        await Fill(5);
        var target = new PostgresVaultFactory(PostgresSetting.Parse(
            $"{database.ConnectionString};Options=-c idle_in_transaction_session_timeout=100"));
        using var reading = new ManualResetEventSlim();
        var move = new MoveVault(folder.Path, target, TimeProvider.System, line =>
        {
            if (line.StartsWith("Calls", StringComparison.Ordinal)) reading.Wait(1_000);
            said.Add(line);
        });

        await move.Run(default);

        await using var moved = Target().CreateDbContext();
        (await moved.Calls.CountAsync()).Should().Be(5);
    }

    [Fact]
    public async Task A_damaged_vault_is_called_so()
    {
        await Fill(5);
        SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(folder["vault.db"], "no database");

        var move = () => Move().Run(default);

        (await move.Should().ThrowAsync<MoveException>()).WithMessage(
            "--vault names a folder whose vault.db is damaged: move vault.db, vault.db-wal and vault.db-shm away together, "
            + "then restore vault.db from its backup.");
    }

    [Theory]
    [InlineData("vault.migrating")]
    [InlineData("vault.inuse")]
    public async Task A_folder_of_another_user_is_told_in_one_line(string file)
    {
        await Fill(5);
        File.Delete(folder[file]);
        Directory.CreateDirectory(folder[file]); // Opening it is refused as another user's file is.

        var move = () => Move().Run(default);

        (await move.Should().ThrowAsync<MoveException>()).WithMessage(
            $"The vault in {folder.Path} cannot be opened: start this as the portal's user, on a disk that can be written to.");
    }

    [Fact]
    public async Task It_waits_for_a_portal_that_still_runs()
    {
        await Fill(5);
        await using (var running = Source().CreateDbContext())
        {
            running.Leases.Add(new LeaseRow
            {
                Name = "reactors", Owner = "portal", Until = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
            });
            await running.SaveChangesAsync();
        }

        var moving = Move().Run(default);
        while (said.Count == 0) await Task.Delay(20);
        said.Should().Equal("Stop the portal now: this waits until it has stopped.");
        moving.IsCompleted.Should().BeFalse();
        await using (var stopped = Source().CreateDbContext()) await stopped.Leases.ExecuteDeleteAsync();

        await moving;
    }

    private MoveVault Move() => new(folder.Path, Target(), TimeProvider.System, said.Add);

    private SqliteVaultFactory Source() => new(folder.Path);

    private PostgresVaultFactory Target() => new(PostgresSetting.Parse(database.ConnectionString));

    private async Task Fill(int calls)
    {
        using var factory = Source();
        factory.Migrate();
        await using var db = factory.CreateDbContext();
        db.XeroGrants.Add(new XeroGrantRow
        {
            XeroUserId = Guid.CreateVersion7(), Secret = [1, 2, 3], Version = 7, Scopes = "openid", AccessExpiresAt = At,
            RefreshedAt = At, GrantedAt = At, PersonName = "A\0na",
        });
        db.Settings.Add(new SettingRow { Name = "log", Value = "Embedded" });
        db.Checkpoints.Add(new CheckpointRow { Reactor = "runs", Position = "5/5" });
        db.Leases.Add(new LeaseRow { Name = "old", Owner = "dead", Until = At });
        for (var i = 0; i < calls; i++) db.Calls.Add(Call());
        await db.SaveChangesAsync();
    }

    private static CallRow Call() =>
        new() { At = At, Vendor = "xero", Method = "GET", Path = "/api.xro/2.0/Invoices", Status = 200, Bytes = 5 };
}
