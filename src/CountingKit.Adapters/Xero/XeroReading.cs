using System.Net;
using System.Runtime.CompilerServices;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// One reading of a list: its pages, some read ahead, given in order. Where Xero refuses the whole of it, it is read in
/// Xero's own order, then in slices by date.
/// </summary>
internal sealed class XeroReading(XeroApi api, Guid connectionId, SourceQuery query, TimeProvider time)
{
    private const int Hundred = 100;

    private const int MostAhead = 4;

    /// <summary>Bytes of pages that may wait: of large records fewer pages are read ahead.</summary>
    private const int BytesAhead = 6 * 1024 * 1024;

    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private readonly Resource resource = DatasetCatalogue.ResourceOf(query.Resource);
    private readonly RecordCount count = new();
    private readonly Stack<XeroSlice> left = new([new XeroSlice(null, null, query.ModifiedSince)]);
    private XeroListForm form = XeroListForm.UsualOf(DatasetCatalogue.ResourceOf(query.Resource));
    private bool isSliced;
    private bool hasCaughtUp;
    private int given;

    public async IAsyncEnumerable<SourcePage> Pages([EnumeratorCancellation] CancellationToken ct)
    {
        DateTimeOffset? began = null;
        while (left.TryPop(out var slice))
        {
            using var first = await OrLess(slice, () => Read(slice, 1, ct));
            if (first is not null)
            {
                began ??= first.SourceTime;
                await foreach (var page in PagesOf(slice, first, ct)) yield return page;
            }

            if (left.Count > 0 || !isSliced || hasCaughtUp) continue;
            // A record whose date changed meanwhile may have been in no slice: what changed is read at the end. If that
            // comes in slices too, what changes during those is for the next reading.
            hasCaughtUp = true;
            left.Push(new XeroSlice(null, null, (began ?? time.GetUtcNow()) - Overlap));
        }
    }

    private async IAsyncEnumerable<SourcePage> PagesOf(
        XeroSlice slice, ReadPage first, [EnumeratorCancellation] CancellationToken ct)
    {
        count.Begin(first.ItemCount);
        var goesOn = count.Take(first.Records);
        var (next, last, latest) = (2, first.PageCount, first.Records.Count);
        var most = Math.Clamp(BytesAhead / Math.Max(1, first.Answer.Body.Length), 1, MostAhead);
        yield return PageOf(first);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ahead = new Queue<Task<ReadPage>>();
        try
        {
            while (goesOn)
            {
                // What pages say of their number is a hint; what ends it is the count, or a page without a new record.
                if (ahead.Count == 0 && next > last && count.WantsMore && MayFollow(latest)) last = next;
                for (; ahead.Count < most && next <= last; next++) ahead.Enqueue(Read(slice, next, stop.Token));
                if (ahead.Count == 0) break;

                using var read = await OrLess(slice, ahead.Dequeue);
                if (read is null) yield break;
                (goesOn, latest) = (count.Take(read.Records), read.Records.Count);
                last = Math.Max(last, read.PageCount); // Records that came while we read can open a page.
                if (goesOn) yield return PageOf(read);
            }

            count.End();
        }
        finally
        {
            await stop.CancelAsync();
            Task rest = Task.WhenAll(ahead);
            await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Canceled: nobody wants them now.
        }
    }

    /// <param name="records">Of the page before.</param>
    private bool MayFollow(int records) => resource.Paging switch
    {
        Paging.Whole => false,
        Paging.Hundreds => records >= Hundred,
        _ => true,
    };

    /// <returns>Null = Xero does not give the slice in this form: what is left to read asks for less.</returns>
    private async Task<ReadPage?> OrLess(XeroSlice slice, Func<Task<ReadPage>> read)
    {
        try
        {
            return await read();
        }
        catch (SourceException refused)
        {
            if (!AskForLess(slice, refused.Code)) throw;
            count.Restart();
            return null;
        }
    }

    private bool AskForLess(XeroSlice slice, string refused)
    {
        if (refused == XeroCodes.TooLarge.Code && resource.Paging == Paging.Sized && form.WithSmallPages is { } smaller) form = smaller;
        else if (refused == XeroCodes.Refused.Code && form.IsOrdered) form = form.InXerosOrder; // Not every list need take an order.
        else if (refused != XeroCodes.TooManyRecords.Code && (refused != XeroCodes.TooLarge.Code || resource.Paging != Paging.Whole))
            return false;
        else if (form.IsOrdered) form = form.InXerosOrder;
        else if (resource.Date is not null && slice.Halve(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)) is var (earlier, later))
        {
            isSliced = true;
            left.Push(later);
            left.Push(earlier);
            return true;
        }
        else return false;

        left.Push(slice);
        return true;
    }

    private async Task<ReadPage> Read(XeroSlice slice, int number, CancellationToken ct) => await api.Get(
        new XeroQuestion(connectionId, form.Page(resource, number, slice), slice.Since, query.RunId, resource.Scopes[0]),
        answer => Understood(answer, slice, number), ct);

    private ReadPage Understood(XeroAnswer answer, XeroSlice slice, int number)
    {
        if (answer.Status == HttpStatusCode.NotModified)
            return slice.Since is not null
                ? new ReadPage(answer, number, null, null, [])
                : throw new UnreadableRecordException(resource.Name, "is not modified, though all was asked for");
        var envelope = Envelope.Read(answer.Body, resource.Name, resource.Key);
        var clock = XeroClock.Of(envelope.SourceTime, answer.Headers.Date, time.GetUtcNow());
        return new ReadPage(
            answer, envelope.Pages?.PageCount ?? number, envelope.Pages?.ItemCount, clock, WithoutSecrets(envelope.Records));
    }

    private IReadOnlyList<SourceRecord> WithoutSecrets(IReadOnlyList<SourceRecord> records) => resource.Secret is { } secret
        ? [.. records.Select(record => record with { Json = SecretMember.LeftOut(record.Json, secret) })]
        : records;

    private SourcePage PageOf(ReadPage read) =>
        new(++given, isSliced ? null : read.PageCount, count.Said, read.SourceTime, read.Records);

    /// <summary>A page and the answer whose bytes its records are; gone with it.</summary>
    private sealed record ReadPage(
        XeroAnswer Answer, int PageCount, long? ItemCount, DateTimeOffset? SourceTime,
        IReadOnlyList<SourceRecord> Records) : IDisposable
    {
        public void Dispose() => Answer.Dispose();
    }
}
