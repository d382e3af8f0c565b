using CountingKit.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Database;

/// <summary>Opens the vault. The file is made, or brought to today's tables, by <see cref="Migrate"/> at the start.</summary>
internal sealed class SqliteVaultFactory(string folder) : IDbContextFactory<VaultDb>
{
    private readonly DbContextOptions<SqliteVault> options = new DbContextOptionsBuilder<SqliteVault>()
        .UseSqlite(SqliteFile.ConnectionString(Path.Combine(folder, "vault.db"), durable: true))
        .AddInterceptors(new SqlitePragmas("FULL"))
        .Options;

    public VaultDb CreateDbContext() => new SqliteVault(options);

    public void Migrate()
    {
        Directory.CreateDirectory(folder);
        using var db = CreateDbContext();
        db.Database.Migrate();
        db.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL");
    }
}

internal static class SqliteFile
{
    /// <summary>Waits up to 30 s for another writer. A reader never waits: the file is in WAL mode.</summary>
    /// <param name="isThere">It is not made if it is not there.</param>
    public static string ConnectionString(string path, bool durable, bool isThere = false) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = isThere ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = 30,
        Pooling = durable,
    }.ToString();
}
