using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CountingKit.Datasets;

/// <summary>
/// One JSON value as one typed cell. Absent, null and "" are no value; numbers and booleans may come as texts; money
/// is a decimal from the first byte on.
/// </summary>
internal static class Scalar
{
    private const int LongestLiteral = 128;

    private const NumberStyles NumberForm =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <exception cref="UnreadableRecordException">The value is not of that type.</exception>
    public static CellValue Read(ref Utf8JsonReader json, ColumnType type, string path)
    {
        if (json.TokenType == JsonTokenType.Null) return CellValue.Null;
        if (type == ColumnType.Text) return Text(ref json, path);

        Span<byte> buffer = stackalloc byte[LongestLiteral];
        var literal = TrimSpaces(buffer[..CopyLiteral(ref json, buffer, path)]);
        if (literal.IsEmpty) return CellValue.Null;
        return type switch
        {
            ColumnType.WholeNumber or ColumnType.Decimal or ColumnType.Money => Number(literal, path),
            ColumnType.Date => Date(literal, path),
            ColumnType.Instant => Instant(literal, path),
            ColumnType.YesNo => YesNo(literal, path),
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
    }

    /// <summary>As <see cref="Read"/> for a moment; null = no value.</summary>
    public static DateTimeOffset? ReadTime(ref Utf8JsonReader json, string path)
    {
        if (json.TokenType == JsonTokenType.Null) return null;
        Span<byte> buffer = stackalloc byte[LongestLiteral];
        var literal = TrimSpaces(buffer[..CopyLiteral(ref json, buffer, path)]);
        if (!SourceTimeText.TryParse(literal, out var time))
            throw new UnreadableRecordException(path, "is not a time");
        return time;
    }

    private static CellValue Text(ref Utf8JsonReader json, string path) => json.TokenType switch
    {
        JsonTokenType.String => CellValue.Text(JsonText.Read(ref json)),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False =>
            CellValue.Text(Encoding.ASCII.GetString(json.ValueSpan)),
        _ => throw new UnreadableRecordException(path, "is not a text"),
    };

    private static int CopyLiteral(ref Utf8JsonReader json, scoped Span<byte> buffer, string path)
    {
        if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            throw new UnreadableRecordException(path, "is not a single value");
        if (json.ValueSpan.Length > buffer.Length)
            throw new UnreadableRecordException(path, "is too long for its type");
        if (!json.ValueIsEscaped)
        {
            json.ValueSpan.CopyTo(buffer);
            return json.ValueSpan.Length;
        }

        try
        {
            return json.CopyString(buffer);
        }
        catch (InvalidOperationException e)
        {
            throw new UnreadableRecordException(path, "is not valid text", e);
        }
    }

    private static ReadOnlySpan<byte> TrimSpaces(ReadOnlySpan<byte> text) => text.Trim((byte)' ');

    private static CellValue Number(ReadOnlySpan<byte> literal, string path) =>
        decimal.TryParse(literal, NumberForm, CultureInfo.InvariantCulture, out var number)
            ? CellValue.Number(number)
            : throw new UnreadableRecordException(path, "is not a number that a decimal can hold");

    private static CellValue Date(ReadOnlySpan<byte> literal, string path)
    {
        if (!SourceTimeText.TryParse(literal, out var time)) throw new UnreadableRecordException(path, "is not a date");
        return time is { } value ? CellValue.Date(DateOnly.FromDateTime(value.DateTime)) : CellValue.Null;
    }

    private static CellValue Instant(ReadOnlySpan<byte> literal, string path)
    {
        if (!SourceTimeText.TryParse(literal, out var time)) throw new UnreadableRecordException(path, "is not a time");
        return time is { } value ? CellValue.Instant(value) : CellValue.Null;
    }

    private static CellValue YesNo(ReadOnlySpan<byte> literal, string path)
    {
        if (Ascii.EqualsIgnoreCase(literal, "true"u8)) return CellValue.YesNo(true);
        if (Ascii.EqualsIgnoreCase(literal, "false"u8)) return CellValue.YesNo(false);
        throw new UnreadableRecordException(path, "is neither true nor false");
    }
}
