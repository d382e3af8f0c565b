using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Audit;

/// <summary>What the trail can be filtered by: only what occurs in lines that the requester may see.</summary>
[Asks(Permission.Audit), Touches(Organizations.Visible)]
public sealed record GetAuditChoices : IQuery<AuditChoices>;

/// <param name="Actors">By name; System and Schedule last.</param>
/// <param name="Kinds">Target kinds by name, each with its actions.</param>
public sealed record AuditChoices(IReadOnlyList<AuditActor> Actors, IReadOnlyList<AuditKind> Kinds);

/// <param name="Value">For <see cref="AuditFilter.Actor"/>.</param>
public sealed record AuditActor(string Value, string Name);

public sealed record AuditKind(string Name, IReadOnlyList<AuditAction> Actions);

/// <param name="Type">For <see cref="AuditFilter.Type"/>.</param>
public sealed record AuditAction(string Type, string Words);

internal sealed class GetAuditChoicesHandler(ReadModels readModels, AuditPeople people, CurrentRequester current)
    : IRequestHandler<GetAuditChoices, AuditChoices>
{
    public async Task<AuditChoices> Handle(GetAuditChoices query, CancellationToken ct)
    {
        var requester = current.Requester;
        await using var db = readModels.Open();
        var hidden = (await Placements.Of(db, requester, ct)).Hidden();
        var rows = db.Visible<AuditRow>(requester).Where(r => !hidden.Contains(r.TargetId));
        var actors = await rows.Select(r => r.Actor).Distinct().ToListAsync(ct);
        var actions = await rows.Select(r => new { r.TargetKind, r.EventType, r.Action }).Distinct().ToListAsync(ct);

        return new(
            await Actors(actors, ct),
            [.. actions.GroupBy(a => a.TargetKind, a => (a.EventType, a.Action))
                .OrderBy(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => new AuditKind(kind.Key, Actions(kind)))]);
    }

    private static IReadOnlyList<AuditAction> Actions(IEnumerable<(string Type, string Words)> occurring) =>
    [
        .. occurring.GroupBy(a => WithoutVersion(a.Type), a => a.Words)
            .Select(type => new AuditAction(type.Key, string.Join(" / ", type.Select(AuditEntry.ActionIn).Distinct().Order())))
            .OrderBy(action => action.Words, StringComparer.Ordinal),
    ];

    private async Task<IReadOnlyList<AuditActor>> Actors(IEnumerable<string> actors, CancellationToken ct)
    {
        var distinct = actors.Distinct().ToList();
        var members = distinct.Select(Actor.MemberOf).OfType<Guid>().Distinct().ToList();
        var names = await people.Names(members.Select(m => (Guid?)m), ct);
        return
        [
            .. members.Select(m => new AuditActor(m.ToString(), AuditPeople.Who(Actor.Member(m), names)))
                .OrderBy(a => a.Name, StringComparer.CurrentCultureIgnoreCase),
            .. distinct.Where(a => Actor.MemberOf(a) is null).Order(StringComparer.Ordinal)
                .Select(a => new AuditActor(a, AuditPeople.Who(a, names))),
        ];
    }

    private static string WithoutVersion(string type) => type[..type.LastIndexOf('.')];
}
