using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Workspaces;

/// <summary>The boundary of who may see what. Stream: <c>workspace-{workspaceId}</c>.</summary>
public static class Workspace
{
    /// <param name="Name">Null = not there yet.</param>
    public sealed record State(string? Name, ImmutableDictionary<Guid, Member> Members, ImmutableHashSet<Guid> ApiKeys);

    /// <param name="Connections">The organizations that they may see; null = all, also those that come later.</param>
    public sealed record Member(Role Role, IReadOnlySet<Guid>? Connections);

    public static readonly Decider<State> Decider = new(
        new State(null, ImmutableDictionary<Guid, Member>.Empty, []), Evolve);

    public static string StreamOf(Guid workspaceId) => $"workspace-{workspaceId:N}";

    /// <summary>The workspace and its first owner at once: there is never one without an owner. Twice is once.</summary>
    public static IReadOnlyList<IEvent> Create(State state, Guid workspaceId, string name, Guid ownerId)
    {
        if (state.Name is null)
            return [new WorkspaceCreated(workspaceId, name), new MemberAdded(workspaceId, ownerId, Role.Owner, null)];
        return state.Members.ContainsKey(ownerId)
            ? []
            : throw WorkspaceCodes.Taken.Refuse();
    }

    /// <summary>Somebody joins, or their role or organizations change. A workspace keeps an owner.</summary>
    /// <param name="connections">Null = all, also those that come later.</param>
    public static IReadOnlyList<IEvent> AddMember(
        State state, Guid workspaceId, Guid memberId, Role role, IReadOnlyList<Guid>? connections)
    {
        if (state.Name is null) throw WorkspaceCodes.Missing.Refuse();
        if (role != Role.Owner && IsLastOwner(state, memberId)) throw WorkspaceCodes.LastOwner.Refuse();
        return [new MemberAdded(workspaceId, memberId, role, connections)];
    }

    /// <summary>Removing who is no member changes nothing.</summary>
    public static IReadOnlyList<IEvent> RemoveMember(State state, Guid workspaceId, Guid memberId)
    {
        if (!state.Members.ContainsKey(memberId)) return [];
        if (IsLastOwner(state, memberId)) throw WorkspaceCodes.LastOwner.Refuse();
        return [new MemberRemoved(workspaceId, memberId)];
    }

    /// <summary>Asked for as often as somebody wants it.</summary>
    public static IReadOnlyList<IEvent> RebuildReadModels(State state, Guid workspaceId) =>
        state.Name is null ? throw WorkspaceCodes.Missing.Refuse() : [new ReadModelsRebuildRequested(workspaceId)];

    /// <summary>Asked for as often as somebody wants it.</summary>
    public static IReadOnlyList<IEvent> TrySetAsideAgain(State state, Guid workspaceId) =>
        state.Name is null ? throw WorkspaceCodes.Missing.Refuse() : [new SetAsideRetryRequested(workspaceId)];

    /// <summary>Who dismisses what somebody else dismissed already changes nothing.</summary>
    /// <param name="found">Null = there is nothing to dismiss.</param>
    public static IReadOnlyList<IEvent> DismissOlderLog(State state, Guid workspaceId, OlderLog? found) =>
        state.Name is null ? throw WorkspaceCodes.Missing.Refuse()
        : found is null ? []
        : [new OlderLogDismissed(workspaceId, found.EndedAt, found.FoundAt)];

    public static State Evolve(State state, IEvent @event) => @event switch
    {
        WorkspaceCreated e => state with { Name = e.Name },
        MemberAdded e => state with { Members = state.Members.SetItem(e.MemberId, new(e.Role, e.Connections?.ToFrozenSet())) },
        MemberRemoved e => state with { Members = state.Members.Remove(e.MemberId) },
        ApiKeyCreated e => state with { ApiKeys = state.ApiKeys.Add(e.ApiKeyId) },
        ApiKeyRevoked e => state with { ApiKeys = state.ApiKeys.Remove(e.ApiKeyId) },
        ReadModelsRebuildRequested or SetAsideRetryRequested or OlderLogDismissed => state,
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong in a workspace stream."),
    };

    private static bool IsLastOwner(State state, Guid memberId) =>
        state.Members.TryGetValue(memberId, out var member) && member.Role == Role.Owner
        && state.Members.Count(m => m.Value.Role == Role.Owner) == 1;
}
