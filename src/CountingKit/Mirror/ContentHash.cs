using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CountingKit.Datasets;

namespace CountingKit.Mirror;

/// <summary>
/// The canonical bytes of a table, whose SHA-256 is the content hash (64 hex digits in lower case) and which,
/// compressed, are a snapshot's file. Numbers in them are big-endian, texts UTF-8:
/// <list type="bullet">
/// <item>the ASCII bytes <c>CK1</c>, the number of columns (4 bytes), per column two text cells: its key and its
/// kind;</item>
/// <item>per row, per cell, a tag (0 null, 1 text, 2 number, 3 date, 4 instant, 5 yes/no) and, but for null, a length
/// (4 bytes) and the value's text;</item>
/// <item>number: invariant, no exponent, no trailing zeros, no <c>-0</c>; date <c>yyyy-MM-dd</c>; instant
/// <c>yyyy-MM-ddTHH:mm:ss.fffffffZ</c>; yes/no <c>1</c> or <c>0</c>; text as received, "" is null.</item>
/// </list>
/// Headings, formats and the order of keys are not in it; the order of rows and columns is.
/// </summary>
public static class ContentHash
{
    internal const int HeadOfCell = 5;

    /// <summary>Longer than any value but a text: a decimal has up to 29 digits, a sign and a point.</summary>
    internal const int LongestShortValue = 40;

    internal static ReadOnlySpan<byte> Magic => "CK1"u8;

    /// <summary>What the hash calls a column's type; whole numbers, decimals and money are all numbers.</summary>
    public static string KindOf(ColumnType type) => TagOf(type) switch
    {
        CellKind.Text => "text",
        CellKind.Number => "number",
        CellKind.Date => "date",
        CellKind.Instant => "instant",
        _ => "yes-no",
    };

    internal static CellKind TagOf(ColumnType type) => type switch
    {
        ColumnType.Text => CellKind.Text,
        ColumnType.WholeNumber or ColumnType.Decimal or ColumnType.Money => CellKind.Number,
        ColumnType.Date => CellKind.Date,
        ColumnType.Instant => CellKind.Instant,
        ColumnType.YesNo => CellKind.YesNo,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>A bound for <see cref="Write"/>.</summary>
    public static int Longest(CellValue cell) =>
        HeadOfCell + (cell.Kind == CellKind.Text ? Encoding.UTF8.GetByteCount(cell.AsText) : LongestShortValue);

    /// <summary>Writes one cell; returns how many bytes it took.</summary>
    public static int Write(CellValue cell, Span<byte> to)
    {
        to[0] = (byte)cell.Kind;
        if (cell.IsNull) return 1;

        var length = WriteValue(cell, to[HeadOfCell..]);
        BinaryPrimitives.WriteInt32BigEndian(to[1..], length);
        return HeadOfCell + length;
    }

    /// <summary>One cell that <see cref="Write"/> wrote.</summary>
    /// <param name="used">How many bytes it took.</param>
    /// <exception cref="InvalidDataException">A value is not of its kind.</exception>
    public static CellValue Read(ReadOnlySpan<byte> from, out int used)
    {
        var kind = (CellKind)from[0];
        used = 1;
        if (kind == CellKind.Null) return CellValue.Null;
        used = HeadOfCell + BinaryPrimitives.ReadInt32BigEndian(from[1..]);
        return Read(kind, from[HeadOfCell..used]);
    }

    internal static CellValue Read(CellKind kind, ReadOnlySpan<byte> text)
    {
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

    private static int WriteValue(CellValue cell, Span<byte> to)
    {
        var length = 0;
        switch (cell.Kind)
        {
            case CellKind.Text:
                length = Encoding.UTF8.GetBytes(cell.AsText, to);
                break;
            case CellKind.Number:
                length = WriteNumber(cell.AsNumber, to);
                break;
            case CellKind.Date:
                cell.AsDate.TryFormat(to, out length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
                break;
            case CellKind.Instant:
                cell.AsInstant.UtcDateTime.TryFormat(
                    to, out length, "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
                break;
            case CellKind.YesNo:
                to[0] = cell.AsYesNo ? (byte)'1' : (byte)'0';
                length = 1;
                break;
        }

        return length;
    }

    private static int WriteNumber(decimal value, Span<byte> to)
    {
        if (value == 0)
        {
            to[0] = (byte)'0';
            return 1;
        }

        value.TryFormat(to, out var length, "G", CultureInfo.InvariantCulture);
        if (!to[..length].Contains((byte)'.')) return length;
        while (to[length - 1] == '0') length--;
        return to[length - 1] == '.' ? length - 1 : length;
    }
}
