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
    public const string Name = "move";
    public const string LogName = "move-log";

    private const string Usage =
        "Usage: move [--vault sqlite:<folder>] [--log sqlite:<file>], or move-log --from sqlite:<file> [--abandon]";

    public static async Task Run(string[] args)
    {
        var wish = Read(args);
        var builder = ConsoleCommands.Builder();
        var storage = PortalSettings.Read(builder.Configuration).Storage;
        Check(wish, storage);
        if (wish.Vault is null)
        {
            builder.AddExistingStorage(storage);
        }
        else
        {
            Adapters.Moving.MoveVault.Require(FolderOf(wish.Vault, builder.Environment));
            builder.AddStorage(storage); // A new one.
        }

        await using var app = builder.Build();
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            if (wish.Vault is { } folder) await MoveVault(folder, app, stop.Token);
            if (wish.Log is { } file) await MoveLog(file, wish.Abandon, app, stop.Token);
        }
        catch (OperationCanceledException stopped)
        {
            throw new MoveException(
                "Stopped. Start it again and it goes on; move-log --from … --abandon lets the embedded log go on.", stopped);
        }
    }

    private static Task MoveVault(string from, WebApplication app, CancellationToken ct) => new MoveVault(
        FolderOf(from, app.Environment),
        app.Services.GetRequiredService<IDbContextFactory<VaultDb>>(), TimeProvider.System, Console.Out.WriteLine).Run(ct);

    private static string FolderOf(string vault, IHostEnvironment environment) =>
        Path.GetFullPath(vault["sqlite:".Length..], environment.ContentRootPath);

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
        [LogName, "--from", var log] => new(null, log, false),
        [LogName, "--from", var log, "--abandon"] => new(null, log, true),
        [Name, "--log", var log] => new(null, log, false),
        [Name, "--vault", var vault] => new(Folder(vault), null, false),
        [Name, "--vault", var vault, "--log", var log] => new(Folder(vault), log, false),
        [Name, "--log", var log, "--vault", var vault] => new(Folder(vault), log, false),
        _ => throw new FormatException(Usage),
    };

    private static string Folder(string vault) =>
        vault.StartsWith("sqlite:", StringComparison.Ordinal) ? vault : throw new FormatException(Usage);

    private sealed record Wish(string? Vault, string? Log, bool Abandon);
}
