using System.Globalization;
using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Testing;

namespace CountingKit.Benchmarks;

/// <summary>
/// Single events a second through each store, beside what the machine gives at the same time: plain inserts of the same
/// rows into the embedded store's table, and bare flushes to the disk. Taken in turns: each ratio is of one moment.
/// </summary>
internal static class AppendBenchmark
{
    private const int Writers = 32;
    private const int Rounds = 7;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    public static async Task<int> Run()
    {
        using var folder = new TempFolder();
        await using var stores = await Stores.Open();
        await using var another = new EmbeddedEventStore(new(folder["plain.db"]), TimeProvider.System);
        await Append(another, "first-1", Begin(TimeSpan.Zero));
        await another.DisposeAsync();
        using var plain = new PlainInserts(folder["plain.db"]);
        using var flushes = new BareFlushes(folder["flushes"]);

        Line("a second", "32 writers", "plain, 32 a commit", "ratio", "1 writer", "plain, 1", "ratio", "flushes", "ESDB, 32", "ESDB, 1");
        var ratios = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var many = await Appends(stores.Embedded, Writers, round);
            var batched = plain.Run(perCommit: Writers, Begin(Turn));
            var one = await Appends(stores.Embedded, 1, round);
            var single = plain.Run(perCommit: 1, Begin(Turn));
            var flushed = flushes.Run(Begin(Turn));
            var server = await Appends(stores.EventStoreDb, Writers, round);
            var serverAlone = await Appends(stores.EventStoreDb, 1, round);
            Line(
                round == 0 ? "warm-up" : Whole(round), Whole(many), Whole(batched), Ratio(many / batched),
                Whole(one), Whole(single), Ratio(one / single), Whole(flushed), Whole(server), Whole(serverAlone));
            if (round > 0) ratios.Add(many / batched);
        }

        ratios.Sort();
        Console.WriteLine(
            $"Embedded: 32 writers of single events reach {Ratio(ratios[Rounds / 2])} of plain inserts "
            + $"(median of {Rounds} rounds; {Ratio(ratios[0])} to {Ratio(ratios[^1])}).");
        return 0;
    }

    private static async Task<double> Appends(IEventStore store, int writers, int round)
    {
        var watch = Begin(Turn);
        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(
            writer => Task.Run(() => Append(store, $"writer-{writers}-{writer}-{round}", watch))));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task<long> Append(IEventStore store, string stream, RunningTurn turn)
    {
        ulong? last = null;
        do
        {
            var appended = await store.Append(stream, ExpectedRevision.After(last), [Sample.Event()], default);
            last = appended.Revision;
        }
        while (!turn.IsOver);

        return (long)last!.Value + 1;
    }

    private static void Line(params string[] cells) =>
        Console.WriteLine(string.Concat(cells.Select((cell, column) => cell.PadLeft(column == 2 ? 20 : 12))));

    private static string Whole(double number) => number.ToString("F0", CultureInfo.InvariantCulture);

    private static string Ratio(double number) => number.ToString("F2", CultureInfo.InvariantCulture);

    private static RunningTurn Begin(TimeSpan length) => new(length);
}
