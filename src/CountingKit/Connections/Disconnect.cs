using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Connections;

/// <summary>
/// Ends a connection for good: a worker removes its exporters, destroys the sign-in unless something else uses it, and lets
/// the organization go. What is in sheets stays; so does the history.
/// </summary>
/// <param name="OrganizationName">As the person typed it.</param>
[Asks(Permission.Connect)]
public sealed record Disconnect(
    Guid CommandId, Guid ConnectionId, [property: Required, MaxLength(300)] string OrganizationName)
    : ICommand<Appended>, IConcernsConnection;

internal sealed class DisconnectHandler(Streams streams) : IRequestHandler<Disconnect, Appended>
{
    public async Task<Appended> Handle(Disconnect message, CancellationToken ct)
    {
        var done = await streams.Transact(
            Connection.StreamOf(message.ConnectionId), Connection.Decider,
            state => Connection.RequestDisconnect(state, message.OrganizationName), ct);
        return done.Appended;
    }
}
