using System.Diagnostics;
using System.Globalization;
using System.Text;
using CountingKit.Adapters.Mirror;
using CountingKit.Mirror;
using CountingKit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Benchmarks;

/// <summary>
/// What a reading of a hundred changes takes over many records in 33 segments, the most that there are before a new base,
/// beside the same reading over that base; both under the mirror's default limit, in turns.
/// </summary>
internal static class StagingBenchmark
{
    private const int Changes = 100;
    private const int PageSize = 1000;
    private const int Rounds = 7;

    public static async Task<int> Run()
    {
        using var folder = new TempFolder();
        await using var services = new ServiceCollection().AddMirror(new MirrorOptions(folder.Path)).BuildServiceProvider();
        var mirror = services.GetRequiredService<IMirror>();
        var source = new Source(Guid.CreateVersion7(), "Invoices");
        var records = Scale.Of(20_000, 100_000);
        List<Segment> many = [];
        for (var run = 0; run <= SegmentList.MostSegments; run++)
        {
            var (from, count) = run == 0 ? (0, records) : (run * records / 40, records / 40);
            many.Add((await Stage(mirror, source, many, from, count, run, full: run == 0)).Segment!);
        }

        Segment[] one = [await mirror.Compact(source, many, CancellationToken.None)];
        List<double> overMany = [], overOne = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var (first, second) = (await Time(mirror, source, many, 1000 + round), await Time(mirror, source, one, 2000 + round));
            if (round == 0) continue; // The typed columns of both were made by it.
            overMany.Add(first);
            overOne.Add(second);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{records:N0} records: {Median(overMany):F0} ms over {many.Count} segments, {Median(overOne):F0} ms over one, ratio {Median(overMany) / Median(overOne):F2}"));
        return 0;
    }

    private static async Task<double> Time(IMirror mirror, Source source, IReadOnlyList<Segment> current, int run)
    {
        var watch = Stopwatch.StartNew();
        await Stage(mirror, source, current, 0, Changes, run, full: false);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static Task<StagedSync> Stage(
        IMirror mirror, Source source, IReadOnlyList<Segment> current, int from, int count, int run, bool full) =>
        mirror.Stage(source, current, current.Count + 1, full, Pages(from, count, run), CancellationToken.None);

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static async IAsyncEnumerable<SourcePage> Pages(int from, int count, int run)
    {
        foreach (var page in Enumerable.Range(from, count).Chunk(PageSize))
        {
            await Task.Yield();
            var records = page.Select(number => string.Create(CultureInfo.InvariantCulture, $$"""
                {"Type":"ACCREC","InvoiceID":"00000000-0000-4000-8000-{{number:x12}}","InvoiceNumber":"INV-{{number}}","Total":{{run}}.5}
                """));
            var answer = Encoding.UTF8.GetBytes($$"""{"Invoices":[{{string.Join(',', records)}}]}""");
            yield return new(1, 1, count, DateTimeOffset.UnixEpoch, Envelope.Read(answer, "Invoices", "InvoiceID").Records);
        }
    }
}
