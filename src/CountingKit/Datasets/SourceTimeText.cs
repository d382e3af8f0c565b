using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CountingKit.Datasets;

/// <summary>
/// The forms in which Xero writes times (reference: Xero Accounting API, dates): <c>/Date(1539993600000+0000)/</c>,
/// whose number is UTC milliseconds and whose offset says nothing, and ISO 8601 with or without a zone (none = UTC).
/// </summary>
internal static class SourceTimeText
{
    private static readonly string[] IsoForms = ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd", "yyyy-MM-ddTHH:mmK"];

    /// <param name="value">
    /// With the offset as written, zero when there was none; null = no value, which is also what <c>/Date(0)/</c>
    /// means: voided documents bear it.
    /// </param>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset? value)
    {
        value = null;
        if (text.IsEmpty) return true;
        return text.StartsWith("/Date("u8) ? TryParseMilliseconds(text[6..], out value) : TryParseIso(text, out value);
    }

    private static bool TryParseMilliseconds(ReadOnlySpan<byte> text, out DateTimeOffset? value)
    {
        value = null;
        if (!Utf8Parser.TryParse(text, out long milliseconds, out var length)) return false;
        if (!IsEnd(text[length..])) return false;
        if (milliseconds == 0) return true;
        if (milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds()) return false;
        if (milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) return false;

        value = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return true;
    }

    private static bool IsEnd(ReadOnlySpan<byte> rest)
    {
        if (rest.Length == 7 && rest[0] is (byte)'+' or (byte)'-')
        {
            if (rest[1..5].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
            rest = rest[5..];
        }

        return rest.SequenceEqual(")/"u8);
    }

    private static bool TryParseIso(ReadOnlySpan<byte> text, out DateTimeOffset? value)
    {
        value = null;
        Span<char> characters = stackalloc char[40];
        if (text.Length > characters.Length || !Ascii.IsValid(text)) return false;
        var length = Encoding.ASCII.GetChars(text, characters);
        if (!DateTimeOffset.TryParseExact(characters[..length], IsoForms, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var parsed)) return false;

        value = parsed;
        return true;
    }
}
