using System.Globalization;
using System.Text;

namespace CountingKit.Adapters.EventStoreDb;

/// <summary>
/// The instant at which an event that came from another log was created there. EventStoreDB stamps events with its own
/// clock, so it stands in the event's metadata: a last property <c>$moved</c>, in bytes that come off again exactly.
/// </summary>
public static class MovedMetadata
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const int CreatedLength = 28;

    private static ReadOnlySpan<byte> First => "{\"$moved\":\""u8;
    private static ReadOnlySpan<byte> Next => ",\"$moved\":\""u8;
    private static ReadOnlySpan<byte> End => "\"}"u8;

    /// <summary>The bytes that <see cref="Add"/> adds at most.</summary>
    public static int Length { get; } = Next.Length + CreatedLength + 1;

    /// <param name="metadata">A JSON object that ends with its brace.</param>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public static byte[] Add(ReadOnlySpan<byte> metadata, DateTimeOffset created)
    {
        if (metadata.Length < 2 || metadata[0] != '{' || metadata[^1] != '}')
            throw new ArgumentException("Metadata is a JSON object.", nameof(metadata));
        var moment = Encoding.ASCII.GetBytes(created.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
        return metadata.Length == 2
            ? [.. First, .. moment, .. End]
            : [.. metadata[..^1], .. Next, .. moment, .. End];
    }

    /// <returns>The metadata as it was, and when the event was created; null = it was not moved here.</returns>
    public static (ReadOnlyMemory<byte> Original, DateTimeOffset? Created) Read(ReadOnlyMemory<byte> metadata)
    {
        var bytes = metadata.Span;
        var length = Next.Length + CreatedLength + End.Length;
        if (bytes.Length < length || bytes[0] != '{') return (metadata, null);
        var suffix = bytes[^length..];
        var isFirst = bytes.Length == length;
        if (!suffix.StartsWith(isFirst ? First : Next) || !suffix.EndsWith(End) || Moment(suffix) is not { } created)
            return (metadata, null);
        if (isFirst) return ("{}"u8.ToArray(), created);

        var original = bytes[..^(length - 1)].ToArray();
        original[^1] = (byte)'}';
        return (original, created);
    }

    private static DateTimeOffset? Moment(ReadOnlySpan<byte> suffix) =>
        DateTimeOffset.TryParseExact(
            Encoding.ASCII.GetString(suffix.Slice(Next.Length, CreatedLength)), Format, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var created)
            ? created
            : null;
}
