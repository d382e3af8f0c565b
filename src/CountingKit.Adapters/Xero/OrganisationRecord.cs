using System.Text.Json;
using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Adapters.Xero;

/// <summary>The organization's record as received, byte for byte, but for one member: its <c>APIKey</c> is a secret.</summary>
internal static class OrganisationRecord
{
    /// <exception cref="UnreadableRecordException">The answer is not as documented.</exception>
    public static SourcePage Of(ReadOnlyMemory<byte> answer, DateTimeOffset? header, DateTimeOffset now)
    {
        var envelope = Envelope.Read(answer, "Organisations", "OrganisationID");
        return new SourcePage(
            1, 1, envelope.Records.Count, XeroClock.Of(envelope.SourceTime, header, now),
            [.. envelope.Records.Select(record => record with { Json = WithoutKey(record.Json) })]);
    }

    internal static ReadOnlyMemory<byte> WithoutKey(ReadOnlyMemory<byte> record)
    {
        while (Find(record.Span) is var (start, end) && end > 0)
            record = (byte[])[.. record.Span[..start], .. record.Span[end..]];
        return record;
    }

    /// <summary>Where the member stands, with the comma that goes with it; an end of 0 = it is not there.</summary>
    private static (int Start, int End) Find(ReadOnlySpan<byte> record)
    {
        var json = new Utf8JsonReader(record);
        json.Read();
        var before = (int)json.BytesConsumed;
        for (var first = true; json.Read() && json.TokenType == JsonTokenType.PropertyName; first = false)
        {
            var isKey = json.ValueTextEquals("APIKey"u8);
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
}
