using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CountingKit.Datasets;

/// <summary>
/// The forms in which Xero writes times (reference: Xero Accounting API, dates): <c>/Date(1539993600000+0000)/</c>,
/// whose number is UTC milliseconds, and ISO 8601 with or without a zone (none = UTC), with <c>T</c> or a blank before
/// the time of day. No value is what <c>/Date(0)/</c> means (voided documents bear it), and any day of the year 1 (the
/// smallest date of the systems that made it).
/// </summary>
internal static class SourceTimeText
{
    private const int LongestIso = 40;
    private const int FractionDigits = 7;
    private const long MillisecondsOfMinute = 60_000;
    private const long LargestOffset = 14 * 60 * MillisecondsOfMinute;

    private static readonly long FirstMillisecond = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    private static readonly long EndOfYearOne = FirstMillisecond + (365L * 24 * 60 * MillisecondsOfMinute);

    private static readonly string[] IsoForms =
    [
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK",
    ];

    /// <summary>A moment.</summary>
    /// <returns>False = the text is in none of the forms, or beyond the year 9999.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset? value)
    {
        value = null;
        if (text.IsEmpty) return true;
        if (!text.StartsWith("/Date("u8)) return TryParseIso(text, out value);
        if (!TryParseMilliseconds(text[6..], out var milliseconds, out _)) return false;
        if (milliseconds is { } known) value = DateTimeOffset.FromUnixTimeMilliseconds(known);
        return true;
    }

    /// <summary>
    /// A calendar date: the day as written, with the offset that was written. Midnight in UTC is a day of its own,
    /// whatever offset stands behind it.
    /// </summary>
    /// <inheritdoc cref="TryParse" path="/returns"/>
    public static bool TryParseDay(ReadOnlySpan<byte> text, out DateOnly? day)
    {
        day = null;
        if (text.IsEmpty) return true;
        if (!text.StartsWith("/Date("u8))
        {
            if (!TryParseIso(text, out var value)) return false;
            if (value is { } written) day = DateOnly.FromDateTime(written.DateTime);
            return true;
        }

        if (!TryParseMilliseconds(text[6..], out var milliseconds, out var offset)) return false;
        if (milliseconds is not { } utc) return true;
        var isMidnight = utc % (24 * 60 * MillisecondsOfMinute) == 0;
        var local = isMidnight ? utc : utc + offset;
        if (local > LastMillisecond) return false;
        day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(local).DateTime);
        return true;
    }

    /// <param name="milliseconds">Since 1970, UTC; null = no value.</param>
    /// <param name="offset">In milliseconds; 0 = none, or none that a place on Earth has.</param>
    private static bool TryParseMilliseconds(ReadOnlySpan<byte> text, out long? milliseconds, out long offset)
    {
        (milliseconds, offset) = (null, 0);
        if (!Utf8Parser.TryParse(text, out long number, out var length)) return false;
        if (!TryParseOffset(text[length..], out offset)) return false;
        if (number < FirstMillisecond - LargestOffset || number > LastMillisecond) return false;
        if (number != 0 && number >= EndOfYearOne) milliseconds = number;
        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> rest, out long offset)
    {
        offset = 0;
        if (rest.Length == 7 && rest[0] is (byte)'+' or (byte)'-')
        {
            if (rest[1..5].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
            var digits = int.Parse(rest[1..5], NumberStyles.None, CultureInfo.InvariantCulture);
            var size = ((digits / 100 * 60) + (digits % 100)) * MillisecondsOfMinute;
            if (size <= LargestOffset) offset = rest[0] == '-' ? -size : size;
            rest = rest[5..];
        }

        return rest.SequenceEqual(")/"u8);
    }

    private static bool TryParseIso(ReadOnlySpan<byte> text, out DateTimeOffset? value)
    {
        value = null;
        if (text.StartsWith("0001-01-01"u8)) return true;
        Span<char> characters = stackalloc char[LongestIso];
        if (text.Length > characters.Length || !Ascii.IsValid(text)) return false;
        var length = Shorten(characters[..Encoding.ASCII.GetChars(text, characters)]);
        if (!DateTimeOffset.TryParseExact(characters[..length], IsoForms, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var parsed)) return false;

        if (parsed.Year > 1) value = parsed;
        return true;
    }

    /// <summary>Leaves out the digits of a second's fraction that no type of ours holds.</summary>
    /// <returns>The new length.</returns>
    private static int Shorten(Span<char> text)
    {
        var point = text.IndexOf('.');
        if (point < 0) return text.Length;
        var digits = text[(point + 1)..].IndexOfAnyExceptInRange('0', '9');
        if (digits < 0) digits = text.Length - point - 1;
        if (digits <= FractionDigits) return text.Length;
        text[(point + 1 + digits)..].CopyTo(text[(point + 1 + FractionDigits)..]);
        return text.Length - digits + FractionDigits;
    }
}
