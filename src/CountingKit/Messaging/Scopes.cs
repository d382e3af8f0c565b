using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Messaging;

/// <summary>A row that tells of organizations: who may not see each of them does not see it.</summary>
public interface IScopedRow : IReadRow
{
    Guid WorkspaceId { get; }

    /// <summary>The <see cref="ScopeRow"/> of these organizations.</summary>
    Guid Scope { get; }
}

/// <summary>
/// Some organizations that rows tell of together: a list of hundreds is no key of an index, and its id is. Whichever
/// projection has a row of it first makes it; where it is missing, only those see the row who may see everything.
/// </summary>
public sealed class ScopeRow : IReadRow
{
    [Key]
    public Guid Id { get; set; }
}

/// <summary>One organization of a scope; that of what belongs to no organization has none.</summary>
[PrimaryKey(nameof(Scope), nameof(ConnectionId))]
[Index(nameof(ConnectionId))]
public sealed class ScopeMemberRow : IReadRow
{
    public Guid Scope { get; set; }

    public Guid ConnectionId { get; set; }
}

/// <summary>What of the read models a requester may see: one cut, made by the database.</summary>
public static class Scopes
{
    /// <summary>The rows of the requester's workspace that they may see.</summary>
    public static IQueryable<TRow> Visible<TRow>(this ReadDb db, Requester requester) where TRow : class, IScopedRow
    {
        var rows = db.Set<TRow>().AsNoTracking().Where(row => row.WorkspaceId == requester.WorkspaceId);
        if (requester.Connections is null) return rows;
        var seen = requester.Connections.ToList();
        var scopes = db.Set<ScopeRow>()
            .Where(scope => !db.Set<ScopeMemberRow>().Any(m => m.Scope == scope.Id && !seen.Contains(m.ConnectionId)))
            .Select(scope => scope.Id);
        return rows.Where(row => scopes.Contains(row.Scope));
    }

    /// <summary>The scopes that an organization is in.</summary>
    public static IQueryable<Guid> With(this ReadDb db, Guid connectionId) =>
        db.Set<ScopeMemberRow>().Where(m => m.ConnectionId == connectionId).Select(m => m.Scope);

    /// <summary>For a projection's row that tells of these organizations.</summary>
    /// <returns>What its <see cref="IScopedRow.Scope"/> is.</returns>
    internal static async Task<Guid> Note(IRows rows, IReadOnlyCollection<Guid> connections, CancellationToken ct)
    {
        var id = Of(connections);
        if (await rows.Find<ScopeRow>([id], ct) is not null) return id;
        rows.Add(new ScopeRow { Id = id });
        foreach (var connection in connections.Distinct()) rows.Add(new ScopeMemberRow { Scope = id, ConnectionId = connection });
        return id;
    }

    /// <summary>The same for the same organizations, in whichever order they are named.</summary>
    private static Guid Of(IEnumerable<Guid> connections) =>
        DerivedId.From(Guid.Empty, "scope", string.Join(' ', connections.Distinct().Order()));
}
