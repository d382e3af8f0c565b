using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Vault;

/// <summary>A browser in which a member is signed in. The row goes when the session ends: a cookie alone opens nothing.</summary>
[Index(nameof(MemberId))]
[Index(nameof(EndsAt))]
public sealed class SessionRow
{
    [Key]
    public Guid Id { get; set; }

    public Guid MemberId { get; set; }

    public DateTime StartedAt { get; set; }

    /// <summary>Its last request, to within five minutes.</summary>
    public DateTime SeenAt { get; set; }

    /// <summary>It ends then, however much it is used.</summary>
    public DateTime EndsAt { get; set; }

    /// <summary>What the browser says it is, in words for a person: "Firefox on Windows".</summary>
    [MaxLength(60)]
    public required string Browser { get; set; }

    /// <summary>The network address at the sign-in; null = not by network.</summary>
    [MaxLength(60)]
    public string? Address { get; set; }
}

/// <summary>A browser in which a member has signed in before: others' wrong passwords do not make it wait.</summary>
[PrimaryKey(nameof(BrowserId), nameof(MemberId))]
[Index(nameof(SeenAt))]
public sealed class KnownBrowserRow
{
    /// <summary>What the browser's own long-lived cookie says.</summary>
    public Guid BrowserId { get; set; }

    public Guid MemberId { get; set; }

    public DateTime SeenAt { get; set; }
}

/// <summary>Failures of one who knocks at one door, since the last success. Forgotten after a day of quiet.</summary>
[Index(nameof(LastAt))]
public sealed class AttemptRow
{
    /// <summary>SHA-256 of who and which door, in hex: what was typed as an email address may have been a password.</summary>
    [Key, MaxLength(64)]
    public required string Key { get; set; }

    public int Failures { get; set; }

    public DateTime LastAt { get; set; }

    /// <summary>The next attempt is not looked at before.</summary>
    public DateTime NextAt { get; set; }
}
