using CountingKit.Adapters.Database;
using CountingKit.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.Database;

/// <summary>A portal that was killed while it brought the vault's tables up to date.</summary>
public sealed class KilledMigrations
{
    [Fact]
    public async Task A_lock_that_a_dead_process_left_holds_up_no_start()
    {
        using var folder = new TempFolder();
        using var vault = new SqliteVaultFactory(folder.Path);
        vault.Migrate();
        await using (var db = vault.CreateDbContext())
            await db.Database.ExecuteSqlRawAsync("INSERT INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, '2026-11-29 00:00:00')");

        await Task.Run(vault.Migrate).WaitAsync(TimeSpan.FromSeconds(30));

        await using (var db = vault.CreateDbContext())
        {
            (await db.Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM __EFMigrationsLock").SingleAsync()).Should().Be(0);
            (await db.Database.GetPendingMigrationsAsync()).Should().BeEmpty();
        }

        SqliteConnection.ClearAllPools();
    }
}
