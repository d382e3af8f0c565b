using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
        if (kinds.Length == 0) throw Damaged("it has no columns");
        var first = source.ReadByte();
        if (first < 0)
        {
            Hash ??= Convert.ToHexStringLower(sha.GetHashAndReset());
            return null;
        }

        sha.AppendData([(byte)first]);
        var row = new CellValue[kinds.Length];
        for (var i = 0; i < row.Length; i++) row[i] = ReadCell(i == 0 ? (byte)first : TakeTag(), kinds[i]);
        return row;
    }

    /// <summary>The hash of all that was read; null until the end was reached.</summary>
    public string? Hash { get; private set; }

    public void Dispose() => sha.Dispose();

    private CellValue ReadCell(byte tag, CellKind kind)
    {
        if (tag == (byte)CellKind.Null) return CellValue.Null;
        if (tag != (byte)kind) throw Damaged("a cell has another type than its column");
        var text = Take(TakeLength());
        try
        {
            return kind switch
            {
                CellKind.Text => CellValue.Text(Encoding.UTF8.GetString(text)),
                CellKind.Number => CellValue.Number(
                    decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture)),
                CellKind.Date => CellValue.Date(
                    DateOnly.ParseExact(Encoding.ASCII.GetString(text), "yyyy-MM-dd", CultureInfo.InvariantCulture)),
                CellKind.Instant => CellValue.Instant(DateTimeOffset.ParseExact(
                    Encoding.ASCII.GetString(text), "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal)),
                _ => CellValue.YesNo(text is [(byte)'1']),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new InvalidDataException("The rows cannot be read: a cell is not of its type.", e);
        }
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
