using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Vault;

/// <summary>A member's credentials. Its id is the member id; roles and access are events.</summary>
public sealed class MemberLogin : IdentityUser<Guid>;

/// <summary>A member's name and address: here, not in events, so that a person can be removed.</summary>
public sealed class PersonRow
{
    [Key]
    public Guid MemberId { get; set; }

    [MaxLength(200)]
    public required string Name { get; set; }

    [MaxLength(300)]
    public required string Email { get; set; }
}

/// <summary>From which network address a command came.</summary>
public sealed class AccessRow
{
    [Key]
    public Guid CommandId { get; set; }

    public Guid? MemberId { get; set; }

    [MaxLength(60)]
    public required string Address { get; set; }

    public DateTime At { get; set; }
}

/// <summary>An API key; only its hash is kept.</summary>
[Index(nameof(Hash), IsUnique = true)]
public sealed class ApiKeyRow
{
    [Key]
    public Guid Id { get; set; }

    /// <summary>SHA-256 of the key, in hex.</summary>
    [MaxLength(64)]
    public required string Hash { get; set; }

    [MaxLength(100)]
    public required string Name { get; set; }

    public Guid MemberId { get; set; }

    public Guid WorkspaceId { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? RevokedAt { get; set; }
}

/// <summary>
/// Something that sign-in did, on its way to the log: written in the transaction that did it, gone once it is an event.
/// </summary>
public sealed class OutboxRow
{
    public long Id { get; set; }

    public Guid EventId { get; set; }

    [MaxLength(200)]
    public required string Stream { get; set; }

    [MaxLength(100)]
    public required string Type { get; set; }

    public required string Data { get; set; }

    public required string Metadata { get; set; }
}

/// <summary>A value of the installation itself, such as its owner code's hash.</summary>
public sealed class SettingRow
{
    [Key, MaxLength(100)]
    public required string Name { get; set; }

    public required string Value { get; set; }
}
