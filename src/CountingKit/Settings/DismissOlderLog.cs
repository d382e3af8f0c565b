using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Workspaces;
using MediatR;

namespace CountingKit.Settings;

/// <summary>An owner has seen that the log is an older one: it is told no more, but for the trail.</summary>
[Asks(Permission.ManageSettings), Touches(Organizations.None)]
public sealed record DismissOlderLog(Guid CommandId) : ICommand<Appended>;

internal sealed class DismissOlderLogHandler(Streams streams, OlderLogs logs, CurrentRequester current)
    : IRequestHandler<DismissOlderLog, Appended>
{
    public async Task<Appended> Handle(DismissOlderLog message, CancellationToken ct)
    {
        var workspaceId = current.Requester.WorkspaceId;
        var found = await logs.Find(ct);
        var done = await streams.Transact(
            Workspace.StreamOf(workspaceId), Workspace.Decider,
            state => Workspace.DismissOlderLog(state, workspaceId, found), ct);
        // The trail first: who hears nothing sends it again, and then it is told no more.
        if (found is not null) await logs.Seen(found, ct);
        return done.Appended;
    }
}

/// <summary>What was found of an older log and nobody has dismissed; null = nothing.</summary>
[Asks(Permission.ManageSettings), Touches(Organizations.None)]
public sealed record GetOlderLog : IQuery<OlderLog?>;

internal sealed class GetOlderLogHandler(OlderLogs logs) : IRequestHandler<GetOlderLog, OlderLog?>
{
    public Task<OlderLog?> Handle(GetOlderLog query, CancellationToken ct) => logs.Find(ct);
}
