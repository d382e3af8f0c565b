using System.Buffers.Binary;
using System.Security.Cryptography;
using CountingKit.Datasets;

namespace CountingKit.Mirror;

/// <summary>
/// Writes a table's canonical bytes, row by row, and hashes them on the way. Holds one buffer, never the rows.
/// </summary>
public sealed class ContentWriter : IDisposable
{
    private const int FlushAt = 32 * 1024;

    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly CellKind[] kinds;
    private readonly Stream destination;
    private byte[] buffer = new byte[2 * FlushAt];
    private int used;

    /// <param name="destination">Where the bytes go; <see cref="Stream.Null"/> = only the hash is wanted.</param>
    public ContentWriter(IReadOnlyList<SnapshotColumn> columns, Stream destination)
    {
        this.destination = destination;
        kinds = [.. columns.Select(column => ContentHash.TagOf(column.Type))];
        ContentHash.Magic.CopyTo(buffer);
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(ContentHash.Magic.Length), columns.Count);
        used = ContentHash.Magic.Length + sizeof(int);
        foreach (var column in columns)
        {
            Write(CellValue.Text(column.Key));
            Write(CellValue.Text(ContentHash.KindOf(column.Type)));
        }
    }

    public long Rows { get; private set; }

    /// <exception cref="ArgumentException">
    /// The row has another number of cells, or a cell another type, than its column.
    /// </exception>
    public void WriteRow(ReadOnlySpan<CellValue> row)
    {
        if (row.Length != kinds.Length)
            throw new ArgumentException($"A row of {row.Length} cells is in a table of {kinds.Length} columns.");
        for (var i = 0; i < row.Length; i++)
        {
            if (!row[i].IsNull && row[i].Kind != kinds[i])
                throw new ArgumentException($"Cell {i} is {row[i].Kind} in a column of {kinds[i]}.");
            Write(row[i]);
        }

        Rows++;
    }

    /// <summary>Hands on what is left; no row may follow.</summary>
    /// <returns>The content hash.</returns>
    public string Finish()
    {
        Flush();
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    public void Dispose() => sha.Dispose();

    private void Write(CellValue cell)
    {
        var longest = ContentHash.Longest(cell);
        if (used + longest > buffer.Length) Flush();
        if (longest > buffer.Length) buffer = new byte[longest];
        used += ContentHash.Write(cell, buffer.AsSpan(used));
        if (used >= FlushAt) Flush();
    }

    private void Flush()
    {
        sha.AppendData(buffer, 0, used);
        destination.Write(buffer, 0, used);
        used = 0;
    }
}
