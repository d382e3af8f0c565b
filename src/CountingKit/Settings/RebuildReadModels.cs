using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Workspaces;
using MediatR;

namespace CountingKit.Settings;

/// <summary>
/// Has what pages show made anew from the log. Whichever portal projects does it; a wish that meets one under way joins it.
/// </summary>
[Asks(Permission.ManageSettings), Touches(Organizations.None)]
public sealed record RebuildReadModels(Guid CommandId) : ICommand<Appended>;

internal sealed class RebuildReadModelsHandler(
    Streams streams, Rebuilds rebuilds, CurrentCommand command, CurrentRequester current)
    : IRequestHandler<RebuildReadModels, Appended>
{
    public async Task<Appended> Handle(RebuildReadModels message, CancellationToken ct)
    {
        var workspaceId = current.Requester.WorkspaceId;
        var done = await streams.Transact(
            Workspace.StreamOf(workspaceId), Workspace.Decider, state => Workspace.RebuildReadModels(state, workspaceId), ct);
        // The trail first: who hears nothing sends it again, and then both are there.
        await rebuilds.Request(command.Context.CommandId, ct);
        return done.Appended;
    }
}
