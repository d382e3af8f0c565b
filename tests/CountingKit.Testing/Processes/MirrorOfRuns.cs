using System.Diagnostics;
using System.Globalization;
using System.Text;
using CountingKit.Adapters.Mirror;
using CountingKit.Datasets;
using CountingKit.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Testing.Processes;

/// <summary>
/// One organization's runs in fast motion, under the mirror's default limit, in a process of its own: a full pass, then
/// one reading of changes after the other, with a new base whenever the list of segments wants one (or only at the
/// end), and rows made at every <c>rowsEvery</c>th. Tells on one line: rows, new bases, the peak of the working set in
/// MB after a third of the runs and at the end, and the processor's time in ms of the third third and of the second.
/// </summary>
public static class MirrorOfRuns
{
    private const int PageSize = 1000;

    public static async Task<int> Run(string folder, int records, int changed, int runs, int rowsEvery, string bases)
    {
        await using var services = new ServiceCollection().AddMirror(new MirrorOptions(folder)).BuildServiceProvider();
        var mirror = services.GetRequiredService<IMirror>();
        var source = new Source(Guid.CreateVersion7(), "Invoices");
        var list = new SegmentList.State([]);
        var (made, rows) = (0, 0L);
        var thirds = new List<(long Peak, TimeSpan Busy)>();
        for (var run = 0; run <= runs; run++)
        {
            var pages = run == 0 ? Pages(0, records, 0) : Pages((run - 1) * changed % records, changed, run);
            var next = (list.Segments.LastOrDefault()?.Sequence ?? 0) + 1;
            var staged = await mirror.Stage(source, list.Segments, next, full: run == 0, pages, CancellationToken.None);
            list = list with { Segments = list.Segments.Add(staged.Segment!) };
            if (bases == "when-wanted" ? list.WantsBase : run == runs)
            {
                if (bases != "when-wanted") rows = await Rows(mirror, source, list);
                list = list with { Segments = [await mirror.Compact(source, list.Segments, CancellationToken.None)] };
                made++;
            }

            if (run % rowsEvery == 0 || run == runs) rows = await Rows(mirror, source, list);
            if (run > 0 && run % (runs / 3) == 0) thirds.Add(Spent());
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rows} {made} {thirds[0].Peak >> 20} {thirds[2].Peak >> 20} {Between(thirds[1], thirds[2])} {Between(thirds[0], thirds[1])}"));
        return 0;
    }

    private static async Task<long> Rows(IMirror mirror, Source source, SegmentList.State list)
    {
        var columns = DatasetCatalogue.Get("invoices").Columns.Select(column => column.Key).ToList();
        return (await mirror.Project(
            new("invoices", [new(source, "Acme", list.Segments)], columns, [], []), CancellationToken.None)).Snapshot.Rows;
    }

    private static int Between((long, TimeSpan Busy) start, (long, TimeSpan Busy) end) =>
        (int)(end.Busy - start.Busy).TotalMilliseconds;

    private static (long Peak, TimeSpan Busy) Spent()
    {
        using var process = Process.GetCurrentProcess();
        return (process.PeakWorkingSet64, process.TotalProcessorTime);
    }

    private static async IAsyncEnumerable<SourcePage> Pages(int from, int count, int run)
    {
        for (var start = 0; start < count; start += PageSize)
        {
            await Task.Yield();
            var answer = new StringBuilder("{\"Invoices\":[");
            for (var i = start; i < Math.Min(start + PageSize, count); i++)
                answer.Append(CultureInfo.InvariantCulture, $$"""
                    {{(i == start ? "" : ",")}}{"Type":"ACCREC","InvoiceID":"00000000-0000-4000-8000-{{from + i:x12}}","InvoiceNumber":"INV-{{from + i}}",
                    "Status":"{{(run == 0 ? "AUTHORISED" : "PAID")}}","Total":{{run}}.5,"Date":"\/Date({{1767225600000 + ((i % 700) * 86400000L)}}+0000)\/"}
                    """);
            answer.Append("]}");
            var envelope = Envelope.Read(Encoding.UTF8.GetBytes(answer.ToString()), "Invoices", "InvoiceID");
            yield return new(
                (start / PageSize) + 1, (count + PageSize - 1) / PageSize, count, DateTimeOffset.UnixEpoch, envelope.Records);
        }
    }
}
