using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Database;

/// <summary>Opens the vault. Its tables are made, or brought to today's, by <see cref="Migrate"/> at the start.</summary>
internal sealed class PostgresVaultFactory(PostgresSetting setting) : IDbContextFactory<VaultDb>
{
    private readonly DbContextOptions<PostgresVault> options = PostgresVault.Options(setting.ConnectionString);

    public VaultDb CreateDbContext() => new PostgresVault(options);

    /// <summary>Whether a portal was started on it. Its server answers.</summary>
    public bool IsThere()
    {
        using var db = CreateDbContext();
        return db.Database.GetAppliedMigrations().Any();
    }

    /// <summary>One portal at a time: those that start beside it find the tables made.</summary>
    public void Migrate()
    {
        using var alone = new PostgresLock(setting.ConnectionString);
        using var db = CreateDbContext();
        db.Database.Migrate();
    }
}
