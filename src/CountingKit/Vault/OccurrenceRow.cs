using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Vault;

/// <summary>When a schedule starts its next run. Kept by a reactor; moved on by whichever portal starts it.</summary>
[Index(nameof(DueAt))]
[Index(nameof(ExporterId))]
public sealed class OccurrenceRow
{
    [Key]
    public Guid ScheduleId { get; set; }

    public Guid ExporterId { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>Of the stream of schedules: the event that set this row.</summary>
    public long Revision { get; set; }

    /// <summary>UTC: the schedule's time, which names the run.</summary>
    public DateTime Occurrence { get; set; }

    /// <summary>UTC: some seconds after that, so that not all start at once; null = it is paused, or set aside.</summary>
    public DateTime? DueAt { get; set; }

    /// <summary>UTC: until then a portal starts its run, and no other need try; null = none does.</summary>
    public DateTime? ClaimedUntil { get; set; }

    /// <summary>The run that it started last, or joined; null = none yet.</summary>
    public Guid? LastRunId { get; set; }

    /// <summary>UTC: the time that was last skipped; null = none was, or a run was started since.</summary>
    public DateTime? SkippedAt { get; set; }

    /// <summary>Why, of the registry of codes; without a time, why it is set aside. Null = neither.</summary>
    [MaxLength(40)]
    public string? Code { get; set; }
}
