using System.Buffers;
using System.Text.Json;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>The frame around every answer of the Accounting API. Slashes of dates are escaped, as Xero does.</summary>
internal static class Envelope
{
    public static IResult Of(Resource resource, ListQuery query, List<byte[]> records, int count, DateTimeOffset now) =>
        Write(resource.Name, records.Select(record => RecordShape.InList(resource, query, record)), now, writer =>
        {
            if (query.Page is not { } page || resource.Paging == Paging.Hundreds) return;
            writer.WriteStartObject("pagination");
            writer.WriteNumber("page", page);
            writer.WriteNumber("pageSize", query.PageSize);
            writer.WriteNumber("pageCount", (count + query.PageSize - 1) / query.PageSize);
            writer.WriteNumber("itemCount", count);
            writer.WriteEndObject();
        });

    public static IResult Of(string name, byte[] record, DateTimeOffset now) => Of(name, [record], now);

    public static IResult Of(string name, IEnumerable<byte[]> records, DateTimeOffset now) =>
        Write(name, records, now, _ => { });

    private static IResult Write(
        string name, IEnumerable<byte[]> records, DateTimeOffset now, Action<Utf8JsonWriter> pagination)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("Id", Guid.CreateVersion7());
            writer.WriteString("Status", "OK");
            writer.WriteString("ProviderName", "Sandbox app");
            writer.WritePropertyName("DateTimeUTC");
            writer.WriteRawValue(XeroJson.Instant(now), skipInputValidation: true);
            pagination(writer);
            writer.WriteStartArray(name);
            foreach (var record in records) writer.WriteRawValue(record, skipInputValidation: true);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Results.Bytes(body.WrittenMemory, "application/json; charset=utf-8");
    }
}
