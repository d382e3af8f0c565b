using CountingKit.Mirror;

namespace CountingKit.Adapters.Xero;

/// <summary>Lists and reports of the Accounting API.</summary>
internal sealed class XeroSource(XeroApi api, TimeProvider time) : IAccountingSource
{
    public IAsyncEnumerable<SourcePage> ReadPages(Guid connectionId, SourceQuery query, CancellationToken ct) =>
        query.Periods is { } periods
            ? new XeroReportReading(api, connectionId, query, periods, time).Pages(ct)
            : new XeroReading(api, connectionId, query, time).Pages(ct);
}
