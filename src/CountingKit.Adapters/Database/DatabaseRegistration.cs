using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Adapters.Database;

public static class DatabaseRegistration
{
    private const string Sqlite = "sqlite:";

    /// <summary>The vault and the read models.</summary>
    /// <param name="connectionString"><c>sqlite:&lt;folder&gt;</c>; a relative folder counts from <paramref name="root"/>.</param>
    /// <exception cref="ArgumentException">Neither of the forms that are understood.</exception>
    public static IServiceCollection AddDatabase(this IServiceCollection services, string connectionString, string root)
    {
        if (!connectionString.StartsWith(Sqlite, StringComparison.Ordinal))
            throw new ArgumentException("Database__ConnectionString must read sqlite:<folder>.");

        var folder = Path.GetFullPath(connectionString[Sqlite.Length..], root);
        var vault = new SqliteVaultFactory(folder);
        vault.Migrate();
        services.AddSingleton<IDbContextFactory<VaultDb>>(vault);
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContext());
        services.AddSingleton<IReadDatabases>(new SqliteReadDatabases(folder));
        return services;
    }
}
