using System.Diagnostics;
using System.Globalization;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using Microsoft.Data.Sqlite;

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
        await using var stores = await Stores.Open();
        (string Name, IEventStore Store)[] both = [("embedded", stores.Embedded), ("EventStoreDB", stores.EventStoreDb)];
        foreach (var (_, store) in both)
            await new LogOfRuns(store, CountingKitRegistration.Events()).Append(Scale.Of(100_000, 1_000_000), 40);

        var ratios = both.ToDictionary(b => b.Name, _ => new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var bare = await Rate(() => ValueTask.FromResult(Scan(stores.File)));
            Console.Write(string.Create(CultureInfo.InvariantCulture, $"{(round == 0 ? "warm-up" : round),-8} bare scan {bare,10:N0} a second"));
            foreach (var (name, store) in both)
            {
                var ours = await Rate(() => count(store));
                Console.Write(string.Create(CultureInfo.InvariantCulture, $"   {name} {ours,10:N0}"));
                if (round > 0) ratios[name].Add(ours / bare);
            }

            Console.WriteLine();
        }

        foreach (var (name, all) in ratios)
        {
            all.Sort();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}, {name}: {all[Rounds / 2]:F2} of a bare scan (median of {Rounds}; {all[0]:F2} to {all[^1]:F2})"));
        }

        return 0;
    }

    private static async Task<double> Rate(Func<ValueTask<int>> count)
    {
        var watch = Stopwatch.StartNew();
        return await count() / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Every value of every row of the embedded log, and nothing made of them.</summary>
    private static int Scan(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT position, stream, revision, id, type, created, data, metadata FROM event ORDER BY position";
        using var rows = command.ExecuteReader();
        var (values, count) = (new object[rows.FieldCount], 0);
        for (; rows.Read(); count++) rows.GetValues(values);
        return count;
    }
}
