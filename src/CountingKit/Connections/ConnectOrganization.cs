using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Connections;

/// <summary>Connects an organization that this member has just allowed access to on Xero's page.</summary>
/// <param name="SignInId">The sign-in; it must be the member's own and recent.</param>
/// <param name="TenantId">Xero's id of the organization, one of those that the sign-in covers.</param>
[Asks(Permission.Connect), Touches(Organizations.OwnSignIn)]
public sealed record ConnectOrganization(Guid CommandId, Guid SignInId, Guid TenantId)
    : ICommand<ConnectedOrganization>;

public sealed record ConnectedOrganization(Guid ConnectionId, string OrganizationName, Appended Appended);

internal sealed class ConnectOrganizationHandler(
    Streams streams, IXeroSignIn signIn, CurrentRequester current, CurrentCommand command)
    : IRequestHandler<ConnectOrganization, ConnectedOrganization>
{
    public async Task<ConnectedOrganization> Handle(ConnectOrganization message, CancellationToken ct)
    {
        var requester = current.Requester;
        var granted = await signIn.Find(message.SignInId, requester.MemberId, ct);
        var choice = granted?.Organizations.FirstOrDefault(o => o.TenantId == message.TenantId);
        if (granted is null || choice is null || granted.WorkspaceId != requester.WorkspaceId)
            throw new NotFoundException();

        var connectionId = DerivedId.From(command.Context.CommandId, "connection");
        command.Context = command.Context with { Connections = [connectionId] };
        var claim = new OrganizationClaimed(
            connectionId, choice.TenantId, requester.WorkspaceId, choice.Name, granted.XeroUserId, granted.Scopes);

        // The sign-in is in place before the log says so; one that never gets its event is swept up later.
        var stream = Tenant.StreamOf(choice.TenantId);
        if ((await DecideOrDecline(await streams.Read(stream, Tenant.Decider, ct), claim, granted)).Count > 0)
            await signIn.AttachOrRefuse(granted.SignInId, connectionId, choice.TenantId);
        var done = await streams.Transact(
            stream, Tenant.Decider, state => Tenant.Connect(state, claim), CancellationToken.None);
        return new ConnectedOrganization(connectionId, choice.Name, done.Appended);
    }

    /// <summary>A sign-in that gave nothing but what another workspace has is of no use here.</summary>
    private async Task<IReadOnlyList<IEvent>> DecideOrDecline(
        Tenant.State state, OrganizationClaimed claim, XeroSignInGranted granted)
    {
        try
        {
            return Tenant.Connect(state, claim);
        }
        catch (RefusedException refused) when (refused.Code == ConnectionCodes.ConnectedElsewhere.Code
            && granted.Organizations.All(o => !o.JustGranted || o.TenantId == claim.TenantId))
        {
            await signIn.Decline(granted.SignInId);
            throw;
        }
    }
}
