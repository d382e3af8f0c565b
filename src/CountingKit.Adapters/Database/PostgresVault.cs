using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CountingKit.Adapters.Database;

/// <summary>The vault in PostgreSQL's schema <c>countingkit</c>, with its migrations.</summary>
public sealed class PostgresVault(DbContextOptions<PostgresVault> options) : VaultDb(options)
{
    internal const string Schema = "countingkit";

    internal static DbContextOptions<PostgresVault> Options(string connectionString) =>
        new DbContextOptionsBuilder<PostgresVault>()
            .UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable("__EFMigrationsHistory", Schema))
            .ReplaceService<IModelCustomizer, PostgresModel>()
            .AddInterceptors(new PostgresCharacters())
            .Options;

    /// <summary>Not <c>now()</c>, which stands still within a transaction.</summary>
    protected override IQueryable<DateTime> Clock() => Database.SqlQuery<DateTime>($"""SELECT clock_timestamp() AS "Value" """);

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasDefaultSchema(Schema);
        base.OnModelCreating(model);
    }
}

/// <summary>For <c>dotnet ef migrations add</c>: the model needs no real server.</summary>
internal sealed class PostgresVaultDesign : IDesignTimeDbContextFactory<PostgresVault>
{
    public PostgresVault CreateDbContext(string[] args) => new(PostgresVault.Options("Host=design"));
}
