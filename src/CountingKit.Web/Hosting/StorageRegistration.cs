using CountingKit.Adapters.Database;
using CountingKit.Adapters.Embedded;
using CountingKit.Adapters.EventStoreDb;
using CountingKit.Adapters.Keys;
using CountingKit.Adapters.Mirror;
using CountingKit.EventSourcing;

namespace CountingKit.Web.Hosting;

internal static class StorageRegistration
{
    /// <summary>The system's number for it (ENOSPC), as .NET hands it on.</summary>
    private const int DiskFull = 28;

    /// <summary>
    /// The log, the vault, the read models and the keys, each where its setting says. The database is the last: it is made
    /// where it is missing, and would stay where another setting is wrong.
    /// </summary>
    public static void AddStorage(this WebApplicationBuilder builder, StorageOptions storage)
    {
        var root = builder.Environment.ContentRootPath;
        Named("EventStore__ConnectionString", () => AddLog(builder.Services, storage.EventStore, root));
        Named("Mirror__Path", () => builder.Services.AddMirror(storage.Mirror with
        {
            Path = Path.GetFullPath(storage.Mirror.Path, root),
        }));
        builder.Services.AddMirrorBinding();
        Named("Keys__Path", () => builder.Services.AddKeys(storage.Keys, root, storage.KeysCertificate));
        Named("Database__ConnectionString", () => builder.Services.AddDatabase(storage.Database, root));
    }

    /// <summary>The same for a command, which makes nothing where a backup is to be put back.</summary>
    /// <exception cref="SettingException">The database is missing, or a setting is wrong.</exception>
    public static void AddExistingStorage(this WebApplicationBuilder builder, StorageOptions storage)
    {
        Named(
            "Database__ConnectionString",
            () => DatabaseRegistration.RequireDatabase(storage.Database, builder.Environment.ContentRootPath));
        builder.AddStorage(storage);
    }

    /// <summary>
    /// The one of these folders that nothing else makes before the portal serves. Where it is away the portal serves what
    /// needs none, and looks again whenever something does.
    /// </summary>
    public static void BeginMirror(this WebApplication app)
    {
        try
        {
            Named("Mirror__Path", () => app.Services.BeginMirror());
        }
        catch (FolderGoneException gone)
        {
            var (code, _, advice) = StorageCodes.FolderGone;
            app.Logger.LogWarning("{Code}: {Cause} {Advice}", code, gone.Message, advice);
        }
    }

    /// <inheritdoc cref="MirrorRegistration.RenewMirror"/>
    /// <exception cref="SettingException">It cannot be.</exception>
    public static bool RenewMirror(this WebApplication app)
    {
        try
        {
            var isNew = false;
            Named("Mirror__Path", () => isNew = app.Services.RenewMirror());
            return isNew;
        }
        catch (FolderGoneException unreadable)
        {
            throw new SettingException("Mirror__Path", $"cannot be used: {unreadable.Message}");
        }
    }

    private static void AddLog(IServiceCollection services, string connectionString, string root)
    {
        if (EventStoreDbOptions.IsMeant(connectionString)) services.AddEventStoreDb(connectionString, root);
        else if (connectionString.StartsWith("sqlite:", StringComparison.Ordinal))
            services.AddEmbeddedEventStore(connectionString, root);
        else throw new FormatException("It reads sqlite:path, or esdb://host:2113 or kurrentdb://host:2113 with options.");
    }

    private static void Named(string setting, Action register)
    {
        try
        {
            register();
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw SettingException.Of(wrong.Message) ?? new SettingException(setting, $"cannot be used: {wrong.Message}");
        }
        catch (IOException full) when (full.HResult == DiskFull)
        {
            throw new SettingException(setting, "names a place on a disk that is full.");
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(setting, "names a place that cannot be written to.");
        }
    }
}
