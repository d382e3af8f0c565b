using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Vault;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Schedules;

/// <summary>One schedule of an exporter. Who may see the exporter may see it.</summary>
[Index(nameof(ExporterId))]
public sealed class ScheduleRow : IReadRow
{
    [Key]
    public Guid ScheduleId { get; set; }

    public Guid ExporterId { get; set; }

    /// <summary>The whole <see cref="Schedule"/>, as JSON.</summary>
    public required string Definition { get; set; }

    public bool IsPaused { get; set; }

    public DateTime AddedAt { get; set; }

    public Schedule Read() => JsonSerializer.Deserialize<Schedule>(Definition, JsonSerializerOptions.Web)!;

    internal static string Write(Schedule schedule) => JsonSerializer.Serialize(schedule, JsonSerializerOptions.Web);
}

public sealed class ScheduleListProjection : IProjection
{
    public async Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct)
    {
        switch (recorded.Event)
        {
            case ScheduleAdded e:
                rows.Add(new ScheduleRow
                {
                    ScheduleId = e.ScheduleId,
                    ExporterId = e.ExporterId,
                    Definition = ScheduleRow.Write(e.Schedule),
                    AddedAt = recorded.At.UtcDateTime,
                });
                break;
            case ScheduleChanged e:
                (await Find(rows, e.ScheduleId, ct)).Definition = ScheduleRow.Write(e.Schedule);
                break;
            case ScheduleRemoved e:
                rows.Remove(await Find(rows, e.ScheduleId, ct));
                break;
            case SchedulePaused e:
                (await Find(rows, e.ScheduleId, ct)).IsPaused = true;
                break;
            case ScheduleResumed e:
                (await Find(rows, e.ScheduleId, ct)).IsPaused = false;
                break;
        }
    }

    private static async Task<ScheduleRow> Find(IRows rows, Guid scheduleId, CancellationToken ct) =>
        await rows.Find<ScheduleRow>([scheduleId], ct)
        ?? throw new InvalidOperationException($"No schedule {scheduleId} was added.");
}

/// <param name="NextAt">With the zone's offset; null = it is paused, or set aside.</param>
/// <param name="LastRun">That it started or joined; null = none yet, or not for the requester.</param>
/// <param name="SkippedAt">UTC: the time that was last skipped; null = none since its last run.</param>
/// <param name="Code">Why; without a time, why it is set aside. Null = neither.</param>
public sealed record ScheduleItem(
    Guid ScheduleId, Schedule Schedule, bool IsPaused, DateTimeOffset? NextAt, RunRow? LastRun, DateTime? SkippedAt,
    string? Code);

/// <summary>The schedules of an exporter, the oldest first.</summary>
[Asks(Permission.View)]
public sealed record ListSchedules(Guid ExporterId) : IQuery<IReadOnlyList<ScheduleItem>>, IConcernsExporter;

public sealed class ListSchedulesHandler(
    ReadModels readModels, IDbContextFactory<VaultDb> vault, CurrentRequester current, TimeProvider time)
    : IRequestHandler<ListSchedules, IReadOnlyList<ScheduleItem>>
{
    public async Task<IReadOnlyList<ScheduleItem>> Handle(ListSchedules query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        await using var kept = await vault.CreateDbContextAsync(ct);
        var rows = await db.Set<ScheduleRow>().AsNoTracking().Where(s => s.ExporterId == query.ExporterId)
            .OrderBy(s => s.AddedAt).ThenBy(s => s.ScheduleId).ToListAsync(ct);
        var occurrences = await kept.Occurrences.AsNoTracking().Where(o => o.ExporterId == query.ExporterId)
            .ToDictionaryAsync(o => o.ScheduleId, ct);
        var ids = occurrences.Values.Select(o => o.LastRunId).OfType<Guid>().ToList();
        var runs = (await db.Set<RunRow>().AsNoTracking().Where(r => ids.Contains(r.RunId)).ToListAsync(ct))
            .Where(run => current.Requester.MaySee(run.ConnectionIds())).ToDictionary(run => run.RunId);
        return [.. rows.Select(row => Item(row, occurrences.GetValueOrDefault(row.ScheduleId), runs, time.GetUtcNow()))];
    }

    private static ScheduleItem Item(
        ScheduleRow row, OccurrenceRow? occurrence, Dictionary<Guid, RunRow> runs, DateTimeOffset now)
    {
        var (schedule, next) = (row.Read(), NextRuns.Of(row, now));
        return new(
            row.ScheduleId, schedule, row.IsPaused, next,
            occurrence?.LastRunId is { } last ? runs.GetValueOrDefault(last) : null, occurrence?.SkippedAt,
            ScheduleTimes.FindZone(schedule.Zone) is null ? ScheduleCodes.UnknownZone.Code : occurrence?.Code);
    }
}

/// <summary>When the exporters that the requester may see run next by themselves; none = not here.</summary>
[Asks(Permission.View), Touches(Organizations.Visible)]
public sealed record ListNextRuns : IQuery<IReadOnlyDictionary<Guid, DateTimeOffset>>;

