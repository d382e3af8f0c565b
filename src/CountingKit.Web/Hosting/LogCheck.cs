using CountingKit.Adapters.Moving;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Web.Hosting;

internal static class LogCheck
{
    /// <summary>The log must be of the kind that the database's positions belong to.</summary>
    /// <exception cref="SettingException">It is of the other kind.</exception>
    public static async Task CheckLog(this WebApplication app, StorageOptions storage)
    {
        var vault = app.Services.GetRequiredService<IDbContextFactory<VaultDb>>();
        await using (var db = await vault.CreateDbContextAsync())
            if (await MovedVault.Is(db, CancellationToken.None))
                throw new SettingException(
                    "Database__ConnectionString", "names a folder whose sign-ins were moved to PostgreSQL. Name that database.");
        var binding = new LogBinding(vault);
        if (await binding.Allows(storage.Log, CancellationToken.None)) return;
        throw new SettingException("EventStore__ConnectionString", storage.Log == LogKind.Embedded
            ? "names an embedded log, but this database belongs to one that was moved to EventStoreDB."
            : "names EventStoreDB, but this database belongs to an embedded log. Move it first: move-log --from sqlite:<file>.");
    }
}
