using System.Runtime.CompilerServices;
using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Adapters.Xero;

/// <summary>One reading of a report: a call for each period, some ahead, given in order.</summary>
internal sealed class XeroReportReading(
    XeroApi api, Guid connectionId, SourceQuery query, IReadOnlyList<ReportPeriod> periods, TimeProvider time)
{
    private const string Reports = "Reports";
    private const int MostAhead = 4;

    private readonly Resource resource = DatasetCatalogue.ResourceOf(query.Resource);

    public async IAsyncEnumerable<SourcePage> Pages([EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ahead = new Queue<Task<(XeroAnswer Answer, Envelope Report)>>();
        var (asked, given) = (0, 0);
        try
        {
            while (given < periods.Count)
            {
                for (; asked < periods.Count && ahead.Count < MostAhead; asked++) ahead.Enqueue(Read(periods[asked], stop.Token));
                var (answer, report) = await ahead.Dequeue();
                using (answer)
                    yield return new(++given, periods.Count, periods.Count, Clock(answer, report), report.Records);
            }
        }
        finally
        {
            await stop.CancelAsync();
            Task rest = Task.WhenAll(ahead);
            await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Canceled: nobody wants them now.
        }
    }

    private Task<(XeroAnswer Answer, Envelope Report)> Read(ReportPeriod period, CancellationToken ct) => api.Get(
        new XeroQuestion(
            connectionId, $"{resource.Path}?{resource.Report!.Query(period)}", null, query.RunId, resource.Scopes[0]),
        answer => (answer, Envelope.ReadFirst(answer.Body, Reports, period.Key)), ct);

    private DateTimeOffset? Clock(XeroAnswer answer, Envelope report) =>
        XeroClock.Of(report.SourceTime, answer.Headers.Date, time.GetUtcNow());
}
