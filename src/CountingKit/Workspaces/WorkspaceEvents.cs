using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Workspaces;

// Stream workspace-{workspaceId}

public sealed record WorkspaceCreated(Guid WorkspaceId, string Name) : IEvent;

/// <param name="Connections">The organizations that they may see; null = all, also those that come later.</param>
public sealed record MemberAdded(Guid WorkspaceId, Guid MemberId, Role Role, IReadOnlyList<Guid>? Connections) : IEvent;

public sealed record MemberRemoved(Guid WorkspaceId, Guid MemberId) : IEvent;

public sealed record ApiKeyCreated(Guid WorkspaceId, Guid ApiKeyId, Guid MemberId, string Name) : IEvent;

public sealed record ApiKeyRevoked(Guid WorkspaceId, Guid ApiKeyId) : IEvent;

/// <summary>An owner had what pages show made anew from the log. Nothing else is touched by it.</summary>
public sealed record ReadModelsRebuildRequested(Guid WorkspaceId) : IEvent;

// Stream member-{memberId}: what sign-in did, by way of the outbox.

public sealed record MemberSignedIn(Guid MemberId) : IEvent;

public sealed record MemberSignedOut(Guid MemberId) : IEvent;

public sealed record MemberLockedOut(Guid MemberId) : IEvent;

public sealed record PasswordChanged(Guid MemberId) : IEvent;

public static class WorkspaceEvents
{
    public static EventCatalog AddWorkspaceEvents(this EventCatalog catalog) => catalog
        .Map<WorkspaceCreated>("workspace-created.v1")
        .Map<MemberAdded>("member-added.v1")
        .Map<MemberRemoved>("member-removed.v1")
        .Map<ApiKeyCreated>("api-key-created.v1")
        .Map<ApiKeyRevoked>("api-key-revoked.v1")
        .Map<ReadModelsRebuildRequested>("read-models-rebuild-requested.v1")
        .Map<MemberSignedIn>("member-signed-in.v1")
        .Map<MemberSignedOut>("member-signed-out.v1")
        .Map<MemberLockedOut>("member-locked-out.v1")
        .Map<PasswordChanged>("password-changed.v1");
}
