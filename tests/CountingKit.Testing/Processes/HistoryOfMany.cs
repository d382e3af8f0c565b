using System.Diagnostics;
using System.Globalization;
using CountingKit.Adapters.Files;
using CountingKit.Adapters.Mirror;
using CountingKit.Datasets;
using CountingKit.History;
using CountingKit.Mirror;
using Microsoft.Extensions.DependencyInjection;
using ZstdSharp;

namespace CountingKit.Testing.Processes;

/// <summary>
/// Compares two snapshots of many rows of 15 columns, every tenth of them changed and in another order, then writes one as
/// each kind of file, in a process of its own; and tells on one line: the changed rows, the milliseconds of the comparison, those of
/// the three files, and the process's peak in MB.
/// </summary>
public static class HistoryOfMany
{
    private static readonly SnapshotColumn[] Columns =
    [
        new("invoiceId", ColumnType.Text), new("total", ColumnType.Money), new("date", ColumnType.Date), new("updated", ColumnType.Instant),
        .. Enumerable.Range(0, 11).Select(i => new SnapshotColumn($"text{i}", ColumnType.Text)),
    ];

    public static async Task<int> Run(string folder, int rows)
    {
        await using var services = new ServiceCollection().AddMirror(new MirrorOptions(folder)).BuildServiceProvider();
        services.BeginMirror();
        var mirror = services.GetRequiredService<IMirror>();
        var connection = Guid.CreateVersion7();
        var before = await Keep(folder, connection, Enumerable.Range(0, rows).Select(i => Row(i, 1)));
        var after = await Keep(folder, connection, Enumerable.Range(0, rows).Reverse().Select(i => Row(i, i % 10 == 0 ? 2 : 1)));

        var watch = Stopwatch.StartNew();
        long changed = 0;
        await foreach (var change in mirror.ReadChanges(before, after, "invoiceId", RowChanges.All, default))
            if (change.Kind == RowChanges.Changed) changed++;
        var compared = watch.ElapsedMilliseconds;

        watch.Restart();
        foreach (var format in Enum.GetValues<FileFormat>())
        {
            var columns = Columns.Select(column => new FileColumn(column.Key, column.Type, Scale: 2, Digits: 12)).ToList();
            await RowFiles.Write(new("Rows", format, columns, mirror.ReadRows(after, default)), new(), Stream.Null, default);
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{changed} {compared} {watch.ElapsedMilliseconds} {process.PeakWorkingSet64 >> 20}"));
        return 0;
    }

    private static CellValue[] Row(int i, int total) =>
    [
        CellValue.Text($"00000000-0000-4000-8000-{i:x12}"), CellValue.Number(i + (total / 100m)),
        CellValue.Date(new DateOnly(2026, 1, 1).AddDays(i % 700)), CellValue.Instant(DateTimeOffset.UnixEpoch.AddSeconds(i)),
        .. Enumerable.Range(0, 11).Select(c => CellValue.Text($"value {i * 31 % 9973} of column {c}")),
    ];

    /// <summary>As the mirror keeps snapshots (see <see cref="ContentHash"/>).</summary>
    private static async Task<Snapshot> Keep(string folder, Guid connection, IEnumerable<CellValue[]> rows)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, connection.ToString("N"), "snapshots")).FullName;
        var unnamed = Path.Combine(place, $"{Guid.CreateVersion7():N}");
        string hash;
        long count;
        await using (var file = File.Create(unnamed))
        await using (var zstd = new CompressionStream(file))
        using (var writer = new ContentWriter(Columns, zstd))
        {
            foreach (var row in rows) writer.WriteRow(row);
            (hash, count) = (writer.Finish(), writer.Rows);
        }

        File.Move(unnamed, Path.Combine(place, $"{hash}.rows"));
        return new(hash, connection, "invoices", Columns, count, 0);
    }
}
