using CountingKit.Adapters.Database;
using CountingKit.Testing;
using CountingKit.Vault;
using Microsoft.Data.Sqlite;

namespace CountingKit.Tests.Database;

/// <summary>What stays of a vault that was made by a start that had to be refused.</summary>
public sealed class UnusedVaults : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public void Nothing_stays_of_one_that_knows_no_log_and_nothing_else_is_touched()
    {
        var vault = Made();
        string[] others = ["events.db", "read-models-v1-1.db.damaged-20261129T220000Z", "vault.db.backup"];
        foreach (var file in others) File.WriteAllText(folder[file], "of somebody else");

        vault.RemoveUnused();
        vault.RemoveUnused();

        Directory.EnumerateFileSystemEntries(folder.Path).Select(file => Path.GetFileName(file)).Should().BeEquivalentTo(others);
    }

    [Fact]
    public void One_that_knows_a_log_stays()
    {
        var vault = Made();
        using (var db = vault.CreateDbContext())
        {
            db.Checkpoints.Add(new CheckpointRow { Reactor = "runs", Position = "1/1" });
            db.SaveChanges();
        }

        vault.RemoveUnused();

        using var after = vault.CreateDbContext();
        after.Checkpoints.Count().Should().Be(1);
    }

    /// <summary>As a start makes it, with the tables of the pages.</summary>
    private SqliteVaultFactory Made()
    {
        var vault = new SqliteVaultFactory(folder.Path);
        vault.Migrate();
        _ = new SqliteReadDatabases(folder.Path, TimeProvider.System);
        return vault;
    }
}
