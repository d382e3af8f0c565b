using System.ComponentModel.DataAnnotations;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Audit;

/// <summary>The trail that the requester may see, newest first.</summary>
/// <param name="Before">Only lines with a smaller number, for the next page; null = from the newest.</param>
[Asks(Permission.Audit), Touches(Organizations.Visible)]
public sealed record ListAudit(
    [property: Required] AuditFilter Filter, long? Before = null, [property: Range(1, 500)] int Take = 50)
    : IQuery<AuditList>;

/// <param name="Next">What <see cref="ListAudit.Before"/> is for the next page; null = this is the last.</param>
public sealed record AuditList(IReadOnlyList<AuditLine> Lines, long? Next);

internal sealed class ListAuditHandler(AuditReading reading, AuditPeople people, CurrentRequester current)
    : IRequestHandler<ListAudit, AuditList>
{
    public async Task<AuditList> Handle(ListAudit query, CancellationToken ct)
    {
        var rows = await reading.Rows(current.Requester, query.Filter, query.Before, ct)
            .Take(query.Take + 1).ToListAsync(ct);
        var next = rows.Count > query.Take ? rows[query.Take - 1].Number : (long?)null;
        if (next is not null) rows.RemoveAt(query.Take);
        return new(await people.Lines(rows, await reading.Names(current.Requester, rows, ct), ct), next);
    }
}
