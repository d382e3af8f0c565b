using System.Text.Json;
using CountingKit.Runs;

namespace CountingKit.Datasets;

/// <summary>The walk behind <see cref="Envelope.Read"/>.</summary>
internal static class EnvelopeReader
{
    public static Envelope Read(ReadOnlyMemory<byte> answer, string resource, string keyProperty)
    {
        if (answer.Span.StartsWith("\uFEFF"u8)) answer = answer[3..];
        var json = new Utf8JsonReader(answer.Span);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw new UnreadableRecordException(resource, "has no envelope around it");

        DateTimeOffset? time = null;
        EnvelopePages? pages = null;
        List<SourceRecord>? records = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("DateTimeUTC"u8)) time = Time(ref json, "DateTimeUTC");
            else if (json.ValueTextEquals("pagination"u8)) pages = Pages(ref json);
            else if (json.ValueTextEquals(resource)) records = Records(ref json, answer, resource, keyProperty);
            else json.Skip();
        }

        if (json.Read()) throw new UnreadableRecordException(resource, "is followed by something else");
        return new(time, pages, records ?? throw new UnreadableRecordException(resource, "is not in the answer"));
    }

    private static DateTimeOffset? Time(ref Utf8JsonReader json, string path)
    {
        json.Read();
        return Scalar.ReadTime(ref json, path)?.ToUniversalTime();
    }

    private static EnvelopePages? Pages(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return null;
        if (json.TokenType != JsonTokenType.StartObject)
            throw new UnreadableRecordException("pagination", "is not an object");

        long? page = null, pageSize = null, pageCount = null, itemCount = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("page"u8)) page = Count(ref json, "pagination.page");
            else if (json.ValueTextEquals("pageSize"u8)) pageSize = Count(ref json, "pagination.pageSize");
            else if (json.ValueTextEquals("pageCount"u8)) pageCount = Count(ref json, "pagination.pageCount");
            else if (json.ValueTextEquals("itemCount"u8)) itemCount = Count(ref json, "pagination.itemCount");
            else json.Skip();
        }

        if (pageCount is null && itemCount is { } items && pageSize is > 0 and var size)
            pageCount = (items + size - 1) / size;
        return new((int)(page ?? 1), (int)(pageSize ?? 0), (int?)pageCount, itemCount);
    }

    private static long? Count(ref Utf8JsonReader json, string path)
    {
        json.Read();
        var cell = Scalar.Read(ref json, ColumnType.WholeNumber, path);
        if (cell.IsNull) return null;
        return cell.AsNumber is >= 0 and <= int.MaxValue && decimal.IsInteger(cell.AsNumber)
            ? (long)cell.AsNumber
            : throw new UnreadableRecordException(path, "is not a count");
    }

    private static List<SourceRecord> Records(
        ref Utf8JsonReader json, ReadOnlyMemory<byte> answer, string resource, string keyProperty)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.StartObject)
            return [Record(ref json, answer, $"{resource}[0]", keyProperty)];
        if (json.TokenType != JsonTokenType.StartArray) throw new UnreadableRecordException(resource, "is not a list");

        var records = new List<SourceRecord>();
        for (var index = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; index++)
        {
            if (json.TokenType == JsonTokenType.Null) continue;
            if (json.TokenType != JsonTokenType.StartObject)
                throw new UnreadableRecordException($"{resource}[{index}]", "is not a record");
            records.Add(Record(ref json, answer, $"{resource}[{index}]", keyProperty));
        }

        return records;
    }

    private static SourceRecord Record(
        ref Utf8JsonReader json, ReadOnlyMemory<byte> answer, string path, string keyProperty)
    {
        var start = (int)json.TokenStartIndex;
        var key = CellValue.Null;
        DateTimeOffset? updated = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals(keyProperty))
            {
                json.Read();
                key = Scalar.Read(ref json, ColumnType.Text, $"{path}.{keyProperty}");
            }
            else if (json.ValueTextEquals("UpdatedDateUTC"u8)) updated = Time(ref json, $"{path}.UpdatedDateUTC");
            else json.Skip();
        }

        if (key.IsNull)
            throw new UnreadableRecordException($"{path}.{keyProperty}", "is missing: a record without its key");
        var name = Guid.TryParse(key.AsText, out var id) ? id.ToString() : key.AsText;
        return new(name, updated, answer[start..(int)json.BytesConsumed]);
    }
}
