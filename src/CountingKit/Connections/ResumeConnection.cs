using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Connections;

/// <summary>The organization is read again.</summary>
[Asks(Permission.ManageExporters)]
public sealed record ResumeConnection(Guid CommandId, Guid ConnectionId) : ICommand<Appended>, IConcernsConnection;

internal sealed class ResumeConnectionHandler(Streams streams) : IRequestHandler<ResumeConnection, Appended>
{
    public async Task<Appended> Handle(ResumeConnection message, CancellationToken ct)
    {
        var done = await streams.Transact(
            Connection.StreamOf(message.ConnectionId), Connection.Decider, Connection.Resume, ct);
        return done.Appended;
    }
}
