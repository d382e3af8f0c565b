using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Workspaces;

// Stream workspace-{workspaceId}

[Touches(Organizations.None)]
public sealed record WorkspaceCreated(Guid WorkspaceId, string Name) : IEvent;

/// <param name="Connections">The organizations that they may see; null = all, also those that come later.</param>
public sealed record MemberAdded(Guid WorkspaceId, Guid MemberId, Role Role, IReadOnlyList<Guid>? Connections)
    : IEvent, IConcernsConnections
{
    IReadOnlyList<Guid> IConcernsConnections.ConnectionIds => Connections ?? [];
}

[Touches(Organizations.None)]
public sealed record MemberRemoved(Guid WorkspaceId, Guid MemberId) : IEvent;

[Touches(Organizations.None)]
public sealed record ApiKeyCreated(Guid WorkspaceId, Guid ApiKeyId, Guid MemberId, string Name) : IEvent;

[Touches(Organizations.None)]
public sealed record ApiKeyRevoked(Guid WorkspaceId, Guid ApiKeyId) : IEvent;

/// <summary>An owner had what pages show made anew from the log. Nothing else is touched by it.</summary>
[Touches(Organizations.None)]
public sealed record ReadModelsRebuildRequested(Guid WorkspaceId) : IEvent;

/// <summary>An owner had everything that is set aside tried once more.</summary>
[Touches(Organizations.None)]
public sealed record SetAsideRetryRequested(Guid WorkspaceId) : IEvent;

/// <summary>An owner has seen that the log was put back from an older backup.</summary>
/// <param name="EndedAt">When the last event happened that it held.</param>
/// <param name="FoundAt">When that was found.</param>
[Touches(Organizations.None)]
public sealed record OlderLogDismissed(Guid WorkspaceId, DateTimeOffset EndedAt, DateTimeOffset FoundAt) : IEvent;

// Stream installation-log, the first of a log: it names the installation that log and vault belong to.

[Touches(Organizations.None)]
public sealed record InstallationCreated(Guid InstallationId) : IEvent;

// Stream member-{memberId}: what sign-in did, by way of the outbox.

[Touches(Organizations.None)]
public sealed record MemberSignedIn(Guid MemberId) : IEvent;

/// <param name="Everywhere">True = every session of the member ended; null = one.</param>
[Touches(Organizations.None)]
public sealed record MemberSignedOut(Guid MemberId, bool? Everywhere = null) : IEvent;

/// <summary>Somebody gave a wrong password for the member.</summary>
/// <param name="Failures">
/// How many there were since the last sign-in: the first twenty are told one by one, then each time that they have doubled.
/// </param>
[Touches(Organizations.None)]
public sealed record SignInFailed(Guid MemberId, int Failures) : IEvent;

/// <summary>Nobody is locked out any more; older logs tell of it.</summary>
[Touches(Organizations.None)]
public sealed record MemberLockedOut(Guid MemberId) : IEvent;

[Touches(Organizations.None)]
public sealed record PasswordChanged(Guid MemberId) : IEvent;

/// <summary>An owner set a new password with a code that the installation's console printed.</summary>
[Touches(Organizations.None)]
public sealed record OwnerRestored(Guid MemberId) : IEvent;

public static class WorkspaceEvents
{
    public static EventCatalog AddWorkspaceEvents(this EventCatalog catalog) => catalog
        .Map<WorkspaceCreated>("workspace-created.v1", e => new("Created the workspace", "workspace", e.WorkspaceId, e.Name))
        .Map<MemberAdded>("member-added.v1", e => new("Added a member", "member", e.MemberId, Aspect: "access"))
        .Map<MemberRemoved>("member-removed.v1", e => new("Removed a member", "member", e.MemberId, Aspect: "access"))
        .Map<ApiKeyCreated>("api-key-created.v1", e => new("Created an API key", "API key", e.ApiKeyId, e.Name))
        .Map<ApiKeyRevoked>("api-key-revoked.v1", e => new("Revoked an API key", "API key", e.ApiKeyId))
        .Map<ReadModelsRebuildRequested>("read-models-rebuild-requested.v1", e => new(
            "Asked to rebuild the data of the pages", "workspace", e.WorkspaceId))
        .Map<SetAsideRetryRequested>("set-aside-retry-requested.v1", e => new(
            "Retried what was set aside", "workspace", e.WorkspaceId))
        .Map<OlderLogDismissed>("older-log-dismissed.v1", e => new(
            "Took note that the log is an older one", "workspace", e.WorkspaceId))
        .Map<InstallationCreated>("installation-created.v1", e => new(
            "Started the log of this installation", "installation", e.InstallationId))
        .Map<MemberSignedIn>("member-signed-in.v1", e => new("Signed in", "member", e.MemberId))
        .Map<MemberSignedOut>("member-signed-out.v1", e => new(
            e.Everywhere == true ? "Signed out everywhere" : "Signed out", "member", e.MemberId))
        .Map<SignInFailed>("sign-in-failed.v1", e => new("Somebody gave a wrong password", "member", e.MemberId))
        .Map<MemberLockedOut>("member-locked-out.v1", e => new("Was locked out after failed sign-ins", "member", e.MemberId))
        .Map<PasswordChanged>("password-changed.v1", e => new("Changed the password", "member", e.MemberId))
        .Map<OwnerRestored>("owner-restored.v1", e => new(
            "Set a new password with a code from the console", "member", e.MemberId));
}