public sealed class ListNextRunsHandler(ReadModels readModels, CurrentRequester current, TimeProvider time)
    : IRequestHandler<ListNextRuns, IReadOnlyDictionary<Guid, DateTimeOffset>>
{
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> Handle(ListNextRuns query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var exporters = db.Visible<ExporterRow>(current.Requester).Where(e => e.DeletedAt == null && !e.IsPaused)
            .Select(e => e.ExporterId);
        var rows = await db.Set<ScheduleRow>().AsNoTracking().Where(s => !s.IsPaused && exporters.Contains(s.ExporterId))
            .ToListAsync(ct);
        var now = time.GetUtcNow();
        return rows.Select(row => (row.ExporterId, At: NextRuns.Of(row, now))).Where(next => next.At is not null)
            .GroupBy(next => next.ExporterId, next => next.At!.Value).ToDictionary(next => next.Key, next => next.Min());
    }
}

internal static class NextRuns
{
    /// <returns>Null = it is paused, or its time zone is not known here, or there is none.</returns>
    public static DateTimeOffset? Of(ScheduleRow row, DateTimeOffset now) =>
        row.IsPaused || row.Read() is not { } schedule || ScheduleTimes.FindZone(schedule.Zone) is null
            ? null
            : ScheduleTimes.Of(schedule).After(now).Cast<DateTimeOffset?>().FirstOrDefault();
}

/// <summary>Whether one switch pauses all schedules of the workspace.</summary>
[Asks(Permission.View), Touches(Organizations.None)]
public sealed record GetAllSchedules : IQuery<AllSchedulesState>;

/// <param name="ArePaused">By a person.</param>
/// <param name="AreHeld">By the setting Schedules__Paused, or because the log is from an older backup.</param>
/// <param name="MaySwitch">The requester may pause and resume them.</param>
public sealed record AllSchedulesState(bool ArePaused, bool AreHeld, bool MaySwitch)
{
    /// <summary>False = none starts a run, whatever its own times are.</summary>
    public bool Run => !ArePaused && !AreHeld;
}

internal sealed class GetAllSchedulesHandler(Streams streams, ScheduleFiring firing, CurrentRequester current)
    : IRequestHandler<GetAllSchedules, AllSchedulesState>
{
    public async Task<AllSchedulesState> Handle(GetAllSchedules query, CancellationToken ct)
    {
        var requester = current.Requester;
        return new(
            (await streams.Read(AllSchedules.StreamOf(requester.WorkspaceId), AllSchedules.Decider, ct)).ArePaused,
            await firing.IsHeld(ct),
            requester.Connections is null && requester.Role.May(Permission.ManageExporters));
    }
}

/// <summary>What a schedule would do and cost. Asks nobody.</summary>
[Asks(Permission.ManageExporters)]
public sealed record PreviewSchedule(Guid ExporterId, Guid? ScheduleId, [property: Required] Schedule Schedule)
    : IQuery<SchedulePreview>, IConcernsExporter;

/// <param name="Next">The next five, with the zone's offset; fewer = there are no more.</param>
public sealed record SchedulePreview(string Words, IReadOnlyList<DateTimeOffset> Next, ScheduleCost Cost);

internal sealed class PreviewScheduleHandler(Streams streams, ScheduleCosts costs, CurrentRequester current, TimeProvider time)
    : IRequestHandler<PreviewSchedule, SchedulePreview>
{
    private const int Shown = 5;

    public async Task<SchedulePreview> Handle(PreviewSchedule query, CancellationToken ct)
    {
        var schedule = ScheduleRules.Trimmed(query.Schedule);
        ScheduleRules.Check(schedule, time.GetUtcNow());
        var exporter = Exporter.Require(
            (await streams.Read(Exporter.StreamOf(query.ExporterId), Exporter.Decider, ct)).For(current.Requester));
        return new(
            ScheduleWords.Of(schedule), [.. ScheduleTimes.Of(schedule).After(time.GetUtcNow()).Take(Shown)],
            await costs.Of(exporter.Configuration, schedule, query.ScheduleId, ct));
    }
}

/// <summary>The time zone of an exporter's organization, by IANA's name; null = Xero has not told it.</summary>
[Asks(Permission.View)]
public sealed record FindOrganizationZone(Guid ExporterId) : IQuery<string?>, IConcernsExporter;

public sealed class FindOrganizationZoneHandler(Streams streams, CurrentRequester current)
    : IRequestHandler<FindOrganizationZone, string?>
{
    public async Task<string?> Handle(FindOrganizationZone query, CancellationToken ct)
    {
        foreach (var connectionId in current.Connections)
            if (await streams.Read(Connection.StreamOf(connectionId), Connection.Decider, ct) is Connection.State.Open
                { Description: { TimeZone: not null } description })
                return OrganizationCalendar.IanaName(description);
        return null;
    }
}
