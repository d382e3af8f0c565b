using CountingKit.Adapters.Embedded;
using CountingKit.Adapters.Moving;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Web.Hosting;

/// <summary>
/// <c>dotnet CountingKit.Web.dll move-log --from sqlite:data/events.db</c>: moves the embedded log to the event store that
/// the settings name now. With <c>--abandon</c> it gives up and lets the embedded log go on.
/// </summary>
internal static class MoveLogCommand
{
    private const string Name = "move-log";

    public static bool IsAsked(string[] args) => args is [Name, ..];

    /// <returns>0 = done; 1 = it could not be done, said in one line on standard error.</returns>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            var (from, abandon) = Read(args[1..]);
            var builder = WebApplication.CreateBuilder();
            builder.Logging.ClearProviders();
            var storage = PortalSettings.Read(builder.Configuration).Storage;
            if (storage.Log != LogKind.EventStoreDb)
                throw new SettingException("EventStore__ConnectionString", "must name the new event store (esdb://…).");
            builder.Services.AddSingleton(TimeProvider.System);
            builder.AddStorage(storage);
            await using var app = builder.Build();
            using var stop = new CancellationTokenSource();
            Console.CancelKeyPress += (_, pressed) =>
            {
                pressed.Cancel = true;
                stop.Cancel();
            };
            var move = new MoveLog(
                EmbeddedEventStoreOptions.Parse(from, builder.Environment.ContentRootPath),
                app.Services.GetRequiredService<IEventStore>(),
                app.Services.GetRequiredService<IDbContextFactory<VaultDb>>(),
                app.Services.GetRequiredService<IReadDatabases>(),
                TimeProvider.System,
                Console.Out.WriteLine);
            await (abandon ? move.Abandon(stop.Token) : move.Run(stop.Token));
            return 0;
        }
        catch (Exception failed) when (failed is SettingException or LogMoveException or FormatException
            or EventStoreUnavailableException or OutcomeUnknownException)
        {
            await Console.Error.WriteLineAsync(failed.Message);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. Start it again and it goes on; --abandon gives up.");
        }

        return 1;
    }

    /// <exception cref="FormatException">Something else was given.</exception>
    private static (string From, bool Abandon) Read(string[] options) => options switch
    {
        ["--from", var from] => (from, false),
        ["--from", var from, "--abandon"] => (from, true),
        _ => throw new FormatException("Usage: move-log --from sqlite:<file of the embedded log> [--abandon]"),
    };
}
