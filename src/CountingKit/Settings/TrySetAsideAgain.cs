using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Workspaces;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Settings;

/// <summary>
/// Has everything tried once more that is set aside. What pages show is filled anew from the log, so that the events are
/// taken in at their place; reactors act on theirs now, in the order in which they happened.
/// </summary>
[Asks(Permission.ManageSettings), Touches(Organizations.None)]
public sealed record TrySetAsideAgain(Guid CommandId) : ICommand<Appended>;

internal sealed class TrySetAsideAgainHandler(
    Streams streams, ReadModels readModels, Rebuilds rebuilds, ReactorTroubles troubles, CurrentCommand command,
    CurrentRequester current) : IRequestHandler<TrySetAsideAgain, Appended>
{
    public async Task<Appended> Handle(TrySetAsideAgain message, CancellationToken ct)
    {
        var workspaceId = current.Requester.WorkspaceId;
        var done = await streams.Transact(
            Workspace.StreamOf(workspaceId), Workspace.Decider, state => Workspace.TrySetAsideAgain(state, workspaceId), ct);
        // The trail first: who hears nothing sends it again, and then all is asked for.
        await troubles.TryAgain(ct);
        await using var db = readModels.Open();
        if (await db.Set<SetAsideRow>().AnyAsync(ct)) await rebuilds.Request(command.Context.CommandId, ct);
        return done.Appended;
    }
}
