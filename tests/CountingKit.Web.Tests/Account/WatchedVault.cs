using System.Data.Common;
using CountingKit.Adapters.Database;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CountingKit.Web.Tests.Account;

/// <summary>Sees the commands that a vault is given by whoever began to watch, and not those of the portal's own work.</summary>
internal sealed class WatchedVault : DbCommandInterceptor
{
    private readonly AsyncLocal<List<string>?> seen = new();

    /// <returns>The commands to come of this flow, in order.</returns>
    public IReadOnlyCollection<string> Begin() => seen.Value = [];

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        seen.Value?.Add(command.CommandText);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result,
        CancellationToken cancellationToken = default)
    {
        seen.Value?.Add(command.CommandText);
        return ValueTask.FromResult(result);
    }
}

/// <summary>The same vaults, watched.</summary>
internal sealed class WatchedVaults(IDbContextFactory<VaultDb> vaults, WatchedVault watch) : IDbContextFactory<VaultDb>
{
    public VaultDb CreateDbContext()
    {
        using var plain = vaults.CreateDbContext();
        return plain is SqliteVault
            ? new SqliteVault(Watched<SqliteVault>(plain))
            : new PostgresVault(Watched<PostgresVault>(plain));
    }

    private DbContextOptions<TVault> Watched<TVault>(VaultDb plain) where TVault : VaultDb =>
        new DbContextOptionsBuilder<TVault>((DbContextOptions<TVault>)plain.GetService<IDbContextOptions>())
            .AddInterceptors(watch).Options;
}
