using CountingKit.Datasets;
using CountingKit.Mirror;
using ZstdSharp;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// Snapshots: zstd over exactly the canonical bytes of <see cref="ContentHash"/>, named by their hash.
/// </summary>
internal sealed class SnapshotFiles(MirrorFolder folder)
{
    public bool Has(Snapshot snapshot) => File.Exists(folder.SnapshotPath(snapshot.ConnectionId, snapshot.Hash));

    public Snapshot Write(
        Guid connectionId, string dataset, IReadOnlyList<SnapshotColumn> columns, IEnumerable<CellValue[]> rows)
    {
        using var file = new NewFile(folder.Snapshots(connectionId));
        var zstd = new CompressionStream(file.Stream, SegmentWriter.CompressionLevel, leaveOpen: true);
        string hash;
        long count;
        using (zstd)
        using (var writer = new ContentWriter(columns, zstd))
        {
            foreach (var row in rows) writer.WriteRow(row);
            (hash, count) = (writer.Finish(), writer.Rows);
        }

        var (_, bytes) = file.Finish();
        var snapshot = new Snapshot(hash, connectionId, dataset, columns, count, bytes);
        if (!IsWhole(snapshot)) file.Keep(folder.SnapshotPath(connectionId, hash));
        return snapshot;
    }

    /// <param name="from">How many rows are passed over first.</param>
    /// <exception cref="MirrorDamagedException">
    /// It is missing, or not what its name says; told before the last row.
    /// </exception>
    public IEnumerable<CellValue[]> Read(Snapshot snapshot, long from = 0)
    {
        using var file = Open(snapshot);
        using var zstd = new DecompressionStream(file);
        using var buffered = new BufferedStream(zstd, NewFile.BufferBytes);
        using var reader = Guarded(() => new ContentReader(buffered, snapshot.Columns));
        long rows = 0;
        while (rows < from && Guarded(reader.SkipRow)) rows++;
        CellValue[]? last = null;
        while (Guarded(reader.ReadRow) is { } row)
        {
            if (last is not null) yield return last;
            last = row;
            rows++;
        }

        if (reader.Hash != snapshot.Hash || rows != snapshot.Rows)
            throw new MirrorDamagedException(
                $"The snapshot {snapshot.Hash} was changed: it is not what its name says.");
        if (last is not null) yield return last;
    }

    private bool IsWhole(Snapshot snapshot)
    {
        if (!Has(snapshot)) return false;
        try
        {
            foreach (var _ in Read(snapshot)) { }
            return true;
        }
        catch (MirrorDamagedException)
        {
            return false;
        }
    }

    private FileStream Open(Snapshot snapshot)
    {
        try
        {
            return File.OpenRead(folder.SnapshotPath(snapshot.ConnectionId, snapshot.Hash));
        }
        catch (FileNotFoundException e)
        {
            throw new MirrorDamagedException($"The snapshot {snapshot.Hash} is missing.", e);
        }
    }

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or ZstdException or EndOfStreamException)
        {
            throw new MirrorDamagedException("A snapshot cannot be read: it was changed.", e);
        }
    }
}
