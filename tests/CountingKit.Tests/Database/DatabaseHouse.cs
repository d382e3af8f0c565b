using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.Postgres;
using CountingKit.Testing.Storage;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.Database;

/// <summary>A database of a test's own, opened by two processes' worth of registrations.</summary>
internal sealed class DatabaseHouse : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly PostgresDatabase? database;
    private readonly ServiceProvider[] portals;

    public DatabaseHouse(StorageKind kind)
    {
        database = kind is StorageKind.Servers ? PostgresDatabase.Migrated() : null;
        portals = [Portal(), Portal()];
    }

    public IDbContextFactory<VaultDb> Vault(int portal = 0) =>
        portals[portal % portals.Length].GetRequiredService<IDbContextFactory<VaultDb>>();

    public IReadDatabases Read => portals[0].GetRequiredService<IReadDatabases>();

    public async ValueTask DisposeAsync()
    {
        foreach (var portal in portals) await portal.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        database?.Dispose();
        folder.Dispose();
    }

    private ServiceProvider Portal() => new ServiceCollection()
        .AddCopiedDatabase(database?.ConnectionString ?? $"sqlite:{folder.Path}", folder.Path).BuildServiceProvider();
}
