using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Workspaces;

public sealed class WorkspaceRow : IReadRow
{
    [Key]
    public Guid WorkspaceId { get; set; }

    public required string Name { get; set; }
}

/// <summary>
/// Who is in which workspace, as what, and may see what of it, as lists show it. Gone when they are. Who may come in is
/// decided by <see cref="Memberships"/>.
/// </summary>
[PrimaryKey(nameof(WorkspaceId), nameof(MemberId))]
[Index(nameof(MemberId))]
public sealed class MemberRow : IReadRow
{
    public Guid WorkspaceId { get; set; }

    public Guid MemberId { get; set; }

    public Role Role { get; set; }

    /// <summary>The connections that they may see, separated by spaces; null = all, also those that come later.</summary>
    public string? Connections { get; set; }

    /// <summary>UTC.</summary>
    public DateTime Since { get; set; }
}

public sealed class MembersProjection : IProjection
{
    public async Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct)
    {
        switch (recorded.Event)
        {
            case WorkspaceCreated e:
                rows.Add(new WorkspaceRow { WorkspaceId = e.WorkspaceId, Name = e.Name });
                break;
            case MemberAdded e:
                var row = await rows.Find<MemberRow>([e.WorkspaceId, e.MemberId], ct);
                if (row is null)
                {
                    row = new MemberRow { WorkspaceId = e.WorkspaceId, MemberId = e.MemberId };
                    row.Since = recorded.At.UtcDateTime;
                    rows.Add(row);
                }

                row.Role = e.Role;
                row.Connections = e.Connections is null ? null : string.Join(' ', e.Connections);
                break;
            case MemberRemoved e:
                if (await rows.Find<MemberRow>([e.WorkspaceId, e.MemberId], ct) is { } gone) rows.Remove(gone);
                break;
        }
    }
}
