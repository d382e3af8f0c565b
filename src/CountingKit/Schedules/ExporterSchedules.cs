using System.Collections.Immutable;
using System.Diagnostics;
using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Schedules;

/// <summary>When an exporter runs by itself. Stream: <c>schedules-{exporterId}</c>.</summary>
public static class ExporterSchedules
{
    public const int Most = 10;

    public sealed record Kept(Schedule Schedule, bool IsPaused);

    /// <param name="All">By the schedule's id.</param>
    /// <param name="Removed">Ids that are not given again.</param>
    public sealed record State(ImmutableDictionary<Guid, Kept> All, ImmutableHashSet<Guid> Removed);

    public static readonly Decider<State> Decider = new(
        new State(ImmutableDictionary<Guid, Kept>.Empty, ImmutableHashSet<Guid>.Empty), Evolve);

    public static string StreamOf(Guid exporterId) => $"schedules-{exporterId:N}";

    /// <exception cref="RefusedException">CK-SCHEDULE-01: it was removed. CK-SCHEDULE-10: there are too many.</exception>
    public static IReadOnlyList<IEvent> Add(State state, Guid exporterId, Guid scheduleId, Schedule schedule)
    {
        if (state.All.ContainsKey(scheduleId)) throw new NotFoundException();
        if (state.Removed.Contains(scheduleId)) throw ScheduleCodes.Gone.Refuse();
        if (state.All.Count >= Most) throw ScheduleCodes.TooMany.Refuse();
        return [new ScheduleAdded(exporterId, scheduleId, schedule)];
    }

    /// <exception cref="RefusedException">CK-SCHEDULE-01: it was removed.</exception>
    public static IReadOnlyList<IEvent> Change(State state, Guid exporterId, Guid scheduleId, Schedule schedule)
    {
        var before = Require(state, scheduleId).Schedule;
        return before.SameAs(schedule) ? [] : [new ScheduleChanged(exporterId, scheduleId, schedule, before)];
    }

    public static IReadOnlyList<IEvent> Remove(State state, Guid exporterId, Guid scheduleId) =>
        state.All.TryGetValue(scheduleId, out var kept) ? [new ScheduleRemoved(exporterId, scheduleId, kept.Schedule)] : [];

    /// <inheritdoc cref="Change"/>
    public static IReadOnlyList<IEvent> Pause(State state, Guid exporterId, Guid scheduleId) =>
        Require(state, scheduleId) is { IsPaused: false } kept ? [new SchedulePaused(exporterId, scheduleId, kept.Schedule)] : [];

    /// <inheritdoc cref="Change"/>
    public static IReadOnlyList<IEvent> Resume(State state, Guid exporterId, Guid scheduleId) =>
        Require(state, scheduleId) is { IsPaused: true } kept ? [new ScheduleResumed(exporterId, scheduleId, kept.Schedule)] : [];

    public static State Evolve(State state, IEvent @event) => @event switch
    {
        ScheduleAdded e => With(state, e.ScheduleId, new(e.Schedule, IsPaused: false)),
        ScheduleChanged e => With(state, e.ScheduleId, state.All[e.ScheduleId] with { Schedule = e.Schedule }),
        ScheduleRemoved e => new(state.All.Remove(e.ScheduleId), state.Removed.Add(e.ScheduleId)),
        SchedulePaused e => With(state, e.ScheduleId, state.All[e.ScheduleId] with { IsPaused = true }),
        ScheduleResumed e => With(state, e.ScheduleId, state.All[e.ScheduleId] with { IsPaused = false }),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong in a stream of schedules."),
    };

    private static State With(State state, Guid scheduleId, Kept kept) =>
        state with { All = state.All.SetItem(scheduleId, kept) };

    private static Kept Require(State state, Guid scheduleId) =>
        state.All.GetValueOrDefault(scheduleId) ?? throw ScheduleCodes.Gone.Refuse();
}

/// <summary>One switch over all schedules of a workspace. Stream: <c>allschedules-{workspaceId}</c>.</summary>
public static class AllSchedules
{
    public sealed record State(bool ArePaused);

    public static readonly Decider<State> Decider = new(new State(ArePaused: false), (_, @event) => @event switch
    {
        AllSchedulesPaused => new State(ArePaused: true),
        AllSchedulesResumed => new State(ArePaused: false),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong in the stream of a workspace's schedules."),
    })
    {
        IsWhole = _ => true,
    };

    public static string StreamOf(Guid workspaceId) => $"allschedules-{workspaceId:N}";

    public static IReadOnlyList<IEvent> Pause(State state, Guid workspaceId) =>
        state.ArePaused ? [] : [new AllSchedulesPaused(workspaceId)];

    public static IReadOnlyList<IEvent> Resume(State state, Guid workspaceId) =>
        state.ArePaused ? [new AllSchedulesResumed(workspaceId)] : [];
}
