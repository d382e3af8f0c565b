using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Vault;

/// <summary>
/// What a command's number was used for, so that it stands for nothing else. Written before the command does anything;
/// swept after some weeks.
/// </summary>
[PrimaryKey(nameof(WorkspaceId), nameof(MemberId), nameof(Number))]
[Index(nameof(At))]
public sealed class CommandNumberRow
{
    /// <summary>With <see cref="MemberId"/> empty: the id of something that a command makes, which is nobody's to give twice.</summary>
    public Guid WorkspaceId { get; set; }

    public Guid MemberId { get; set; }

    /// <summary>As the form or the API's caller gave it.</summary>
    public Guid Number { get; set; }

    [MaxLength(100)]
    public required string Type { get; set; }

    /// <summary>SHA-256, in hex, of all that the command says except its secrets.</summary>
    [MaxLength(64)]
    public required string Body { get; set; }

    /// <summary>By which its events are found.</summary>
    public Guid CommandId { get; set; }

    public DateTime At { get; set; }
}
