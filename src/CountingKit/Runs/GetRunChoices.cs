using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Runs;

/// <summary>What the list of runs can be filtered by, as far as the requester may see it.</summary>
[Asks(Permission.View), Touches(Organizations.Visible)]
public sealed record GetRunChoices : IQuery<RunChoices>;

/// <summary>By name; what has ended comes last.</summary>
/// <param name="Exporters">Deleted ones too.</param>
/// <param name="Organizations">Disconnected ones too.</param>
public sealed record RunChoices(
    IReadOnlyList<RunChoice> Exporters, IReadOnlyList<RunChoice> Organizations, IReadOnlyList<RunChoice> Spreadsheets);

/// <param name="HasEnded">Deleted or disconnected; its runs stay.</param>
public sealed record RunChoice(Guid Id, string Name, bool HasEnded = false);

internal sealed class GetRunChoicesHandler(ReadModels readModels, CurrentRequester current)
    : IRequestHandler<GetRunChoices, RunChoices>
{
    public async Task<RunChoices> Handle(GetRunChoices query, CancellationToken ct)
    {
        var requester = current.Requester;
        await using var db = readModels.Open();
        var exporters = await db.Visible<ExporterRow>(requester)
            .Select(e => new RunChoice(e.ExporterId, e.Name, e.DeletedAt != null)).ToListAsync(ct);
        var connections = await db.Visible<ConnectionRow>(requester).ToListAsync(ct);
        var names = await db.Names(connections, ct);
        var spreadsheets = await db.Set<SpreadsheetRow>().AsNoTracking().Where(s => s.WorkspaceId == requester.WorkspaceId)
            .Select(s => new RunChoice(s.SpreadsheetKey, s.Title, false)).ToListAsync(ct);
        var placements = await Placements.Of(db, requester, ct);

        return new(
            Ordered(exporters),
            Ordered(connections.Select(c => new RunChoice(c.ConnectionId, names[c.ConnectionId], c.DisconnectedAt is not null))),
            Ordered(spreadsheets.Where(s => placements.MaySee(s.Id))));
    }

    private static IReadOnlyList<RunChoice> Ordered(IEnumerable<RunChoice> choices) =>
    [
        .. choices.OrderBy(c => c.HasEnded).ThenBy(c => c.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(c => c.Id),
    ];
}
