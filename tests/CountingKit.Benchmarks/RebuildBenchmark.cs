using System.Diagnostics;
using System.Globalization;
using CountingKit.Adapters.Database;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using CountingKit.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Benchmarks;

/// <summary>
/// Events a second into all read models: a fresh database filled, and one rebuilt as an owner asks for it, each beside a
/// bare read of the same log. On files (the embedded log, SQLite), or on servers (EventStoreDB, PostgreSQL).
/// </summary>
internal static class RebuildBenchmark
{
    private const int Organizations = 40;

    public static Task<int> OnFiles()
    {
        var folder = new TempFolder();
        return Run(stores => stores.Embedded, $"sqlite:{folder["data"]}", folder);
    }

    public static Task<int> OnServers()
    {
        var database = PostgresDatabase.Empty();
        return Run(stores => stores.EventStoreDb, database.ConnectionString, database);
    }

    private static async Task<int> Run(Func<Stores, IEventStore> choose, string database, IDisposable own)
    {
        using var _ = own;
        await using var stores = await Stores.Open();
        var store = choose(stores);
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddDatabase(database, "/").AddSingleton(store).AddCountingKit(new WorkerOptions()).BuildServiceProvider();
        await new LogOfRuns(store, services.GetRequiredService<EventCatalog>())
            .Append(Scale.Of(100_000, 1_000_000), Organizations);

        using var memory = new PeakMemory();
        var (events, scan) = await Scan(store);
        Tell("bare read", events, scan);
        var runner = services.GetRequiredService<ProjectionRunner>();
        Tell("fresh database", events, await Fill(services, runner));
        Tell("rebuild", events, await Rebuild(services));
        await runner.StopAsync(CancellationToken.None);
        Tell("bare read", events, (await Scan(store)).Length);
        Console.WriteLine($"most memory in use: {memory.MiB} MiB");
        return 0;
    }

    private static async Task<(long Events, TimeSpan Length)> Scan(IEventStore store)
    {
        var (watch, events) = (Stopwatch.StartNew(), 0L);
        await foreach (var _ in store.ReadAll(ReadDirection.Forwards, null, null, CancellationToken.None)) events++;
        return (events, watch.Elapsed);
    }

    private static async Task<TimeSpan> Fill(ServiceProvider services, ProjectionRunner runner)
    {
        var watch = Stopwatch.StartNew();
        await runner.StartAsync(CancellationToken.None);
        while (!services.GetRequiredService<ReadModels>().IsComplete)
        {
            if (services.GetRequiredService<ReadModels>().Trouble is { } trouble) throw new InvalidOperationException(trouble.Title);
            await Task.Delay(20);
        }

        return watch.Elapsed;
    }

    private static async Task<TimeSpan> Rebuild(ServiceProvider services)
    {
        var rebuilds = services.GetRequiredService<Rebuilds>();
        await rebuilds.Request(Guid.CreateVersion7(), CancellationToken.None);
        while (true)
        {
            if (await rebuilds.Last(CancellationToken.None) is { EndedAt: { } ended } done)
                return done.Trouble is null ? ended - done.StartedAt!.Value : throw new InvalidOperationException(done.Trouble);
            await Task.Delay(100);
        }
    }

    private static void Tell(string what, long events, TimeSpan length) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-16}{events,12:N0} events {length.TotalSeconds,8:F1} s {events / length.TotalSeconds,12:N0} a second"));
}
