using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Connections;

/// <summary>What the requester's own sign-in at Xero covers, and what can be done with it.</summary>
[Asks(Permission.Reconnect), Touches(Organizations.OwnSignIn)]
public sealed record GetXeroSignIn(Guid SignInId) : IQuery<XeroSignInChoices>;

/// <param name="MissingPermissions">Asked for and not granted, as people read them.</param>
public sealed record XeroSignInChoices(
    XeroSignInGranted Granted, IReadOnlyList<XeroSignInChoice> Choices, IReadOnlyList<string> MissingPermissions);

/// <param name="Name">With the end of Xero's id where the sign-in covers several organizations of one name.</param>
/// <param name="ConnectionId">
/// The connection that reads it already, where it is this workspace's and the requester may see it; else null.
/// </param>
public sealed record XeroSignInChoice(XeroChoice Organization, string Name, ChoiceState State, Guid? ConnectionId);

public enum ChoiceState { Free, ConnectedHere, ConnectedElsewhere }

internal sealed class GetXeroSignInHandler(IXeroSignIn signIn, Streams streams, CurrentRequester current)
    : IRequestHandler<GetXeroSignIn, XeroSignInChoices>
{
    public async Task<XeroSignInChoices> Handle(GetXeroSignIn query, CancellationToken ct)
    {
        var requester = current.Requester;
        var granted = await signIn.Find(query.SignInId, requester.MemberId, ct);
        if (granted is null || granted.WorkspaceId != requester.WorkspaceId) throw new NotFoundException();

        var choices = new List<XeroSignInChoice>();
        foreach (var organization in granted.Organizations)
        {
            var name = Names(organization, granted.Organizations);
            var state = await streams.Read(Tenant.StreamOf(organization.TenantId), Tenant.Decider, ct);
            choices.Add(state switch
            {
                Tenant.State.Held held when held.WorkspaceId == requester.WorkspaceId => new XeroSignInChoice(
                    organization, name, ChoiceState.ConnectedHere,
                    requester.MaySee([held.ConnectionId]) ? held.ConnectionId : null),
                Tenant.State.Held => new XeroSignInChoice(organization, name, ChoiceState.ConnectedElsewhere, null),
                _ => new XeroSignInChoice(organization, name, ChoiceState.Free, null),
            });
        }

        return new XeroSignInChoices(
            granted, choices, XeroPermissions.MissingMeanings(signIn.Scopes, granted.Scopes));
    }

    private static string Names(XeroChoice one, IReadOnlyList<XeroChoice> all) =>
        all.Count(other => string.Equals(other.Name, one.Name, StringComparison.OrdinalIgnoreCase)) == 1
            ? one.Name
            : $"{one.Name} ({ConnectionNames.EndOf(one.TenantId)})";
}
