using CountingKit.Adapters.Database;
using CountingKit.Adapters.Embedded;
using CountingKit.Adapters.Moving;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Web.Hosting;

/// <summary>
/// <c>dotnet CountingKit.Web.dll move --vault sqlite:data --log sqlite:data/events.db</c>: moves what is named to where the
/// settings are now, the vault to PostgreSQL, the embedded log to EventStoreDB. <c>move-log --from …</c> moves the log alone;
/// with <c>--abandon</c> it gives up and lets the embedded log go on.
/// </summary>
internal static class MoveCommand
{
    private const string Usage =
        "Usage: move [--vault sqlite:<folder>] [--log sqlite:<file>], or move-log --from sqlite:<file> [--abandon]";

    public static bool IsAsked(string[] args) => args is ["move" or "move-log", ..];

    /// <returns>0 = done; 1 = it could not be done, said in one line on standard error.</returns>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            var wish = Read(args);
            var builder = WebApplication.CreateBuilder();
            builder.Logging.ClearProviders();
            var storage = PortalSettings.Read(builder.Configuration).Storage;
            Check(wish, storage);
            builder.Services.AddSingleton(TimeProvider.System);
            builder.AddStorage(storage);
            await using var app = builder.Build();
            using var stop = new CancellationTokenSource();
            Console.CancelKeyPress += (_, pressed) =>
            {
                pressed.Cancel = true;
                stop.Cancel();
            };
            if (wish.Vault is { } folder)
                await new MoveVault(
                    Path.GetFullPath(folder["sqlite:".Length..], builder.Environment.ContentRootPath),
                    app.Services.GetRequiredService<IDbContextFactory<VaultDb>>(), TimeProvider.System, Console.Out.WriteLine)
                    .Run(stop.Token);
            if (wish.Log is { } file) await MoveLog(file, wish.Abandon, app, stop.Token);
            return 0;
        }
        catch (Exception failed) when (failed is SettingException or MoveException or FormatException
            or EventStoreUnavailableException or OutcomeUnknownException)
        {
            await Console.Error.WriteLineAsync(failed.Message);
        }
        catch (Exception away) when (DatabaseOutage.Told(away) is { } told)
        {
            await Console.Error.WriteLineAsync($"{told} Start this again.");
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(
                "Stopped. Start it again and it goes on; move-log --from … --abandon lets the embedded log go on.");
        }

        return 1;
    }

    private static async Task MoveLog(string from, bool abandon, WebApplication app, CancellationToken ct)
    {
        var move = new MoveLog(
            EmbeddedEventStoreOptions.Parse(from, app.Environment.ContentRootPath),
            app.Services.GetRequiredService<IEventStore>(),
            app.Services.GetRequiredService<IDbContextFactory<VaultDb>>(),
            app.Services.GetRequiredService<IReadDatabases>(),
            TimeProvider.System,
            Console.Out.WriteLine);
        await (abandon ? move.Abandon(ct) : move.Run(ct));
    }

    /// <exception cref="SettingException">The settings do not name the new place.</exception>
    private static void Check(Wish wish, StorageOptions storage)
    {
        if (wish.Log is not null && storage.Log != LogKind.EventStoreDb)
            throw new SettingException("EventStore__ConnectionString", "must name the new event store (esdb://…).");
        if (wish.Vault is not null && storage.Database.StartsWith("sqlite:", StringComparison.Ordinal))
            throw new SettingException("Database__ConnectionString", "must name the new PostgreSQL database (Host=…).");
    }

    /// <exception cref="FormatException">Something else was given.</exception>
    private static Wish Read(string[] args) => args switch
    {
        ["move-log", "--from", var log] => new(null, log, false),
        ["move-log", "--from", var log, "--abandon"] => new(null, log, true),
        ["move", "--log", var log] => new(null, log, false),
        ["move", "--vault", var vault] => new(Folder(vault), null, false),
        ["move", "--vault", var vault, "--log", var log] => new(Folder(vault), log, false),
        ["move", "--log", var log, "--vault", var vault] => new(Folder(vault), log, false),
        _ => throw new FormatException(Usage),
    };

    private static string Folder(string vault) =>
        vault.StartsWith("sqlite:", StringComparison.Ordinal) ? vault : throw new FormatException(Usage);

    private sealed record Wish(string? Vault, string? Log, bool Abandon);
}
