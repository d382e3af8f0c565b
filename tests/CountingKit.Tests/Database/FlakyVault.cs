using CountingKit.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.Database;

/// <summary>A vault that is away as often as a test says.</summary>
internal sealed class FlakyVault(IDbContextFactory<VaultDb> vault) : IDbContextFactory<VaultDb>
{
    private const int InputOutputError = 10;
    private int failures;

    public void FailNext(int times) => Volatile.Write(ref failures, times);

    public VaultDb CreateDbContext() => Volatile.Read(ref failures) > 0 && Interlocked.Decrement(ref failures) >= 0
        ? throw new SqliteException("disk I/O error", InputOutputError)
        : vault.CreateDbContext();
}

internal static class FlakyVaultRegistration
{
    /// <summary>Puts itself before the vault that is registered.</summary>
    public static FlakyVault AddFlakyVault(this IServiceCollection services)
    {
        var registered = services.Last(s => s.ServiceType == typeof(IDbContextFactory<VaultDb>));
        // It was opened when it was registered, and asks the provider for nothing.
        var flaky = new FlakyVault((IDbContextFactory<VaultDb>)registered.ImplementationFactory!(null!));
        services.AddSingleton<IDbContextFactory<VaultDb>>(flaky);
        return flaky;
    }
}
