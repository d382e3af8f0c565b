using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CountingKit.Adapters.Database;

/// <summary>The vault in a SQLite file, with its migrations.</summary>
public sealed class SqliteVault(DbContextOptions<SqliteVault> options) : VaultDb(options)
{
    protected override IQueryable<DateTime> Clock() =>
        Database.SqlQuery<DateTime>($"""SELECT strftime('%Y-%m-%d %H:%M:%f', 'now') AS "Value" """);
}

/// <summary>For <c>dotnet ef migrations add</c>: the model needs no real file.</summary>
internal sealed class SqliteVaultDesign : IDesignTimeDbContextFactory<SqliteVault>
{
    public SqliteVault CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteVault>().UseSqlite("Data Source=design.db").Options);
}
