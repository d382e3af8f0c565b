using System.Text.Json;
using CountingKit.Datasets;

namespace CountingKit.Mirror;

/// <summary>
/// One answer of the Accounting API, walked once over its bytes: each record is a slice of the answer, byte for byte as
/// received, so the answer's memory must live as long as the records are used.
/// </summary>
/// <param name="SourceTime">The envelope's <c>DateTimeUTC</c>, UTC; null = the answer has none that can be read.</param>
/// <param name="Pages">
/// The <c>pagination</c> object; null = the answer has none (one page, or a resource without it).
/// </param>
/// <param name="Records">In the answer's order; null elements are left out.</param>
public sealed record Envelope(DateTimeOffset? SourceTime, EnvelopePages? Pages, IReadOnlyList<SourceRecord> Records)
{
    /// <param name="answer">The whole body, UTF-8, with or without a byte order mark.</param>
    /// <param name="resource">The array's name: <c>Invoices</c>. A single object in its place is one record.</param>
    /// <param name="keyProperty">The record's id: <c>InvoiceID</c>. GUIDs become lower case.</param>
    /// <exception cref="UnreadableRecordException">
    /// Not JSON, not an object, without that array (an answer that is not understood must never look like an empty
    /// one), or a record without its key.
    /// </exception>
    public static Envelope Read(ReadOnlyMemory<byte> answer, string resource, string keyProperty)
        => Understood(resource, () => EnvelopeReader.Read(answer, resource, keyProperty));

    /// <summary>An answer that is one record, whatever that says of itself.</summary>
    /// <param name="key">The record's.</param>
    /// <inheritdoc cref="Read" path="/param"/>
    /// <exception cref="UnreadableRecordException">Not JSON, no object, without that array, or without a record.</exception>
    public static Envelope ReadFirst(ReadOnlyMemory<byte> answer, string resource, string key)
    {
        var envelope = Understood(resource, () => EnvelopeReader.Read(answer, resource, null));
        return envelope.Records is [var first, ..]
            ? envelope with { Records = [first with { Key = key }] }
            : throw new UnreadableRecordException(resource, "has no record");
    }

    private static Envelope Understood(string resource, Func<Envelope> read)
    {
        try
        {
            return read();
        }
        catch (JsonException e)
        {
            throw new UnreadableRecordException(resource, "is not readable JSON", e);
        }
    }
}

/// <param name="Page">From 1.</param>
/// <param name="PageCount">As told, or by the other two; null = not told.</param>
/// <param name="ItemCount">Records in all pages; null = not told.</param>
public sealed record EnvelopePages(int Page, int PageSize, int? PageCount, long? ItemCount);
