using System.Globalization;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>The header If-Modified-Since as Xero wants it, which is not the date of plain HTTP.</summary>
internal static class ModifiedSince
{
    private static readonly string[] Formats =
        ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];

    /// <returns>Null where there is none.</returns>
    /// <exception cref="PreconditionException">It is not such a time.</exception>
    public static DateTimeOffset? Read(HttpRequest request)
    {
        var header = request.Headers["If-Modified-Since"].ToString();
        if (header.Length == 0) return null;
        return DateTimeOffset.TryParseExact(header, Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
                ? moment
                : throw new PreconditionException("If-Modified-Since: yyyy-MM-ddTHH:mm:ss, UTC.");
    }
}

/// <summary>A header that cannot be read; becomes a 412.</summary>
internal sealed class PreconditionException(string message) : Exception(message);
