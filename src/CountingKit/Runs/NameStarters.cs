using System.ComponentModel.DataAnnotations;
using CountingKit.Connections;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Runs;

/// <summary>Who or what started runs that the requester has read, in words: "Ann Lee", "the schedule".</summary>
[Asks(Permission.View), Touches(Organizations.Visible)]
public sealed record NameStarters([property: MaxLength(200)] IReadOnlyList<RunRow> Runs) : IQuery<IReadOnlyDictionary<Guid, string>>;

internal sealed class NameStartersHandler(ConnectionFacts facts)
    : IRequestHandler<NameStarters, IReadOnlyDictionary<Guid, string>>
{
    public async Task<IReadOnlyDictionary<Guid, string>> Handle(NameStarters query, CancellationToken ct)
    {
        var names = await facts.Names(query.Runs.Select(run => run.Actor), ct);
        return query.Runs.ToDictionary(run => run.RunId, run => run.Trigger switch
        {
            RunTrigger.Person => names[run.Actor],
            RunTrigger.Schedule => run.Schedule is { } schedule ? $"the schedule “{schedule}”" : "the schedule",
            RunTrigger.Api => $"{names[run.Actor]}, by the API",
            RunTrigger.Replay => $"{names[run.Actor]}, as a replay",
        });
    }
}
