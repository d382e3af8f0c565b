using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Runs;

/// <summary>Whether an exporter's tab holds old data on purpose, and whose purpose.</summary>
[Asks(Permission.View)]
public sealed record FindReplayed(Guid ExporterId) : IQuery<Replayed?>, IConcernsExporter;

/// <param name="At">UTC: when it was replayed.</param>
/// <param name="By">Who did it, by name.</param>
public sealed record Replayed(DateTime At, string By);

internal sealed class FindReplayedHandler(ReadModels readModels, ConnectionFacts facts) : IRequestHandler<FindReplayed, Replayed?>
{
    public async Task<Replayed?> Handle(FindReplayed query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var row = await db.Set<ExporterRow>().AsNoTracking().SingleOrDefaultAsync(e => e.ExporterId == query.ExporterId, ct);
        if (row is not { ReplayedAt: { } at, ReplayedBy: { } by }) return null;
        return new(at, (await facts.Names([by], ct))[by]);
    }
}
