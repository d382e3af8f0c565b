using System.Text;
using System.Text.Json;

namespace CountingKit.Adapters.Xero;

/// <summary>A record as received, byte for byte, but for one member that is a secret.</summary>
internal static class SecretMember
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    public static ReadOnlyMemory<byte> LeftOut(ReadOnlyMemory<byte> record, string member)
    {
        var name = Encoding.UTF8.GetBytes(member);
        while (Find(record.Span, name) is var (start, end) && end > 0)
            record = (byte[])[.. record.Span[..start], .. record.Span[end..]];
        return record;
    }

    /// <summary>Where the member stands, with the comma that goes with it; an end of 0 = it is not there.</summary>
    private static (int Start, int End) Find(ReadOnlySpan<byte> record, ReadOnlySpan<byte> name)
    {
        var json = new Utf8JsonReader(record, AnyDepth);
        json.Read();
        var before = (int)json.BytesConsumed;
        for (var first = true; json.Read() && json.TokenType == JsonTokenType.PropertyName; first = false)
        {
            var isKey = IsCalled(ref json, name);
            var start = (int)json.TokenStartIndex;
            json.Read();
            json.Skip();
            var end = (int)json.BytesConsumed;
            if (isKey && !first) return (before, end);
            if (isKey) return (start, json.Read() && json.TokenType == JsonTokenType.PropertyName ? (int)json.TokenStartIndex : end);
            before = end;
        }

        return (0, 0);
    }

    /// <summary>A name that is no text is nobody's.</summary>
    private static bool IsCalled(ref Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        try
        {
            return json.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
