using System.Globalization;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Schedules;

/// <summary>Calls to Xero in a day, at most.</summary>
/// <param name="Runs">Of this schedule on its fullest day.</param>
/// <param name="CallsARun">For a refresh with few changes.</param>
/// <param name="Others">Calls of all other schedules of the organization, the paused ones too.</param>
/// <param name="DayLimit">What Xero's tier allows for the organization in 24 hours.</param>
public sealed record ScheduleCost(string Organization, int Runs, int CallsARun, long Others, int DayLimit)
{
    public long Calls => (long)Runs * CallsARun;

    public bool Fits => Calls + Others <= DayLimit;

    /// <summary>"24 runs a day × 2 calls = 48; other schedules of Acme: 10; together 58 of the 1,000 calls …"</summary>
    public string Words => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count(Runs, "run")} a day × {Count(CallsARun, "call")} = {Calls:N0}; ")
        + string.Create(CultureInfo.InvariantCulture, $"other schedules of {Organization}: {Others:N0}; ")
        + string.Create(
            CultureInfo.InvariantCulture, $"together {Calls + Others:N0} of the {DayLimit:N0} calls a day that Xero allows.");

    /// <exception cref="RefusedException">CK-SCHEDULE-09, with the arithmetic.</exception>
    public void Require()
    {
        var refusal = ScheduleCodes.TooManyCalls;
        if (!Fits) throw new RefusedException(refusal, $"{refusal.Title}: {Words} {refusal.Advice}");
    }

    private static string Count(int number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {unit}{(number == 1 ? "" : "s")}");
}

/// <summary>What schedules cost, from what is known already.</summary>
internal sealed class ScheduleCosts(ExporterCosts costs, Streams streams, ReadModels readModels, TimeProvider time)
{
    /// <param name="scheduleId">Of the schedule itself, which is not counted as another one; null = it is new.</param>
    public async Task<ScheduleCost> Of(
        ExporterConfiguration exporter, Schedule schedule, Guid? scheduleId, CancellationToken ct)
    {
        var (connectionId, now) = (exporter.ConnectionIds[0], time.GetUtcNow());
        var cost = await costs.Of(exporter, ct);
        var connection = await streams.Read(Connection.StreamOf(connectionId), Connection.Decider, ct) as Connection.State.Open;
        await using var db = readModels.Open();
        var scopes = db.With(connectionId);
        var all = await db.Set<ScheduleRow>().AsNoTracking().Where(s => s.ScheduleId != scheduleId).Join(
            db.Set<ExporterRow>().Where(e => e.DeletedAt == null && scopes.Contains(e.Scope)),
            s => s.ExporterId, e => e.ExporterId,
            (s, e) => new { Schedule = s, e.ExporterId, e.Configuration }).ToListAsync(ct);
        long others = 0;
        foreach (var one in all.GroupBy(s => s.ExporterId))
        {
            var configuration = ExporterRow.Read(one.First().Configuration);
            var runs = one.Sum(s => RunsOf(s.Schedule.Read(), now));
            others += (long)runs * (await costs.Of(configuration, ct)).Refresh;
        }

        return new(
            connection?.OrganizationName ?? "the organization", ScheduleTimes.Of(schedule).MostADay(now), cost.Refresh, others,
            cost.DayLimit);
    }

    /// <summary>One that is set aside for its time zone starts none.</summary>
    private static int RunsOf(Schedule schedule, DateTimeOffset now) =>
        ScheduleTimes.FindZone(schedule.Zone) is null ? 0 : ScheduleTimes.Of(schedule).MostADay(now);
}
