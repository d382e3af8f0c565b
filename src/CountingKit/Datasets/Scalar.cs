using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CountingKit.Datasets;

/// <summary>What was found in the place of a value.</summary>
internal enum Reading : byte
{
    /// <summary>Nothing: absent, null or "".</summary>
    Absent,
    /// <summary>A value, or one that says that there is none (the date of a voided document).</summary>
    Told,
    /// <summary>Something that its type does not allow.</summary>
    Unreadable,
}

/// <summary>
/// One JSON value as one typed cell. Numbers and booleans may come as texts; money is a decimal from the first byte on.
/// </summary>
internal static class Scalar
{
    private const int LongestEscaped = 256;

    private const NumberStyles NumberForm =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Never throws, whatever stands there. An object or a list is not walked.</summary>
    public static Reading TryRead(ref Utf8JsonReader json, ColumnType type, out CellValue cell)
    {
        cell = CellValue.Null;
        if (json.TokenType == JsonTokenType.Null) return Reading.Absent;
        if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) return Reading.Unreadable;
        if (type == ColumnType.Text)
        {
            cell = CellValue.Text(json.TokenType == JsonTokenType.String
                ? JsonText.Read(ref json)
                : Encoding.ASCII.GetString(json.ValueSpan));
            return cell.IsNull ? Reading.Absent : Reading.Told;
        }

        if (!json.ValueIsEscaped) return Literal(json.ValueSpan, type, out cell);
        Span<byte> buffer = stackalloc byte[LongestEscaped];
        return TryUnescape(ref json, buffer, out var length)
            ? Literal(buffer[..length], type, out cell)
            : Reading.Unreadable;
    }

    /// <exception cref="UnreadableRecordException">The value is not of that type.</exception>
    public static CellValue Read(ref Utf8JsonReader json, ColumnType type, string path) =>
        TryRead(ref json, type, out var cell) != Reading.Unreadable
            ? cell
            : throw new UnreadableRecordException(path, Problem(type));

    /// <summary>As <see cref="Read"/> for a moment; null = no value.</summary>
    public static DateTimeOffset? ReadTime(ref Utf8JsonReader json, string path) =>
        Read(ref json, ColumnType.Instant, path) is { IsNull: false } cell ? cell.AsInstant : null;

    private static bool TryUnescape(ref Utf8JsonReader json, scoped Span<byte> buffer, out int length)
    {
        length = 0;
        if (json.ValueSpan.Length > buffer.Length) return false;
        try
        {
            length = json.CopyString(buffer);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // Half a surrogate pair: no number, date or yes/no has one.
        }
    }

    private static Reading Literal(ReadOnlySpan<byte> literal, ColumnType type, out CellValue cell)
    {
        cell = CellValue.Null;
        literal = literal.Trim((byte)' ');
        if (literal.IsEmpty) return Reading.Absent;
        return TryParse(literal, type, out cell) ? Reading.Told : Reading.Unreadable;
    }

    private static bool TryParse(ReadOnlySpan<byte> literal, ColumnType type, out CellValue cell)
    {
        cell = CellValue.Null;
        switch (type)
        {
            case ColumnType.Date when SourceTimeText.TryParseDay(literal, out var day):
                if (day is { } known) cell = CellValue.Date(known);
                return true;
            case ColumnType.Instant when SourceTimeText.TryParse(literal, out var time):
                if (time is { } moment) cell = CellValue.Instant(moment);
                return true;
            case ColumnType.YesNo when Ascii.EqualsIgnoreCase(literal, "true"u8):
            case ColumnType.YesNo when Ascii.EqualsIgnoreCase(literal, "false"u8):
                cell = CellValue.YesNo(literal.Length == 4);
                return true;
            case ColumnType.WholeNumber or ColumnType.Decimal or ColumnType.Money
                when decimal.TryParse(literal, NumberForm, CultureInfo.InvariantCulture, out var number):
                cell = CellValue.Number(number);
                return true;
            default:
                return false;
        }
    }

    private static string Problem(ColumnType type) => type switch
    {
        ColumnType.Text => "is not a text",
        ColumnType.Date => "is not a date",
        ColumnType.Instant => "is not a time",
        ColumnType.YesNo => "is neither true nor false",
        _ => "is not a number that a decimal can hold",
    };
}
