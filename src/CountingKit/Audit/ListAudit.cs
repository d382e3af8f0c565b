using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Audit;

/// <summary>The trail that the requester may see, newest first.</summary>
/// <param name="Before">Only lines with a smaller number, for the next page; null = from the newest.</param>
[Asks(Permission.Audit), Touches(Organizations.Visible)]
public sealed record ListAudit(
    [property: Required] AuditFilter Filter, long? Before = null, [property: Range(1, 500)] int Take = 50)
    : IQuery<AuditList>;

/// <param name="Next">What <see cref="ListAudit.Before"/> is for the next page; null = this is the last.</param>
/// <param name="Names">What the ids in the lines' contents are called now, as far as the requester may know.</param>
public sealed record AuditList(IReadOnlyList<AuditLine> Lines, long? Next, IReadOnlyDictionary<Guid, string> Names);

internal sealed partial class ListAuditHandler(
    ReadModels readModels, AuditReading reading, AuditPeople people, CurrentRequester current)
    : IRequestHandler<ListAudit, AuditList>
{
    public async Task<AuditList> Handle(ListAudit query, CancellationToken ct)
    {
        var rows = await reading.Rows(current.Requester, query.Filter, query.Before, ct)
            .Take(query.Take + 1).ToListAsync(ct);
        var next = rows.Count > query.Take ? rows[query.Take - 1].Number : (long?)null;
        if (next is not null) rows.RemoveAt(query.Take);
        return new(await people.Lines(rows, ct), next, await Names(rows, ct));
    }

    private async Task<IReadOnlyDictionary<Guid, string>> Names(IReadOnlyList<AuditRow> rows, CancellationToken ct)
    {
        var requester = current.Requester;
        var ids = rows.SelectMany(row => Ids().Matches(row.Before + row.After)).Select(id => Guid.Parse(id.ValueSpan))
            .Distinct().ToList();
        await using var db = readModels.Open();
        var hidden = (await Placements.Of(db, requester, ct)).Hidden();
        var targets = await db.Visible<AuditTargetRow>(requester)
            .Where(t => ids.Contains(t.Id) && !hidden.Contains(t.Id)).ToListAsync(ct);
        var names = (await people.Names(ids.Select(id => (Guid?)id), ct)).ToDictionary();
        foreach (var target in targets) names.TryAdd(target.Id, target.Name);
        return names;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.CultureInvariant)]
    private static partial Regex Ids();
}
