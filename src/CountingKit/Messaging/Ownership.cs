using CountingKit.EventSourcing;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Messaging;

/// <summary>What belongs to which workspace and organizations, by kind and id. Kept by <see cref="OwnershipProjection"/>.</summary>
[PrimaryKey(nameof(Kind), nameof(Id))]
[Index(nameof(WorkspaceId), nameof(Inside))]
public sealed class OwnershipRow : IScopedRow
{
    public OwnedKind Kind { get; set; }

    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>The connections whose data it shows, separated by spaces; empty = none in particular.</summary>
    public required string Connections { get; set; }

    public Guid Scope { get; set; }

    /// <summary>An exporter's spreadsheet, a spreadsheet's account; null = it is in nothing, or not any more.</summary>
    public Guid? Inside { get; set; }

    public IReadOnlyList<Guid> ConnectionIds =>
        [.. Connections.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];
}

public enum OwnedKind
{
    Connection = 1,
    GoogleAccount = 2,
    Spreadsheet = 3,
    Exporter = 4,
    Run = 5,
}

/// <summary>An event that opens or changes something which belongs to a workspace.</summary>
public interface IOwnershipEvent : IEvent
{
    /// <summary>What it is, and the connections whose data it shows; read by <see cref="OwnershipProjection"/>.</summary>
    (OwnedKind Kind, Guid Id, IReadOnlyList<Guid> Connections) Owned();
}

/// <summary>An event that puts a thing into another one, or takes it out.</summary>
public interface IPlacementEvent : IEvent
{
    /// <summary>What it is and where it is now (null = nowhere); read by <see cref="OwnershipProjection"/>.</summary>
    (OwnedKind Kind, Guid Id, Guid? Inside) Placed();
}

/// <summary>Answers the one question that every message raises: may this requester touch that?</summary>
public sealed class Ownership(ReadModels readModels)
{
    /// <returns>The connections that the message is about.</returns>
    /// <exception cref="NotFoundException">Not there, another workspace's, or of an organization they may not see.</exception>
    public async Task<IReadOnlyList<Guid>> Check(IMessage message, Requester requester, CancellationToken ct)
    {
        var touched = new HashSet<Guid>();
        await using var db = readModels.Open();
        foreach (var (kind, id) in Touched(message))
        {
            var row = await db.Set<OwnershipRow>().AsNoTracking()
                .FirstOrDefaultAsync(r => r.Kind == kind && r.Id == id, ct);
            if (row is null || row.WorkspaceId != requester.WorkspaceId || !requester.MaySee(row.ConnectionIds))
                throw new NotFoundException();
            if (kind is OwnedKind.Spreadsheet or OwnedKind.GoogleAccount
                && !(await Placements.Of(db, requester, ct)).MaySee(row)) throw new NotFoundException();
            touched.UnionWith(row.ConnectionIds);
        }

        return [.. touched.Order()];
    }

    /// <summary>
    /// The organizations that an event tells of: those it names, those of what it names, and those that whoever appended it
    /// knew of.
    /// </summary>
    internal static async Task<IReadOnlyList<Guid>> ToldBy(RecordedEvent recorded, IRows rows, CancellationToken ct)
    {
        var told = recorded.Metadata.Connections.ToHashSet();
        if (recorded.Event is IOwnershipEvent owning) told.UnionWith(owning.Owned().Connections);
        foreach (var (kind, id) in Touched(recorded.Event))
            if (kind is OwnedKind.Connection) told.Add(id);
            else if (await rows.Find<OwnershipRow>([kind, id], ct) is { } row) told.UnionWith(row.ConnectionIds);
        return [.. told.Order()];
    }

    /// <param name="naming">A message or an event.</param>
    internal static IEnumerable<(OwnedKind Kind, Guid Id)> Touched(object naming)
    {
        if (naming is IConcernsConnection { ConnectionId: var connection }) yield return (OwnedKind.Connection, connection);
        if (naming is IConcernsConnections { ConnectionIds: var several })
            foreach (var id in several) yield return (OwnedKind.Connection, id);
        if (naming is IConcernsGoogleAccount { AccountId: var account }) yield return (OwnedKind.GoogleAccount, account);
        if (naming is IConcernsSpreadsheet { SpreadsheetKey: var sheet }) yield return (OwnedKind.Spreadsheet, sheet);
        if (naming is IConcernsExporter { ExporterId: var exporter }) yield return (OwnedKind.Exporter, exporter);
        if (naming is IConcernsRun { RunId: var run }) yield return (OwnedKind.Run, run);
        if (naming is IConcernsRuns { RunIds: var runs })
            foreach (var id in runs) yield return (OwnedKind.Run, id);
    }
}

/// <summary>Notes what belongs to whom, from the events that open it. Nothing is ever taken out: history keeps its owner.</summary>
public sealed class OwnershipProjection : IProjection
{
    public async Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct)
    {
        if (recorded.Event is IOwnershipEvent opened) await Note(opened, recorded, rows, ct);
        if (recorded.Event is not IPlacementEvent placed) return;
        var (kind, id, inside) = placed.Placed();
        if (await rows.Find<OwnershipRow>([kind, id], ct) is { } row) row.Inside = inside;
    }

    private static async Task Note(IOwnershipEvent opened, RecordedEvent recorded, IRows rows, CancellationToken ct)
    {
        var (kind, id, connections) = opened.Owned();
        var (text, scope) = (string.Join(' ', connections.Order()), await Scopes.Note(rows, connections, ct));
        if (await rows.Find<OwnershipRow>([kind, id], ct) is { } row)
        {
            // Whose run it is never changes: a log may hold one number for the runs of two exporters, of which only one began.
            if (kind is not OwnedKind.Run) (row.Connections, row.Scope) = (text, scope);
        }
        else
            rows.Add(new OwnershipRow
            {
                Kind = kind,
                Id = id,
                WorkspaceId = recorded.Metadata.WorkspaceId,
                Connections = text,
                Scope = scope,
            });
    }
}
