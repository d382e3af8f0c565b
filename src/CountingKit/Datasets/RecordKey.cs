using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CountingKit.Messaging;

namespace CountingKit.Datasets;

/// <summary>
/// A record's id as its key: GUIDs in lower case, others as received. A text of which something had to be replaced or
/// left out bears a part of the SHA-256 of its bytes as received, so that two ids are never one key.
/// </summary>
internal static class RecordKey
{
    private const int Longest = 200;
    private const int Kept = 150;
    private const int HashDigits = 32;

    /// <returns>Null = there is none.</returns>
    /// <exception cref="UnreadableRecordException">It is an object or a list.</exception>
    public static string? Read(ref Utf8JsonReader json, string path)
    {
        if (json.TokenType != JsonTokenType.String)
            return Scalar.Read(ref json, ColumnType.Text, path) is { IsNull: false } cell ? Short(cell.AsText, json.ValueSpan) : null;

        var text = JsonText.Read(ref json, out var isMended);
        if (text.Length == 0) return null;
        if (Guid.TryParse(text, out var id)) return id.ToString();
        return isMended ? Marked(text, json.ValueSpan) : Short(text, json.ValueSpan);
    }

    /// <summary>A text that is made as a key.</summary>
    public static string Short(string text) => Short(text, Encoding.UTF8.GetBytes(text));

    private static string Short(string text, ReadOnlySpan<byte> received) =>
        text.Length <= Longest ? text : Marked(text, received);

    private static string Marked(string text, ReadOnlySpan<byte> received) =>
        $"{PlainText.Cut(text, Kept)}#{Convert.ToHexStringLower(SHA256.HashData(received))[..HashDigits]}";
}
