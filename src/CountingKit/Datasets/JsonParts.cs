using System.Text.Json;

namespace CountingKit.Datasets;

/// <summary>Parts of a JSON value as slices of its bytes, for what is small and nested. An empty slice is no value.</summary>
internal static class JsonParts
{
    /// <summary>Whether the bytes are one JSON object, whole: parts of it can be read without looking again.</summary>
    public static bool IsObject(ReadOnlySpan<byte> json)
    {
        if (!json.StartsWith("{"u8)) return false;
        try
        {
            var reader = new Utf8JsonReader(json, JsonText.AnyDepth);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static bool IsList(ReadOnlySpan<byte> json) => json.StartsWith("["u8);

    /// <summary>Absent, null or "".</summary>
    public static bool IsNothing(ReadOnlySpan<byte> json) =>
        json.IsEmpty || json.SequenceEqual("null"u8) || json.SequenceEqual("\"\""u8);

    /// <summary>A member of an object; of two that are called alike the last.</summary>
    public static ReadOnlySpan<byte> Member(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var found = default(Range?);
        var reader = new Utf8JsonReader(json, JsonText.AnyDepth);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = JsonText.IsCalled(ref reader, name);
            var range = Value(ref reader);
            if (isIt) found = range;
        }

        return found is { } at ? json[at] : default;
    }

    public static List<Range> Elements(ReadOnlySpan<byte> json)
    {
        var elements = new List<Range>();
        var reader = new Utf8JsonReader(json, JsonText.AnyDepth);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            elements.Add(start..(int)reader.BytesConsumed);
        }

        return elements;
    }

    /// <returns>Null = no value, or none that is a text or a number.</returns>
    public static string? Text(ReadOnlySpan<byte> json)
    {
        if (IsNothing(json)) return null;
        var reader = new Utf8JsonReader(json, JsonText.AnyDepth);
        reader.Read();
        return Scalar.TryRead(ref reader, ColumnType.Text, out var cell) == Reading.Told ? cell.AsText : null;
    }

    private static Range Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }
}
