using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Vault;

/// <summary>A piece of work that a reactor queued and a worker leases. Gone when it is done.</summary>
[Index(nameof(Kind), nameof(Key), IsUnique = true)]
[Index(nameof(NotBefore))]
[Index(nameof(WaitsFor))]
public sealed class WorkRow
{
    public Guid Id { get; set; }

    [MaxLength(60)]
    public required string Kind { get; set; }

    /// <summary>Names the work for good: queued twice, it is there once.</summary>
    [MaxLength(200)]
    public required string Key { get; set; }

    /// <summary>JSON for the worker; no secrets.</summary>
    public required string Payload { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>
    /// Within the workspace, who it is for, such as an organization: they take turns. Null = none in particular.
    /// </summary>
    [MaxLength(200)]
    public string? Subject { get; set; }

    public Guid CorrelationId { get; set; }

    /// <summary>The event that the reactor acted on.</summary>
    public Guid CausationId { get; set; }

    /// <summary>By the database's clock, like all times of work and leases.</summary>
    public DateTime QueuedAt { get; set; }

    public DateTime NotBefore { get; set; }

    /// <summary>The lease that another holds: its release makes this due before its time. Null = it waits for none.</summary>
    [MaxLength(200)]
    public string? WaitsFor { get; set; }

    /// <summary>How often it was woken: what was woken during an attempt is looked at again after it.</summary>
    public int Wakes { get; set; }

    /// <summary>The attempt that has it; null = free.</summary>
    [MaxLength(150)]
    public string? LeasedBy { get; set; }

    public DateTime? LeasedUntil { get; set; }

    /// <summary>How far the attempt that has it is, as it noted last, for pages; null = it noted nothing.</summary>
    [MaxLength(1000)]
    public string? Progress { get; set; }

    /// <summary>Attempts that ended in an unexpected error since the last progress.</summary>
    public int Failures { get; set; }

    /// <summary>The last of those errors, by its type's name: its words may hold what nobody else should read.</summary>
    [MaxLength(100)]
    public string? LastFailure { get; set; }

    public DateTime? LastFailedAt { get; set; }
}

/// <summary>A named lock across processes, such as the one writer of a spreadsheet.</summary>
public sealed class LeaseRow
{
    [Key, MaxLength(200)]
    public required string Name { get; set; }

    /// <summary>The attempt that has it.</summary>
    [MaxLength(150)]
    public required string Owner { get; set; }

    public DateTime Until { get; set; }
}

/// <summary>
/// The last wish to fill the read models anew, and how far it is. Whichever process projects carries it out.
/// </summary>
public sealed class RebuildRow
{
    /// <summary>Always 1.</summary>
    [Key, DatabaseGenerated(DatabaseGeneratedOption.None)]
    public int Id { get; set; }

    /// <summary>The command that asked for it.</summary>
    public Guid RequestId { get; set; }

    public DateTime RequestedAt { get; set; }

    /// <summary>Events applied so far.</summary>
    public long Events { get; set; }

    /// <summary>Null = no process has taken it up yet.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>Null = it is not over.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Why it ended without a result, in a few words; null = it did not.</summary>
    [MaxLength(100)]
    public string? Trouble { get; set; }
}

/// <summary>Where the reading of one resource of one connection stands.</summary>
[PrimaryKey(nameof(ConnectionId), nameof(Resource))]
public sealed class SourceStateRow
{
    public Guid ConnectionId { get; set; }

    [MaxLength(60)]
    public required string Resource { get; set; }

    /// <summary>By Xero's clock, UTC: the next incremental reading asks for what changed since.</summary>
    public DateTime? Watermark { get; set; }

    public DateTime? LastFullAt { get; set; }

    public DateTime? LastReadAt { get; set; }

    /// <summary>Distinct records of the last full pass.</summary>
    public long Records { get; set; }
}

/// <summary>When a report was read for one of its periods.</summary>
[PrimaryKey(nameof(ConnectionId), nameof(Resource), nameof(Period))]
public sealed class PeriodReadRow
{
    public Guid ConnectionId { get; set; }

    [MaxLength(60)]
    public required string Resource { get; set; }

    /// <summary>Its key.</summary>
    [MaxLength(30)]
    public required string Period { get; set; }

    /// <summary>UTC: the report is as it was then, or newer.</summary>
    public DateTime ReadAt { get; set; }
}

/// <summary>One call to Xero or Google: what was asked, what it cost. Never bodies, tokens or codes.</summary>
[Index(nameof(TenantId), nameof(At))]
[Index(nameof(RunId))]
public sealed class CallRow
{
    public long Id { get; set; }

    public DateTime At { get; set; }

    /// <summary><c>xero</c> or <c>google</c>.</summary>
    [MaxLength(10)]
    public required string Vendor { get; set; }

    /// <summary>Xero's organization, for its budget; null = a call that belongs to none (sign-in, Google).</summary>
    public Guid? TenantId { get; set; }

    public Guid? RunId { get; set; }

    [MaxLength(10)]
    public required string Method { get; set; }

    /// <summary>Path without query.</summary>
    [MaxLength(300)]
    public required string Path { get; set; }

    /// <summary>HTTP status; 0 = no answer.</summary>
    public int Status { get; set; }

    public int Milliseconds { get; set; }

    public long Bytes { get; set; }
}
