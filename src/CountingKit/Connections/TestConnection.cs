using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Connections;

/// <summary>Asks Xero, with one call, whether the organization can be read.</summary>
[Asks(Permission.Reconnect)]
public sealed record TestConnection(Guid CommandId, Guid ConnectionId)
    : ICommand<ConnectionTested>, IConcernsConnection;

/// <param name="Code">Null = the organization answered.</param>
/// <param name="Message">For an accountant; null with the code.</param>
public sealed record ConnectionTested(string? Code, string? Message, Appended Appended);

internal sealed class TestConnectionHandler(ConnectionCheck check, Streams streams)
    : IRequestHandler<TestConnection, ConnectionTested>
{
    public async Task<ConnectionTested> Handle(TestConnection message, CancellationToken ct)
    {
        var stream = Connection.StreamOf(message.ConnectionId);
        Connection.Connected(await streams.Read(stream, Connection.Decider, ct));
        var (trouble, appended) = await check.Check(message.ConnectionId, ct);
        return new ConnectionTested(trouble?.Code, trouble?.Message, appended);
    }
}
