using System.Globalization;
using System.Text;
using CountingKit.Adapters.Mirror;
using CountingKit.Datasets;
using CountingKit.Mirror;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Testing.Processes;

/// <summary>
/// Stages, projects and reads back many records of 3 KB in a process of its own and tells what it took, on one line:
/// rows, the managed heap's peak (of live bytes after a collection) and the working set's, both in MB.
/// </summary>
public static class MirrorOfMany
{
    private const int PageSize = 1000;

    public static async Task<int> Run(string folder, string records)
    {
        var count = int.Parse(records, CultureInfo.InvariantCulture);
        await using var services = new ServiceCollection().AddMirror(new MirrorOptions(folder)).BuildServiceProvider();
        var mirror = services.GetRequiredService<IMirror>();
        var source = new Source(Guid.CreateVersion7(), "Invoices");
        var heap = 0L;

        var staged = await mirror.Stage(source, [], 1, full: true, Pages(count, () => heap = Live(heap)), CancellationToken.None);
        var columns = DatasetCatalogue.Get("invoices").Columns.Select(column => column.Key).ToList();
        var (snapshot, _, _, _) = await mirror.Project(
            new("invoices", [new(source, "Acme", [staged.Segment!])], columns, [], []), CancellationToken.None);
        heap = Live(heap);
        long rows = 0;
        await foreach (var _ in mirror.ReadRows(snapshot, CancellationToken.None))
            if (++rows % PageSize == 0) heap = Live(heap);

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rows} {heap >> 20} {Environment.WorkingSet >> 20} {Peak() >> 20}"));
        return 0;
    }

    private static long Live(long before) => Math.Max(before, GC.GetTotalMemory(forceFullCollection: true));

    private static long Peak()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static async IAsyncEnumerable<SourcePage> Pages(int count, Action afterPage)
    {
        var padding = new string('x', 2600);
        for (var start = 0; start < count; start += PageSize)
        {
            await Task.Yield();
            var answer = new StringBuilder("{\"Invoices\":[");
            for (var i = start; i < Math.Min(start + PageSize, count); i++)
                answer.Append(CultureInfo.InvariantCulture, $$"""
                    {{(i == start ? "" : ",")}}{"Type":"ACCREC","InvoiceID":"00000000-0000-4000-8000-{{i:x12}}","InvoiceNumber":"INV-{{i}}",
                    "Date":"\/Date({{1767225600000 + ((i % 700) * 86400000L)}}+0000)\/","Total":{{i}}.{{i % 100:00}},"CurrencyRate":1.5,
                    "Contact":{"Name":"Customer {{i % 977}}"},"LineItems":[{"Description":"{{padding}}"}],"UpdatedDateUTC":"\/Date(1769904000123+0000)\/"}
                    """);
            answer.Append("]}");
            var envelope = Envelope.Read(Encoding.UTF8.GetBytes(answer.ToString()), "Invoices", "InvoiceID");
            yield return new(
                (start / PageSize) + 1, (count + PageSize - 1) / PageSize, count, DateTimeOffset.UnixEpoch, envelope.Records);
            afterPage();
        }
    }
}
