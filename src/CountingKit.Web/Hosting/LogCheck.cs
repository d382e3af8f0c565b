using CountingKit.Adapters.Database;
using CountingKit.Adapters.Moving;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Web.Hosting;

internal static class LogCheck
{
    private const string Setting = "EventStore__ConnectionString";

    /// <summary>Nobody reaches the log but by way of a <see cref="CheckedLog"/>.</summary>
    public static void AddLogCheck(this IServiceCollection services)
    {
        var store = services.Last(service => service.ServiceType == typeof(IEventStore));
        services.Remove(store);
        services.AddSingleton(provider =>
        {
            var log = (IEventStore)store.ImplementationFactory!(provider);
            var check = new InstallationBinding(
                log, provider.GetRequiredService<EventCatalog>(), provider.GetRequiredService<IDbContextFactory<VaultDb>>(),
                provider.GetRequiredService<OlderLogs>());
            return new CheckedLog(log, check, problem => Stop(provider, problem), () => Tell(provider),
                provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IEventStore>(provider => provider.GetRequiredService<CheckedLog>());
    }

    /// <summary>
    /// The log must be of the kind that the database's positions belong to, and of the same installation. One that is away is
    /// looked at when it comes.
    /// </summary>
    /// <exception cref="SettingException">It is another.</exception>
    public static async Task CheckLog(this WebApplication app, StorageOptions storage)
    {
        var vault = app.Services.GetRequiredService<IDbContextFactory<VaultDb>>();
        await using (var db = await vault.CreateDbContextAsync())
            if (await MovedVault.Is(db, CancellationToken.None))
                throw new SettingException(
                    "Database__ConnectionString", "names a folder whose sign-ins were moved to PostgreSQL. Name that database.");
        if (!await new LogBinding(vault).Allows(storage.Log, CancellationToken.None))
            throw new SettingException(Setting, storage.Log == LogKind.Embedded
                ? "names an embedded log, but this database belongs to one that was moved to EventStoreDB."
                : "names EventStoreDB, but this database belongs to an embedded log. Move it first: move-log --from sqlite:<file>.");
        try
        {
            if (await app.Services.GetRequiredService<CheckedLog>().Problem(CancellationToken.None) is { } problem)
            {
                RemoveVault(app.Services);
                throw new SettingException(Setting, problem);
            }
        }
        catch (EventStoreUnavailableException unusable) when (unusable.InnerException is InvalidDataException)
        {
            // Waiting makes no log of it.
            RemoveVault(app.Services);
            throw new SettingException(Setting, $"cannot be used: {unusable.InnerException.Message}");
        }
        catch (Exception away) when (app.Services.GetRequiredService<Outages>().Is(away))
        {
            app.Logger.LogWarning(away, "Whether the log belongs to the database is looked at when the event store answers");
        }
    }

    private static void Tell(IServiceProvider provider) => Logger(provider).LogWarning(
        "{Code}: {Title}. {Advice}", StorageCodes.OlderLog.Code, StorageCodes.OlderLog.Title, StorageCodes.OlderLog.Advice);

    private static void RemoveVault(IServiceProvider provider)
    {
        if (provider.RemoveUnusedVault() is { } told) Logger(provider).LogWarning("{Told}", told);
    }

    private static ILogger Logger(IServiceProvider provider) =>
        provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(LogCheck).FullName!);

    private static void Stop(IServiceProvider provider, string problem)
    {
        Console.Error.WriteLine($"{Setting} {problem}");
        Environment.ExitCode = 1;
        var lifetime = provider.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStopped.Register(() => RemoveVault(provider));
        lifetime.StopApplication();
    }
}
