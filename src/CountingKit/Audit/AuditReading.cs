using System.Runtime.CompilerServices;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Audit;

/// <summary>Reads the trail, newest first, as it is asked for: never the whole of it at once.</summary>
internal sealed class AuditReading(ReadModels readModels, AuditPeople people)
{
    private const int Batch = 200;

    /// <param name="before">Only lines with a smaller number; null = from the newest.</param>
    public async IAsyncEnumerable<AuditLine> Read(
        Requester requester, AuditFilter filter, long? before, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var rows in Rows(requester, filter, before, ct).Chunk(Batch).WithCancellation(ct))
            foreach (var line in await people.Lines(rows, ct)) yield return line;
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
}
