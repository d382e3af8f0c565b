using System.Diagnostics;
using System.Globalization;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Adapters.Mirror;
using CountingKit.Datasets;
using CountingKit.Mirror;
using CountingKit.Spreadsheets;
using CountingKit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Benchmarks;

/// <summary>
/// What a run takes to find out what it has to send, and how much that is, where a hundred of many rows changed: 60 changed,
/// 20 new, 15 gone, 5 moved by the sort.
/// </summary>
internal static class PatchBenchmark
{
    private const int Columns = 15;
    private const int Rounds = 5;

    public static async Task<int> Run()
    {
        using var folder = new TempFolder();
        await using var services = new ServiceCollection().AddMirror(new MirrorOptions(folder.Path)).BuildServiceProvider();
        var mirror = services.GetRequiredService<IMirror>();
        var files = new SnapshotFiles(services.GetRequiredService<MirrorFolder>());
        SnapshotColumn[] columns =
        [
            new("invoiceId", ColumnType.Text), new("total", ColumnType.Money),
            .. Enumerable.Range(2, Columns - 2).Select(n => new SnapshotColumn($"c{n}", ColumnType.Text)),
        ];
        var numbers = Enumerable.Range(0, Scale.Of(10_000, 100_000)).ToList();
        var before = files.Write(Guid.CreateVersion7(), "invoices", columns, numbers.Select(n => Row(n, n)));
        var after = files.Write(before.ConnectionId, "invoices", columns, Changed(numbers));
        List<double> finding = [], planning = [];
        TabRows? rows = null;
        for (var round = 0; round <= Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var kept = RowRun.Rising((await mirror.KeptRows(before, after, "invoiceId", 1_000, default))!);
            var found = watch.Elapsed.TotalMilliseconds;
            rows = await TabRows.Make(
                Request(mirror, after) with { Former = new(Guid.Empty, before.Hash, before.Rows, kept) },
                ColumnLayout.Of(Request(mirror, after).Columns, null), default);
            if (round == 0) continue; // Code is compiled by it.
            finding.Add(found);
            planning.Add(watch.Elapsed.TotalMilliseconds);
        }

        var patch = rows!.Patch!;
        var bytes = patch.Bytes + (patch.Moves.Count * TabPatch.BytesOfAMove);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"100 changes among {after.Rows:N0} rows × {Columns} columns: known after {Median(finding):F0} ms, planned after "
            + $"{Median(planning):F0} ms; {patch.RowsSent} rows and {patch.Moves.Count} moves, {bytes:N0} of {rows.Bytes:N0} bytes "
            + $"({100.0 * bytes / rows.Bytes:F2} %)"));
        return 0;
    }

    private static IEnumerable<CellValue[]> Changed(List<int> numbers)
    {
        var random = new Random(7);
        var order = numbers.Select(n => (Number: n, Total: n)).ToList();
        foreach (var at in Enumerable.Range(0, 60).Select(_ => random.Next(order.Count))) order[at] = (order[at].Number, -1);
        for (var i = 0; i < 15; i++) order.RemoveAt(random.Next(order.Count));
        for (var i = 0; i < 20; i++) order.Insert(random.Next(order.Count), (numbers.Count + i, i));
        for (var i = 0; i < 5; i++)
        {
            var from = random.Next(order.Count);
            var row = order[from];
            order.RemoveAt(from);
            order.Insert(random.Next(order.Count), row);
        }
        return order.Select(row => Row(row.Number, row.Total));
    }

    private static CellValue[] Row(int number, int total) =>
    [
        CellValue.Text($"00000000-0000-4000-8000-{number:x12}"), CellValue.Number(total + 0.25m),
        .. Enumerable.Range(2, Columns - 2).Select(n => CellValue.Text($"Column {n} of {number}")),
    ];

    private static WriteRequest Request(IMirror mirror, Snapshot snapshot) => new(
        new(Guid.Empty, "file", Guid.Empty, 1), "Invoices", "invoices", Guid.CreateVersion7(), DateTimeOffset.UnixEpoch,
        [.. snapshot.Columns.Select(column => new SheetColumn(column.Key, column.Key, column.Type))], snapshot.Rows, snapshot.Hash,
        token => mirror.ReadRows(snapshot, token), "Demo Co", "invoiceId");

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
