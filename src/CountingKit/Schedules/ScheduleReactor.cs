using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Schedules;

/// <summary>Keeps when each schedule starts its next run; forgets those of an exporter that is gone.</summary>
/// <remarks>A repeat of an event finds its row set by that event already.</remarks>
public sealed class ScheduleReactor(Streams streams, IDbContextFactory<VaultDb> vault) : IReactor
{
    public string Name => "schedules";

    public async Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct)
    {
        switch (recorded.Event)
        {
            case ScheduleAdded e:
                await Settle(e.ExporterId, e.ScheduleId, recorded, ct);
                break;
            case ScheduleChanged e:
                await Settle(e.ExporterId, e.ScheduleId, recorded, ct);
                break;
            case ScheduleRemoved e:
                await Settle(e.ExporterId, e.ScheduleId, recorded, ct);
                break;
            case SchedulePaused e:
                await Settle(e.ExporterId, e.ScheduleId, recorded, ct);
                break;
            case ScheduleResumed e:
                await Settle(e.ExporterId, e.ScheduleId, recorded, ct);
                break;
            case ExporterDeleted e:
                await using (var db = await vault.CreateDbContextAsync(ct))
                    await db.Occurrences.Where(o => o.ExporterId == e.ExporterId).ExecuteDeleteAsync(ct);
                break;
        }
    }

    private async Task Settle(Guid exporterId, Guid scheduleId, RecordedEvent recorded, CancellationToken ct)
    {
        var state = await streams.Read(ExporterSchedules.StreamOf(exporterId), ExporterSchedules.Decider, ct);
        var exporter = await streams.Read(Exporter.StreamOf(exporterId), Exporter.Decider, ct);
        await using var db = await vault.CreateDbContextAsync(ct);
        if (exporter is Exporter.State.Deleted || state.All.GetValueOrDefault(scheduleId) is not { } kept)
        {
            await db.Occurrences.Where(o => o.ScheduleId == scheduleId).ExecuteDeleteAsync(ct);
            return;
        }

        var (revision, row) = ((long)recorded.Stored.Revision, await db.Occurrences.FindAsync([scheduleId], ct));
        if (row?.Revision >= revision) return;
        if (row is null)
            db.Occurrences.Add(row = new()
            {
                ScheduleId = scheduleId,
                ExporterId = exporterId,
                WorkspaceId = recorded.Metadata.WorkspaceId,
            });
        (row.Revision, row.ClaimedUntil, row.SkippedAt) = (revision, null, null);
        (row.Occurrence, row.DueAt, row.Code) = Occurrences.After(recorded.At, kept, exporterId);
        await db.SaveChangesAsync(ct);
    }
}

internal static class Occurrences
{
    /// <summary>Exporters with the same time do not start in the same second: each waits its own part of this.</summary>
    private const int SpreadSeconds = 60;

    /// <returns>No time it is due: it is paused, it never runs again, or it is set aside, for which the code says why.</returns>
    public static (DateTime Occurrence, DateTime? DueAt, string? Code) After(
        DateTimeOffset moment, ExporterSchedules.Kept kept, Guid exporterId)
    {
        if (kept.IsPaused) return (moment.UtcDateTime, null, null);
        try
        {
            return ScheduleTimes.Of(kept.Schedule).After(moment).Cast<DateTimeOffset?>().FirstOrDefault() is { } next
                ? (next.UtcDateTime, next.UtcDateTime.AddSeconds(Spread(exporterId)), null)
                : (moment.UtcDateTime, null, ScheduleCodes.Never.Code);
        }
        catch (RefusedException refused)
        {
            return (moment.UtcDateTime, null, refused.Code);
        }
    }

    /// <summary>Always the same of an exporter.</summary>
    public static int Spread(Guid exporterId) => DerivedId.From(exporterId, "spread").ToByteArray()[0] * SpreadSeconds / 256;
}
