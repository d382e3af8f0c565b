using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using CountingKit.EventSourcing;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Workspaces;

/// <summary>
/// Who may come in: decided from the workspace's own stream, each time as it stands at that moment, so that no read model
/// that lags or stands still can keep somebody in. What was read of a stream is remembered; a look reads what came since.
/// </summary>
public sealed class Memberships(IEventStore store, EventCatalog catalog, ReadModels readModels)
{
    /// <summary>How the stored names of membership events begin, in this version and in any later one.</summary>
    private const string OfMembers = "member-";

    private readonly ConcurrentDictionary<Guid, Known> workspaces = new();

    // Where somebody was found last. Only a hint: the stream decides.
    private readonly ConcurrentDictionary<Guid, Guid> hints = new();

    private sealed record Known(Workspace.State State, ulong Next);

    /// <param name="workspaceId">The one workspace that it must be; null = the first that they are a member of.</param>
    /// <returns>Null = they are no member.</returns>
    public async Task<(Guid WorkspaceId, Workspace.Member Member)?> Find(
        Guid memberId, Guid? workspaceId, CancellationToken ct)
    {
        if (workspaceId is { } one) return await In(one, memberId, ct);
        if (hints.TryGetValue(memberId, out var hint) && await In(hint, memberId, ct) is { } there) return there;

        hints.TryRemove(memberId, out _);
        foreach (var candidate in await Candidates(memberId, ct))
        {
            if (await In(candidate, memberId, ct) is not { } found) continue;
            hints[memberId] = candidate;
            return found;
        }

        return null;
    }

    private async Task<(Guid WorkspaceId, Workspace.Member Member)?> In(Guid workspaceId, Guid memberId, CancellationToken ct) =>
        (await Now(workspaceId, ct)).Members.TryGetValue(memberId, out var member) ? (workspaceId, member) : null;

    private async Task<Workspace.State> Now(Guid workspaceId, CancellationToken ct)
    {
        var known = workspaces.GetValueOrDefault(workspaceId) ?? new(Workspace.Decider.Initial, 0);
        var next = known;
        await foreach (var stored in store.ReadStream(
            Workspace.StreamOf(workspaceId), ReadDirection.Forwards, known.Next, null, ct))
            next = new(After(next.State, stored), stored.Revision + 1);
        // A slower look may put an older state back: the next one then reads a little more.
        if (next != known) workspaces[workspaceId] = next;
        return next.State;
    }

    /// <summary>
    /// An event that this version cannot read keeps out whom it names, until a later one lets them in again; one of
    /// memberships that does not even tell whom keeps out everybody. Any other says nothing of who may come in.
    /// </summary>
    private Workspace.State After(Workspace.State state, StoredEvent stored)
    {
        try
        {
            return Workspace.Decider.Evolve(state, catalog.Deserialize(stored).Event);
        }
        catch (Exception odd) when (odd is UnreadableEventException or UnreachableException)
        {
            if (NamedBy(stored) is { } member) return state with { Members = state.Members.Remove(member) };
            return stored.Type.StartsWith(OfMembers, StringComparison.Ordinal)
                ? state with { Members = state.Members.Clear() }
                : state;
        }
    }

    /// <returns>Null = it names nobody.</returns>
    private static Guid? NamedBy(StoredEvent stored)
    {
        try
        {
            using var json = JsonDocument.Parse(stored.Data);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("memberId", out var id) && id.ValueKind == JsonValueKind.String
                && id.TryGetGuid(out var member)
                ? member
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Rows that lag know somebody too late, who is let in later; nobody is let in because of a row.</summary>
    private async Task<IReadOnlyList<Guid>> Candidates(Guid memberId, CancellationToken ct)
    {
        await using var db = readModels.Open();
        return await db.Set<MemberRow>().AsNoTracking().Where(m => m.MemberId == memberId)
            .OrderBy(m => m.Since).Select(m => m.WorkspaceId).ToListAsync(ct);
    }
}
