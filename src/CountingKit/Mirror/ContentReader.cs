using System.Buffers.Binary;
using System.Security.Cryptography;
using CountingKit.Datasets;

namespace CountingKit.Mirror;

/// <summary>
/// Reads canonical bytes back, row by row, and hashes them on the way (see <see cref="ContentHash"/>).
/// </summary>
public sealed class ContentReader : IDisposable
{
    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Stream source;
    private readonly CellKind[] kinds;
    private byte[] buffer = new byte[256];

    /// <exception cref="InvalidDataException">
    /// These are not the canonical bytes of a table with these columns.
    /// </exception>
    public ContentReader(Stream source, IReadOnlyList<SnapshotColumn> columns)
    {
        this.source = source;
        kinds = [.. columns.Select(column => ContentHash.TagOf(column.Type))];
        if (!Take(ContentHash.Magic.Length).SequenceEqual(ContentHash.Magic))
            throw Damaged("it does not begin as a table");
        if (TakeLength() != columns.Count) throw Damaged("it has another number of columns");
        foreach (var column in columns)
        {
            if (ReadCell(TakeTag(), CellKind.Text).AsText != column.Key) throw Damaged("it has other columns");
            if (ReadCell(TakeTag(), CellKind.Text).AsText != ContentHash.KindOf(column.Type))
                throw Damaged("it has columns of other types");
        }
    }

    /// <summary>The next row, or null after the last one, when <see cref="Hash"/> is there to be compared.</summary>
    /// <exception cref="InvalidDataException">The bytes end early or are no row.</exception>
    public CellValue[]? ReadRow()
    {
        if (Begin() is not { } first) return null;
        var row = new CellValue[kinds.Length];
        for (var i = 0; i < row.Length; i++) row[i] = ReadCell(i == 0 ? first : TakeTag(), kinds[i]);
        return row;
    }

    /// <summary>Passes over the next row without making it; false = there is none.</summary>
    /// <inheritdoc cref="ReadRow" path="/exception"/>
    public bool SkipRow()
    {
        if (Begin() is not { } first) return false;
        for (var i = 0; i < kinds.Length; i++)
            if ((i == 0 ? first : TakeTag()) != (byte)CellKind.Null) Take(TakeLength());
        return true;
    }

    /// <returns>The tag of the next row's first cell; null = there is none.</returns>
    private byte? Begin()
    {
        if (kinds.Length == 0) throw Damaged("it has no columns");
        var first = source.ReadByte();
        if (first < 0)
        {
            Hash ??= Convert.ToHexStringLower(sha.GetHashAndReset());
            return null;
        }

        sha.AppendData([(byte)first]);
        return (byte)first;
    }

    /// <summary>The hash of all that was read; null until the end was reached.</summary>
    public string? Hash { get; private set; }

    public void Dispose() => sha.Dispose();

    private CellValue ReadCell(byte tag, CellKind kind)
    {
        if (tag == (byte)CellKind.Null) return CellValue.Null;
        if (tag != (byte)kind) throw Damaged("a cell has another type than its column");
        return ContentHash.Read(kind, Take(TakeLength()));
    }

    private byte TakeTag() => Take(1)[0];

    private int TakeLength() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length is < 0 or > 256 * 1024 * 1024) throw Damaged("a cell's length is impossible");
        if (length > buffer.Length) buffer = new byte[length];
        var part = buffer.AsSpan(0, length);
        if (source.ReadAtLeast(part, length, throwOnEndOfStream: false) < length) throw Damaged("they end early");
        sha.AppendData(part);
        return part;
    }

    private static InvalidDataException Damaged(string reason) => new($"The rows cannot be read: {reason}.");
}
