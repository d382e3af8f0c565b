using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Vault;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Settings;

/// <summary>How the tables stand that pages read.</summary>
[Asks(Permission.ManageSettings), Touches(Organizations.None)]
public sealed record GetReadModels : IQuery<ReadModelsState>;

/// <param name="Version">Of rows and projections: another one is filled from the log by itself.</param>
/// <param name="Position">Of the last event that they tell; null = none yet.</param>
/// <param name="IsComplete">The log's end was reached.</param>
/// <param name="Rebuild">The last wish to make them anew; null = there never was one.</param>
public sealed record ReadModelsState(int Version, string? Position, bool IsComplete, RebuildRow? Rebuild)
{
    public bool IsRebuilding => Rebuild is { EndedAt: null };
}

internal sealed class GetReadModelsHandler(ReadModels readModels, Rebuilds rebuilds)
    : IRequestHandler<GetReadModels, ReadModelsState>
{
    public async Task<ReadModelsState> Handle(GetReadModels query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var row = await db.Set<ReadCheckpointRow>().AsNoTracking().SingleOrDefaultAsync(ct);
        return new(ReadDb.Version, row?.Position, row?.IsComplete ?? false, await rebuilds.Last(ct));
    }
}
