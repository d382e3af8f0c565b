using System.Diagnostics;
using System.Globalization;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Benchmarks;

/// <summary>
/// Events a second out of the log, by reading all of it or by a subscription until it has caught up, beside a bare scan of
/// the same table. Taken in turns: each ratio is of one moment.
/// </summary>
internal static class ReadBenchmark
{
    private const int Rounds = 5;

    public static Task<int> Read() => Run("read", store => store.ReadAll(ReadDirection.Forwards, null, null, default).CountAsync());

    public static Task<int> Subscribe() => Run("subscribe", store => store.SubscribeToAll(null, default)
        .TakeWhile(message => message is not SubscriptionMessage.CaughtUp)
        .CountAsync(message => message is SubscriptionMessage.Event));

    private static async Task<int> Run(string what, Func<IEventStore, ValueTask<int>> count)
    {
        using var folder = new TempFolder();
        await using var services = new ServiceCollection().AddStore(folder).BuildServiceProvider();
        var store = services.GetRequiredService<IEventStore>();
        await new LogOfRuns(store, CountingKitRegistration.Events()).Append(Scale.Of(100_000, 1_000_000), 40);

        var ratios = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var ours = await count(store) / watch.Elapsed.TotalSeconds;
            watch.Restart();
            var bare = Scan(folder.LogFile()) / watch.Elapsed.TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(round == 0 ? "warm-up" : round),-8} {what} {ours,10:N0} a second   bare scan {bare,10:N0}   ratio {ours / bare:F2}"));
            if (round > 0) ratios.Add(ours / bare);
        }

        ratios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {ratios[Rounds / 2]:F2} of a bare scan (median of {Rounds}; {ratios[0]:F2} to {ratios[^1]:F2})"));
        return 0;
    }

    /// <summary>Every value of every row, and nothing made of them.</summary>
    private static long Scan(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT position, stream, revision, id, type, created, data, metadata FROM event ORDER BY position";
        using var rows = command.ExecuteReader();
        var (values, count) = (new object[rows.FieldCount], 0L);
        for (; rows.Read(); count++) rows.GetValues(values);
        return count;
    }
}
