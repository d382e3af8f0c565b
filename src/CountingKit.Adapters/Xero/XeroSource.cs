using System.Net;
using System.Runtime.CompilerServices;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.Runs;

namespace CountingKit.Adapters.Xero;

/// <summary>Pages of the Accounting API, up to four read ahead, given in order.</summary>
internal sealed class XeroSource(XeroApi api, TimeProvider time) : IAccountingSource
{
    private const int Ahead = 4;

    public async IAsyncEnumerable<SourcePage> ReadPages(
        Guid connectionId, SourceQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var resource = XeroResource.Of(query.Resource);
        var page = await Read(connectionId, query, resource, 1, ct);
        yield return page;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ahead = new Queue<Task<SourcePage>>();
        try
        {
            var (next, last) = (2, page.PageCount);
            while (true)
            {
                for (; ahead.Count < Ahead && next <= last; next++)
                    ahead.Enqueue(Read(connectionId, query, resource, next, stop.Token));
                if (ahead.Count == 0) yield break;

                var previous = FirstKey(page);
                page = await ahead.Dequeue();
                if (page.Records.Count == 0 || FirstKey(page) == previous) yield break;
                last = Math.Max(last, page.PageCount); // Records that came while we read can open a page.
                yield return page;
            }
        }
        finally
        {
            await stop.CancelAsync();
            Task rest = Task.WhenAll(ahead);
            await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Canceled: nobody wants them now.
        }
    }

    private async Task<SourcePage> Read(
        Guid connectionId, SourceQuery query, XeroResource resource, int number, CancellationToken ct)
    {
        var answer = await api.Get(
            new XeroQuestion(connectionId, resource.Page(number), query.ModifiedSince, query.RunId), ct);
        var clock = answer.Headers.Date ?? time.GetUtcNow();
        if (answer.Status == HttpStatusCode.NotModified) return new SourcePage(number, number, null, clock, []);
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
}
