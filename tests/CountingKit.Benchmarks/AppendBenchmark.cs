using System.Globalization;
using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Testing;

namespace CountingKit.Benchmarks;

/// <summary>
/// Single events a second through the embedded store, beside what the machine gives at the same time: plain inserts of
/// the same rows into the same table, and bare flushes to the disk. Taken in turns, so that each ratio is of one moment.
/// </summary>
internal static class AppendBenchmark
{
    private const int Writers = 32;
    private const int Rounds = 7;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    public static async Task<int> Run()
    {
        using var folder = new TempFolder();
        await using var store = new EmbeddedEventStore(new(folder["store.db"]), TimeProvider.System);
        await using var another = new EmbeddedEventStore(new(folder["plain.db"]), TimeProvider.System);
        await Append(another, "first-1", Begin(TimeSpan.Zero));
        await another.DisposeAsync();
        using var plain = new PlainInserts(folder["plain.db"]);
        using var flushes = new BareFlushes(folder["flushes"]);

        Console.WriteLine($"{"round",-7}{"32 writers",12}{"plain, 32 a commit",20}{"ratio",8}{"1 writer",10}{"plain, 1",10}"
            + $"{"ratio",8}{"flushes",10}   (a second)");
        var ratios = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var many = await Appends(store, Writers, round);
            var batched = plain.Run(perCommit: Writers, Begin(Turn));
            var one = await Appends(store, 1, round);
            var single = plain.Run(perCommit: 1, Begin(Turn));
            var flushed = flushes.Run(Begin(Turn));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{(round == 0 ? "warm-up" : round),-7}{many,12:F0}{batched,20:F0}{many / batched,8:F2}{one,10:F0}{single,10:F0}"
                + $"{one / single,8:F2}{flushed,10:F0}"));
            if (round > 0) ratios.Add(many / batched);
        }

        ratios.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"32 writers of single events reach {ratios[Rounds / 2]:F2} of plain inserts (median of {Rounds}; "
            + $"{ratios[0]:F2} to {ratios[^1]:F2})."));
        return 0;
    }

    private static async Task<double> Appends(EmbeddedEventStore store, int writers, int round)
    {
        var watch = Begin(Turn);
        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(
            writer => Task.Run(() => Append(store, $"writer-{writers}-{writer}-{round}", watch))));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task<long> Append(EmbeddedEventStore store, string stream, RunningTurn turn)
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

    private static RunningTurn Begin(TimeSpan length) => new(length);
}
