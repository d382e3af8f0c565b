using System.Net;
using System.Runtime.CompilerServices;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.Runs;

namespace CountingKit.Adapters.Xero;

/// <summary>Pages of the Accounting API, some read ahead, given in order.</summary>
internal sealed class XeroSource(XeroApi api, TimeProvider time) : IAccountingSource
{
    private const int MostAhead = 4;

    /// <summary>Bytes of pages that may wait: of large records fewer pages are read ahead.</summary>
    private const int BytesAhead = 6 * 1024 * 1024;

    public async IAsyncEnumerable<SourcePage> ReadPages(
        Guid connectionId, SourceQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var resource = XeroResource.Of(query.Resource);
        using var first = await Read(connectionId, query, resource, 1, ct);
        var (next, last, key) = (2, first.Page.PageCount, FirstKey(first.Page));
        var most = Math.Clamp(BytesAhead / Math.Max(1, first.Answer.Body.Length), 1, MostAhead);
        yield return first.Page;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ahead = new Queue<Task<ReadPage>>();
        try
        {
            while (true)
            {
                for (; ahead.Count < most && next <= last; next++)
                    ahead.Enqueue(Read(connectionId, query, resource, next, stop.Token));
                if (ahead.Count == 0) yield break;

                using var read = await ahead.Dequeue();
                if (read.Page.Records.Count == 0 || FirstKey(read.Page) == key) yield break;
                key = FirstKey(read.Page);
                last = Math.Max(last, read.Page.PageCount); // Records that came while we read can open a page.
                yield return read.Page;
            }
        }
        finally
        {
            await stop.CancelAsync();
            Task rest = Task.WhenAll(ahead);
            await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Canceled: nobody wants them now.
        }
    }

    private async Task<ReadPage> Read(
        Guid connectionId, SourceQuery query, XeroResource resource, int number, CancellationToken ct)
    {
        var answer = await api.Get(
            new XeroQuestion(connectionId, resource.Page(number), query.ModifiedSince, query.RunId), ct);
        return new(answer, PageOf(answer, query, resource, number));
    }

    private SourcePage PageOf(XeroAnswer answer, SourceQuery query, XeroResource resource, int number)
    {
        if (answer.Status == HttpStatusCode.NotModified)
            return query.ModifiedSince is not null
                ? new SourcePage(number, number, null, null, [])
                : throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.NotUnderstood); // Of everything: not "empty".
        var clock = answer.Headers.Date ?? time.GetUtcNow();
        try
        {
            var envelope = Envelope.Read(answer.Body, resource.Name, resource.Key);
            return new SourcePage(
                number, envelope.Pages?.PageCount ?? PageCountUntold(number, envelope), envelope.Pages?.ItemCount,
                envelope.SourceTime ?? clock, envelope.Records);
        }
        catch (UnreadableRecordException unreadable)
        {
            throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.NotUnderstood, unreadable);
        }
    }

    /// <summary>Without a page count there is another page until one is empty or repeats the one before.</summary>
    private static int PageCountUntold(int number, Envelope envelope) =>
        envelope.Records.Count > 0 ? number + 1 : number;

    private static string? FirstKey(SourcePage page) => page.Records.Count > 0 ? page.Records[0].Key : null;

    /// <summary>A page and the answer whose bytes its records are; gone with it.</summary>
    private sealed record ReadPage(XeroAnswer Answer, SourcePage Page) : IDisposable
    {
        public void Dispose() => Answer.Dispose();
    }
}
