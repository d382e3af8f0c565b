using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Text;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Audit;

/// <summary>One line of the trail: one event.</summary>
[Index(nameof(WorkspaceId), nameof(Number))]
[Index(nameof(WorkspaceId), nameof(IsAct), nameof(Number))]
[Index(nameof(TargetId))]
[Index(nameof(CorrelationId))]
[Index(nameof(WorkspaceId), nameof(TargetKind), nameof(EventType), nameof(Action), nameof(Scope))]
[Index(nameof(WorkspaceId), nameof(Actor), nameof(Scope))]
public sealed class AuditRow : IScopedRow
{
    /// <summary>1, 2, 3 … in the order of the log.</summary>
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None)]
    public long Number { get; set; }

    public Guid EventId { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>UTC, by the store's clock.</summary>
    public DateTime At { get; set; }

    /// <summary>As in events; names stand in the vault.</summary>
    public required string Actor { get; set; }

    /// <summary>The person behind the actor; null = nobody in person.</summary>
    public Guid? MemberId { get; set; }

    public required string Action { get; set; }

    /// <summary>The event's stored name.</summary>
    public required string EventType { get; set; }

    public required string TargetKind { get; set; }

    public Guid TargetId { get; set; }

    public required string TargetName { get; set; }

    /// <summary>The organizations that it tells of, separated by spaces.</summary>
    public required string Connections { get; set; }

    public Guid Scope { get; set; }

    public Guid CorrelationId { get; set; }

    /// <summary>The first of its click, or of what happened by itself, that a person knows it by: the others are its steps.</summary>
    public bool IsAct { get; set; }

    public Guid CommandId { get; set; }

    public required string Stream { get; set; }

    public long Revision { get; set; }

    /// <summary>What the event set before, as JSON; null = nothing, or it sets nothing.</summary>
    public string? Before { get; set; }

    /// <summary>The event itself, as JSON.</summary>
    public required string After { get; set; }

    public IReadOnlyList<Guid> ConnectionIds() =>
        [.. Connections.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];
}

/// <summary>A click, or what happened by itself, of which a line was told.</summary>
public sealed class AuditActRow : IReadRow
{
    [Key]
    public Guid CorrelationId { get; set; }
}

/// <summary>What a target is called now.</summary>
[PrimaryKey(nameof(Kind), nameof(Id))]
public sealed class AuditTargetRow : IScopedRow
{
    public required string Kind { get; set; }

    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>Of the organizations that the naming event told of.</summary>
    public Guid Scope { get; set; }

    public required string Name { get; set; }
}

/// <summary>What was last set of a target, to show it as "before" the next time.</summary>
[PrimaryKey(nameof(TargetId), nameof(Aspect))]
public sealed class AuditAspectRow : IReadRow
{
    public Guid TargetId { get; set; }

    public required string Aspect { get; set; }

    public required string Json { get; set; }
}

/// <summary>How many lines the trail has, of all workspaces together.</summary>
public sealed class AuditCountRow : IReadRow
{
    /// <summary>Always 1.</summary>
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None)]
    public int Id { get; set; }

    public long Lines { get; set; }
}

/// <summary>Every event of the log becomes a line; none is left out.</summary>
public sealed class AuditTrailProjection(EventCatalog catalog) : IProjection
{
    public async Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct)
    {
        var entry = catalog.AuditOf(recorded.Event);
        var told = await Ownership.ToldBy(recorded, rows, ct);
        var scope = await Scopes.Note(rows, told, ct);
        var after = Encoding.UTF8.GetString(recorded.Stored.Data.Span);
        rows.Add(new AuditRow
        {
            Number = await NextNumber(rows, ct),
            EventId = recorded.Id,
            WorkspaceId = recorded.Metadata.WorkspaceId,
            At = recorded.At.UtcDateTime,
            Actor = recorded.Metadata.Actor,
            MemberId = Actor.MemberOf(recorded.Metadata.Actor),
            Action = entry.Words,
            EventType = recorded.Stored.Type,
            TargetKind = entry.TargetKind,
            TargetId = entry.TargetId,
            TargetName = await Name(rows, entry, recorded.Metadata.WorkspaceId, scope, ct),
            Connections = string.Join(' ', told),
            Scope = scope,
            CorrelationId = recorded.Metadata.CorrelationId,
            IsAct = !entry.Prepares && await IsAct(rows, recorded.Metadata.CorrelationId, ct),
            CommandId = recorded.Metadata.CommandId,
            Stream = recorded.Stored.Stream,
            Revision = (long)recorded.Stored.Revision,
            Before = entry.Aspect is { } aspect ? await Replace(rows, entry.TargetId, aspect, after, ct) : null,
            After = after,
        });
    }

    private static async Task<bool> IsAct(IRows rows, Guid correlationId, CancellationToken ct)
    {
        if (await rows.Find<AuditActRow>([correlationId], ct) is not null) return false;
        rows.Add(new AuditActRow { CorrelationId = correlationId });
        return true;
    }

    /// <summary>The same for the same log, in whichever store it stands.</summary>
    private static async Task<long> NextNumber(IRows rows, CancellationToken ct)
    {
        var count = await rows.Find<AuditCountRow>([1], ct);
        if (count is null)
        {
            count = new() { Id = 1 };
            rows.Add(count);
        }

        return ++count.Lines;
    }

    private static async Task<string> Name(
        IRows rows, AuditEntry entry, Guid workspaceId, Guid scope, CancellationToken ct)
    {
        var row = await rows.Find<AuditTargetRow>([entry.TargetKind, entry.TargetId], ct);
        if (entry.TargetName is not { } name) return row?.Name ?? "";
        if (row is null)
        {
            row = new() { Kind = entry.TargetKind, Id = entry.TargetId, Name = name };
            rows.Add(row);
        }

        (row.Name, row.WorkspaceId, row.Scope) = (name, workspaceId, scope);
        return name;
    }

    private static async Task<string?> Replace(
        IRows rows, Guid targetId, string aspect, string after, CancellationToken ct)
    {
        var row = await rows.Find<AuditAspectRow>([targetId, aspect], ct);
        var before = row?.Json;
        if (row is not null) row.Json = after;
        else rows.Add(new AuditAspectRow { TargetId = targetId, Aspect = aspect, Json = after });
        return before;
    }
}
