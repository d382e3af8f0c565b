using System.Globalization;
using System.Text;
using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Testing.Processes;

/// <summary>
/// One organization's runs in fast motion: a full pass, then one reading of changes after the other. Rows are made at
/// every <c>rowsEvery</c>th.
/// </summary>
/// <param name="lastRun">The only one that ends with a new base; null = each whose list of segments wants one.</param>
internal sealed class MirrorHistory(IMirror mirror, int records, int changed, int rowsEvery, int? lastRun)
{
    private const int PageSize = 1000;

    private readonly Source source = new(Guid.CreateVersion7(), "Invoices");
    private SegmentList.State list = new([]);
    private int run;

    public long Rows { get; private set; }

    public int Bases { get; private set; }

    public async Task<Spent> Next()
    {
        var before = Environment.CpuUsage.TotalTime;
        var pages = run == 0 ? Pages(0, records, 0) : Pages((run - 1) * changed % records, changed, run);
        var next = (list.Segments.LastOrDefault()?.Sequence ?? 0) + 1;
        var staged = await mirror.Stage(source, list.Segments, next, full: run == 0, pages, CancellationToken.None);
        list = list with { Segments = list.Segments.Add(staged.Segment!) };
        var makesBase = lastRun is null ? list.WantsBase : run == lastRun;
        if (makesBase) await Compact();
        var makesRows = run % rowsEvery == 0;
        if (makesRows) await Project();
        run++;
        return new(makesBase, makesRows, Environment.CpuUsage.TotalTime - before);
    }

    public async Task Project()
    {
        var columns = DatasetCatalogue.Get("invoices").Columns.Select(column => column.Key).ToList();
        var made = await mirror.Project(
            new("invoices", [new(source, "Acme", list.Segments)], columns, [], []), CancellationToken.None);
        Rows = made.Snapshot.Rows;
    }

    private async Task Compact()
    {
        if (lastRun is not null) await Project();
        list = list with { Segments = [await mirror.Compact(source, list.Segments, CancellationToken.None)] };
        Bases++;
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

    /// <param name="Busy">The processor's time.</param>
    public sealed record Spent(bool MakesBase, bool MakesRows, TimeSpan Busy);
}
