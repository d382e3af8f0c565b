using System.Globalization;

namespace CountingKit.Sandbox.Xero;

/// <summary>Reads dates as Xero writes them: <c>/Date(milliseconds+0000)/</c>, or ISO without a zone, which is UTC.</summary>
internal static class Instants
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <returns>Null: no date, or one that means none.</returns>
    public static DateTimeOffset? Read(string? text)
    {
        if (text is null) return null;
        if (!text.StartsWith("/Date(", StringComparison.Ordinal))
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;
        }

        var end = text.IndexOfAny(['+', ')'], startIndex: 6);
        return end > 6 && long.TryParse(text.AsSpan(6, end - 6), out var milliseconds)
            && milliseconds >= Earliest && milliseconds <= Latest
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
    }

    public static DateOnly? Day(string? text) =>
        Read(text) is { } moment ? DateOnly.FromDateTime(moment.UtcDateTime) : null;
}
