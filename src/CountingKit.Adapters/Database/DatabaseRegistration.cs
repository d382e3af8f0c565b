using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CountingKit.Adapters.Database;

public static class DatabaseRegistration
{
    private const string Sqlite = "sqlite:";

    /// <summary>The vault and the read models, opened: their tables are there when this returns.</summary>
    /// <param name="connectionString">
    /// <c>sqlite:&lt;folder&gt;</c>, where a relative folder counts from <paramref name="root"/>, or a PostgreSQL database as
    /// <c>Host=…;Database=…;Username=…;Password=…</c>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Neither of them, or a server that does not answer within 30 s or refuses: one line that begins with the setting.
    /// </exception>
    public static IServiceCollection AddDatabase(this IServiceCollection services, string connectionString, string root)
    {
        if (connectionString.StartsWith(Sqlite, StringComparison.Ordinal))
            services.AddSqlite(Path.GetFullPath(connectionString[Sqlite.Length..], root));
        else
            services.AddPostgres(PostgresSetting.Parse(connectionString));
        services.AddSingleton(new Outages(DatabaseOutage.Is));
        return services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContext());
    }

    /// <summary>Before it is opened by what works on an installation: where it is missing, nothing is made in its place.</summary>
    /// <inheritdoc cref="AddDatabase" path="/param"/>
    /// <exception cref="ArgumentException">It is missing, or as <see cref="AddDatabase"/>.</exception>
    public static void RequireDatabase(string connectionString, string root)
    {
        const string Missing = "Database__ConnectionString names a database that no portal was started on";
        if (!connectionString.StartsWith(Sqlite, StringComparison.Ordinal))
        {
            if (!IsThere(PostgresSetting.Parse(connectionString))) throw new ArgumentException($"{Missing}.");
        }
        else if (!File.Exists(SqliteVaultFactory.FileIn(Path.GetFullPath(connectionString[Sqlite.Length..], root))))
        {
            throw new ArgumentException($"{Missing}: there is no vault.db in that folder, or this user may not look into it.");
        }
    }

    private static bool IsThere(PostgresSetting setting)
    {
        setting.Reach();
        try
        {
            return new PostgresVaultFactory(setting).IsThere();
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw MayNot();
        }
    }

    private static ArgumentException MayNot() =>
        new("Database__ConnectionString names a user who may not create schemas and tables.");

    /// <summary>
    /// After a start that was refused because the database is missing: no file of a new one stays where a backup is to be
    /// put back, but that of the lock. What stands on a server stays, and so does one that is in use.
    /// </summary>
    /// <returns>
    /// For the operator: what stays although this very process made it, and what to do about that; null = nothing does.
    /// </returns>
    public static string? RemoveUnusedVault(this IServiceProvider services)
    {
        if (services.GetRequiredService<IDbContextFactory<VaultDb>>() is not SqliteVaultFactory files) return null;
        try
        {
            return files.RemoveUnused() is { } stays && files.IsNew ? Told(stays) : null;
        }
        catch (Exception stuck) when (stuck is IOException or UnauthorizedAccessException or SqliteException)
        {
            // What refused the start is told anyway; one that was there before is not to be moved away.
            return files.IsNew
                ? "The files that this start made in the folder of Database__ConnectionString could not be removed "
                    + $"({stuck.Message}). If no backup was put there meanwhile, stop every portal that uses them and move "
                    + "vault.db, vault.db-wal, vault.db-shm and all files read-models-* away."
                : null;
        }
    }

    private static string Told(VaultStays stays)
    {
        var reason = stays switch
        {
            VaultStays.InUse => "another process uses it",
            VaultStays.HoldsPeople => "people can already sign in with it",
            VaultStays.HoldsApiKeys => "it holds API keys",
            VaultStays.HoldsSignIns => "it holds sign-ins at Xero or Google",
            _ => null,
        };
        return reason is null
            ? "The vault.db in the folder of Database__ConnectionString was put there while this start ran. It was left alone."
            : "This start made a new database, whose files stay in the folder of Database__ConnectionString because "
                + $"{reason}. Before a backup is put back there, stop every portal that uses them and move vault.db, "
                + "vault.db-wal, vault.db-shm and all files read-models-* away.";
    }

    private static void AddSqlite(this IServiceCollection services, string folder)
    {
        try
        {
            var vault = new SqliteVaultFactory(folder);
            vault.Migrate();
            services.AddSingleton<IDbContextFactory<VaultDb>>(_ => vault); // So it is disposed of with the provider.
            services.AddSingleton<IReadDatabases>(new SqliteReadDatabases(folder, vault, TimeProvider.System));
        }
        catch (SqliteException failed) when (SqliteFile.Refusal(failed) is { } refusal)
        {
            throw new ArgumentException($"Database__ConnectionString {refusal}", failed);
        }
        catch (InvalidDataException alone)
        {
            throw new ArgumentException($"Database__ConnectionString names a folder that cannot be used: {alone.Message}", alone);
        }
    }

    private static void AddPostgres(this IServiceCollection services, PostgresSetting setting)
    {
        setting.Reach();
        var vault = new PostgresVaultFactory(setting);
        try
        {
            vault.Migrate();
            services.AddSingleton<IReadDatabases>(new PostgresReadDatabases(setting, TimeProvider.System));
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw MayNot();
        }

        services.AddSingleton<IDbContextFactory<VaultDb>>(_ => vault);
    }
}
