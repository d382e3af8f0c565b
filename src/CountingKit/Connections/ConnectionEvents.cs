using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Connections;

// Stream tenant-{tenantId}: which workspace's connection an organization belongs to.

/// <summary>An organization was taken by a connection. A reactor opens the connection's stream from it.</summary>
/// <param name="TenantId">Xero's id of the organization.</param>
/// <param name="WorkspaceId">Whose it is from now on.</param>
/// <param name="XeroUserId">Whose sign-in reads it; a pseudonym, names stand in the vault.</param>
/// <param name="Scopes">The permissions granted, as Xero names them.</param>
public sealed record OrganizationClaimed(
    Guid ConnectionId, Guid TenantId, Guid WorkspaceId, string OrganizationName, Guid XeroUserId,
    IReadOnlyList<string> Scopes)
    : IOwnershipEvent
{
    public (OwnedKind Kind, Guid Id, IReadOnlyList<Guid> Connections) Owned() =>
        (OwnedKind.Connection, ConnectionId, [ConnectionId]);
}

/// <summary>The organization may be connected again, here or elsewhere.</summary>
public sealed record OrganizationReleased(Guid ConnectionId, Guid TenantId) : IEvent, IConcernsConnection;

// Stream connection-{connectionId}: the life of one connection.

public sealed record OrganizationConnected(
    Guid ConnectionId, Guid TenantId, string OrganizationName, Guid XeroUserId, IReadOnlyList<string> Scopes) : IEvent, IConcernsConnection;

/// <summary>What Xero says of the organization; appended when it differs from what was known.</summary>
/// <param name="CountryCode">ISO 3166, such as GB.</param>
/// <param name="BaseCurrency">ISO 4217.</param>
/// <param name="TimeZone">Xero's own name of it.</param>
/// <param name="ShortCode">For links into Xero; null = Xero gave none.</param>
public sealed record OrganizationDescribed(
    Guid ConnectionId,
    string OrganizationName,
    string? LegalName,
    string? CountryCode,
    string? BaseCurrency,
    int? FinancialYearEndDay,
    int? FinancialYearEndMonth,
    string? TimeZone,
    string? ShortCode,
    string? Status,
    bool IsDemo) : IEvent, IConcernsConnection;

/// <summary>Somebody signed in again for the same organization.</summary>
/// <param name="SignInId">Which sign-in: answered once, it reconnects once.</param>
public sealed record OrganizationReconnected(
    Guid ConnectionId,
    Guid TenantId,
    string OrganizationName,
    Guid XeroUserId,
    IReadOnlyList<string> Scopes,
    Guid SignInId) : IEvent, IConcernsConnection;

/// <summary>Xero does not accept the sign-in any more: a person must reconnect.</summary>
public sealed record SignInExpired(Guid ConnectionId, string Code) : IEvent, IConcernsConnection;

/// <summary>The organization is gone, or the person who signed in lost it.</summary>
public sealed record AccessLost(Guid ConnectionId, string Code) : IEvent, IConcernsConnection;

/// <summary>
/// Reading works again after <see cref="SignInExpired"/> or <see cref="AccessLost"/> without a new sign-in.
/// </summary>
public sealed record AccessRegained(Guid ConnectionId) : IEvent, IConcernsConnection;

/// <summary>A person asked to end the connection. A worker carries it through.</summary>
public sealed record DisconnectRequested(Guid ConnectionId, Guid TenantId) : IEvent, IConcernsConnection;

/// <summary>A step of disconnecting that is about to be taken.</summary>
/// <param name="Step">One of <see cref="DisconnectSteps"/>.</param>
public sealed record DisconnectStepTaken(Guid ConnectionId, string Step) : IEvent, IConcernsConnection;

/// <summary>
/// Nothing is read through it any more; its sign-in is destroyed here and at Xero unless something else uses it. What is in
/// sheets stays; so does the trail.
/// </summary>
public sealed record OrganizationDisconnected(Guid ConnectionId, Guid TenantId) : IEvent, IConcernsConnection;

public sealed record ConnectionPaused(Guid ConnectionId) : IEvent, IConcernsConnection;

public sealed record ConnectionResumed(Guid ConnectionId) : IEvent, IConcernsConnection;

/// <summary>What people call it here; all may be null.</summary>
public sealed record ConnectionLabeled(Guid ConnectionId, string? Alias, string? ClientCode, IReadOnlyList<string> Tags)
    : IEvent, IConcernsConnection;

public static class ConnectionEvents
{
    public static EventCatalog AddConnectionEvents(this EventCatalog catalog) => catalog
        .Map<OrganizationClaimed>("organization-claimed.v1", e => new(
            "Assigned the organization to this workspace", "organization", e.ConnectionId, e.OrganizationName, Prepares: true))
        .Map<OrganizationReleased>("organization-released.v1", e => new(
            "Released the organization", "organization", e.ConnectionId))
        .Map<OrganizationConnected>("organization-connected.v1", e => new(
            "Connected the organization", "organization", e.ConnectionId, e.OrganizationName, "sign-in"))
        .Map<OrganizationDescribed>("organization-described.v1", e => new(
            "Read the organization's details from Xero", "organization", e.ConnectionId, e.OrganizationName, "description"))
        .Map<OrganizationReconnected>("organization-reconnected.v1", e => new(
            "Reconnected the organization", "organization", e.ConnectionId, e.OrganizationName, "sign-in"))
        .Map<SignInExpired>("sign-in-expired.v1", e => new(
            "Xero no longer accepts the sign-in", "organization", e.ConnectionId))
        .Map<AccessLost>("access-lost.v1", e => new(
            "Found that the organization can no longer be read", "organization", e.ConnectionId))
        .Map<AccessRegained>("access-regained.v1", e => new(
            "Found that the organization can be read again", "organization", e.ConnectionId))
        .Map<DisconnectRequested>("disconnect-requested.v1", e => new(
            "Asked to disconnect the organization", "organization", e.ConnectionId))
        .Map<DisconnectStepTaken>("disconnect-step-taken.v1", e => new(
            "Took a step to disconnect the organization", "organization", e.ConnectionId, Detail: DisconnectSteps.Words(e.Step)))
        .Map<OrganizationDisconnected>("organization-disconnected.v1", e => new(
            "Disconnected the organization", "organization", e.ConnectionId))
        .Map<ConnectionPaused>("connection-paused.v1", e => new("Paused the connection", "organization", e.ConnectionId))
        .Map<ConnectionResumed>("connection-resumed.v1", e => new("Resumed the connection", "organization", e.ConnectionId))
        .Map<ConnectionLabeled>("connection-labeled.v1", e => new(
            "Changed alias, client code or tags", "organization", e.ConnectionId, Aspect: "labels"));
}
