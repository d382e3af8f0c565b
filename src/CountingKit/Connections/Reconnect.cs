using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Connections;

/// <summary>Reads the same organization through a new sign-in. Exporters and history stay.</summary>
/// <param name="SignInId">The sign-in that was started for this connection, the member's own and recent.</param>
[Asks(Permission.Reconnect)]
public sealed record Reconnect(Guid CommandId, Guid ConnectionId, Guid SignInId)
    : ICommand<Appended>, IConcernsConnection;

internal sealed class ReconnectHandler(Streams streams, IXeroSignIn signIn, CurrentRequester current)
    : IRequestHandler<Reconnect, Appended>
{
    public async Task<Appended> Handle(Reconnect message, CancellationToken ct)
    {
        var granted = await signIn.Find(message.SignInId, current.Requester.MemberId, ct);
        if (granted is null || granted.ReconnectId != message.ConnectionId) throw new NotFoundException();

        var stream = Connection.StreamOf(message.ConnectionId);
        var decided = await DecideOrDecline(await streams.Read(stream, Connection.Decider, ct), granted);
        foreach (var reconnected in decided.OfType<OrganizationReconnected>())
            await signIn.AttachOrRefuse(granted.SignInId, message.ConnectionId, reconnected.TenantId);
        var done = await streams.Transact(
            stream, Connection.Decider, state => Connection.Reconnect(state, granted), CancellationToken.None);
        return done.Appended;
    }

    private async Task<IReadOnlyList<IEvent>> DecideOrDecline(Connection.State state, XeroSignInGranted granted)
    {
        try
        {
            return Connection.Reconnect(state, granted);
        }
        catch (RefusedException)
        {
            await signIn.Decline(granted.SignInId);
            throw;
        }
    }
}
