using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Connections;

/// <summary>Nothing is read from the organization until it is resumed.</summary>
[Asks(Permission.ManageExporters)]
public sealed record PauseConnection(Guid CommandId, Guid ConnectionId) : ICommand<Appended>, IConcernsConnection;

internal sealed class PauseConnectionHandler(Streams streams) : IRequestHandler<PauseConnection, Appended>
{
    public async Task<Appended> Handle(PauseConnection message, CancellationToken ct)
    {
        var done = await streams.Transact(
            Connection.StreamOf(message.ConnectionId), Connection.Decider, Connection.Pause, ct);
        return done.Appended;
    }
}
