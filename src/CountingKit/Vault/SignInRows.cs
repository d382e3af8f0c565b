using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Vault;

/// <summary>One Xero user's consent to our app; reaches one or more organizations.</summary>
public sealed class XeroGrantRow
{
    /// <summary>Xero's <c>xero_userid</c>.</summary>
    [Key]
    public Guid XeroUserId { get; set; }

    /// <summary>The token set, encrypted with the installation's keys.</summary>
    public required byte[] Secret { get; set; }

    /// <summary>Rises with every token set; what was read at one version may only replace that version.</summary>
    [ConcurrencyCheck]
    public int Version { get; set; }

    /// <summary>The permissions that were granted, separated by spaces.</summary>
    public required string Scopes { get; set; }

    public DateTime AccessExpiresAt { get; set; }

    public DateTime RefreshedAt { get; set; }

    public DateTime GrantedAt { get; set; }

    /// <summary>Set when Xero said that the sign-in is dead; a new consent clears it.</summary>
    public DateTime? DiedAt { get; set; }

    /// <summary>Who signed in at Xero; null = Xero did not say.</summary>
    [MaxLength(300)]
    public string? PersonName { get; set; }

    [MaxLength(300)]
    public string? PersonEmail { get; set; }
}

/// <summary>Which organization a connection reads, and through whose grant.</summary>
[Index(nameof(XeroUserId))]
[Index(nameof(TenantId))]
public sealed class XeroTenantRow
{
    [Key]
    public Guid ConnectionId { get; set; }

    public Guid TenantId { get; set; }

    /// <summary>Xero's id of its own connection record, for DELETE.</summary>
    public Guid XeroConnectionId { get; set; }

    public Guid XeroUserId { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>When this grant was chosen for it, last.</summary>
    public DateTime AttachedAt { get; set; }
}

/// <summary>What lets us write as one Google account or service account.</summary>
public sealed class GoogleCredentialRow
{
    [Key]
    public Guid AccountId { get; set; }

    /// <summary><c>oauth</c> or <c>service-account</c>.</summary>
    [MaxLength(20)]
    public required string Kind { get; set; }

    /// <summary>Refresh token and access token, or the service account's key; encrypted.</summary>
    public required byte[] Secret { get; set; }

    [ConcurrencyCheck]
    public int Version { get; set; }

    [MaxLength(300)]
    public required string Email { get; set; }

    /// <summary>Google's id of the account (<c>sub</c>), empty = Google did not say; a service account's address.</summary>
    [MaxLength(300)]
    public required string Subject { get; set; }

    public required string Scopes { get; set; }

    public DateTime ConnectedAt { get; set; }

    public DateTime? DiedAt { get; set; }

    /// <summary>Why Google does not take it any more, by its code; null = it lives.</summary>
    [MaxLength(40)]
    public string? DeathCode { get; set; }

    /// <summary>When it ends by itself, as Google said; null = Google did not say, so it lasts.</summary>
    public DateTime? EndsAt { get; set; }
}

/// <summary>A sign-in at Xero or Google that has been started and not yet come back. Lives 10 minutes, answers once.</summary>
public sealed class PendingSignInRow
{
    /// <summary>SHA-256 of the <c>state</c> value, in hex.</summary>
    [Key, MaxLength(64)]
    public required string StateHash { get; set; }

    /// <summary><c>xero</c> or <c>google</c>.</summary>
    [MaxLength(10)]
    public required string Vendor { get; set; }

    /// <summary>SHA-256 of the browser's cookie that must come back with it, in hex.</summary>
    [MaxLength(64)]
    public required string BrowserHash { get; set; }

    /// <summary>PKCE verifier and what else must not be read by others; encrypted.</summary>
    public required byte[] Secret { get; set; }

    public Guid MemberId { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>Set when a connection is being reconnected: only its organization will do.</summary>
    public Guid? ReconnectId { get; set; }

    /// <summary>The command that its answer will send.</summary>
    public Guid CommandId { get; set; }

    public DateTime StartedAt { get; set; }

    public DateTime? AnsweredAt { get; set; }

    /// <summary>What the consent covered, for the page that chooses: JSON, encrypted; null = not answered yet.</summary>
    public byte[]? Answer { get; set; }
}
