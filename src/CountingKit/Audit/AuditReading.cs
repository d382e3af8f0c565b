using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Audit;

/// <summary>Reads the trail, newest first, as it is asked for: never the whole of it at once.</summary>
internal sealed partial class AuditReading(ReadModels readModels, AuditPeople people)
{
    private const int Batch = 200;

    /// <summary>Lines for a file. Of those that set nothing anew, no id is told by name.</summary>
    /// <param name="before">Only lines with a smaller number; null = from the newest.</param>
    public async IAsyncEnumerable<AuditLine> Read(
        Requester requester, AuditFilter filter, long? before, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var rows in Rows(requester, filter, before, ct).Chunk(Batch).WithCancellation(ct))
            foreach (var line in await people.Lines(rows, await Names(requester, rows.Where(row => row.Before is not null), ct), ct))
                yield return line;
    }

    /// <summary>What the ids in rows' contents are called now, as far as the requester may know.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Names(Requester requester, IEnumerable<AuditRow> rows, CancellationToken ct)
    {
        var ids = rows.SelectMany(row => Ids().Matches(row.Before + row.After)).Select(id => Guid.Parse(id.ValueSpan))
            .Distinct().ToList();
        if (ids.Count == 0) return new Dictionary<Guid, string>();
        await using var db = readModels.Open();
        var hidden = (await Placements.Of(db, requester, ct)).Hidden();
        var targets = await db.Visible<AuditTargetRow>(requester)
            .Where(t => ids.Contains(t.Id) && !hidden.Contains(t.Id)).ToListAsync(ct);
        var names = (await people.Names(ids.Select(id => (Guid?)id), ct)).ToDictionary();
        foreach (var target in targets) names.TryAdd(target.Id, target.Name);
        return names;
    }

    public async IAsyncEnumerable<AuditRow> Rows(
        Requester requester, AuditFilter filter, long? before, [EnumeratorCancellation] CancellationToken ct)
    {
        var named = await people.Named(filter.Text, ct);
        await using var db = readModels.Open();
        var hidden = (await Placements.Of(db, requester, ct)).Hidden();
        var rows = db.Visible<AuditRow>(requester).Where(r => !hidden.Contains(r.TargetId));
        if (before is { } number) rows = rows.Where(r => r.Number < number);
        // To who sees some organizations only, an act's first line may be hidden, and its steps not.
        if (requester.Connections is not null) filter = filter with { ActsOnly = false };
        rows = filter.Of(rows, named).OrderByDescending(r => r.Number);
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(ct)) yield return row;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.CultureInvariant)]
    private static partial Regex Ids();
}
