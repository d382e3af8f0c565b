using System.Text;
using System.Text.Json;
using CountingKit.Datasets;

namespace CountingKit.Mirror;

/// <summary>The walk behind <see cref="Envelope.Read"/>.</summary>
internal static class EnvelopeReader
{
    /// <param name="keyProperty">Null = the records' ids are not of interest.</param>
    public static Envelope Read(ReadOnlyMemory<byte> answer, string resource, string? keyProperty)
    {
        if (answer.Span.StartsWith("\uFEFF"u8)) answer = answer[3..];
        var json = new Utf8JsonReader(answer.Span, JsonText.AnyDepth);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw new UnreadableRecordException(resource, "has no envelope around it");

        var name = Encoding.UTF8.GetBytes(resource);
        DateTimeOffset? time = null;
        EnvelopePages? pages = null;
        List<SourceRecord>? records = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.IsCalled(ref json, "DateTimeUTC"u8)) time = Time(ref json, "DateTimeUTC");
            else if (JsonText.IsCalled(ref json, "pagination"u8)) pages = Pages(ref json);
            else if (JsonText.IsCalled(ref json, name)) records = Records(ref json, answer, resource, keyProperty);
            else json.Skip();
        }

        if (json.Read()) throw new UnreadableRecordException(resource, "is followed by something else");
        return new(time, pages, records ?? throw new UnreadableRecordException(resource, "is not in the answer"));
    }

    /// <returns>Null = no value, or none that is a time: nobody's data is worth less for that.</returns>
    private static DateTimeOffset? Time(ref Utf8JsonReader json, string path)
    {
        json.Read();
        try
        {
            return Scalar.ReadTime(ref json, path)?.ToUniversalTime();
        }
        catch (UnreadableRecordException)
        {
            json.Skip();
            return null;
        }
    }

    private static EnvelopePages? Pages(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }

        long? page = null, pageSize = null, pageCount = null, itemCount = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.IsCalled(ref json, "page"u8)) page = Count(ref json, "pagination.page");
            else if (JsonText.IsCalled(ref json, "pageSize"u8)) pageSize = Count(ref json, "pagination.pageSize");
            else if (JsonText.IsCalled(ref json, "pageCount"u8)) pageCount = Count(ref json, "pagination.pageCount");
            else if (JsonText.IsCalled(ref json, "itemCount"u8)) itemCount = Count(ref json, "pagination.itemCount");
            else json.Skip();
        }

        if (pageCount is null && itemCount is { } items && pageSize is > 0 and var size)
            pageCount = (items + size - 1) / size;
        return new((int)(page ?? 1), (int)(pageSize ?? 0), (int?)pageCount, itemCount);
    }

    /// <returns>Null = not told, or told as something that is no count.</returns>
    private static long? Count(ref Utf8JsonReader json, string path)
    {
        json.Read();
        try
        {
            var cell = Scalar.Read(ref json, ColumnType.WholeNumber, path);
            return !cell.IsNull && cell.AsNumber is >= 0 and <= int.MaxValue && decimal.IsInteger(cell.AsNumber)
                ? (long)cell.AsNumber
                : null;
        }
        catch (UnreadableRecordException)
        {
            json.Skip();
            return null;
        }
    }

    private static List<SourceRecord> Records(
        ref Utf8JsonReader json, ReadOnlyMemory<byte> answer, string resource, string? keyProperty)
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
        ref Utf8JsonReader json, ReadOnlyMemory<byte> answer, string path, string? keyProperty)
    {
        var start = (int)json.TokenStartIndex;
        var keyName = Encoding.UTF8.GetBytes(keyProperty ?? "");
        var key = keyProperty is null ? "" : null;
        DateTimeOffset? updated = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (keyProperty is not null && JsonText.IsCalled(ref json, keyName))
            {
                json.Read();
                key = RecordKey.Read(ref json, $"{path}.{keyProperty}");
            }
            else if (JsonText.IsCalled(ref json, "UpdatedDateUTC"u8)) updated = Updated(ref json);
            else json.Skip();
        }

        if (key is null)
            throw new UnreadableRecordException($"{path}.{keyProperty}", "is missing: a record without its key");
        return new(key, updated, answer[start..(int)json.BytesConsumed]);
    }

    /// <summary>When the record says it was changed; one that says it in no way we know is a record all the same.</summary>
    private static DateTimeOffset? Updated(ref Utf8JsonReader json)
    {
        json.Read();
        Scalar.TryRead(ref json, ColumnType.Instant, out var cell);
        json.Skip();
        return cell.IsNull ? null : cell.AsInstant;
    }
}
