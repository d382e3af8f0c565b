using System.Diagnostics;
using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Runs;

/// <summary>
/// At most one active run per exporter. Stream: <c>exporterqueue-{exporterId}</c>; each event carries the whole state, but
/// for some of an older version.
/// </summary>
public static class RunQueue
{
    /// <param name="ActiveRunId">Null = the exporter is free.</param>
    /// <param name="Last">What it last left in its tab; null = nothing yet.</param>
    /// <param name="IsReplay">What is active is a replay.</param>
    /// <param name="EndedRunId">Of an exporter that is free, its last run; null = it is not free, or has none.</param>
    /// <param name="OwnRunId">
    /// Its last run that was meant for its own tab, active or ended: a replay into another tab leaves that run the last word
    /// on its own. Null = there is none.
    /// </param>
    public sealed record State(
        Guid? ActiveRunId, LastWrite? Last, bool IsReplay = false, Guid? EndedRunId = null, Guid? OwnRunId = null)
    {
        /// <summary>What is active is a replay into another tab.</summary>
        public bool IsBeside => ActiveRunId is not null && ActiveRunId != OwnRunId;
    }

    public static readonly Decider<State> Decider = new(new State(null, null), Evolve)
    {
        IsWhole = @event => @event is RunQueued { ReplayTab: null } or RunQueued { OwnRunId: not null }
            or RunJoined { IsReplay: false } or RunReleased { OwnRunId: not null },
    };

    public static string StreamOf(Guid exporterId) => $"exporterqueue-{exporterId:N}";

    /// <summary>Starts the run, or joins the one that is active, where that does what is wished for.</summary>
    /// <param name="wish">What to run; what the queue knows of the exporter is filled in here.</param>
    public static IReadOnlyList<IEvent> Request(State state, RunQueued wish, Guid commandId)
    {
        if (state.ActiveRunId is { } active)
            return wish is { ReplayOf: null, LookedAt: null } && !state.IsReplay
                ? [new RunJoined(wish.ExporterId, active, commandId, state.Last, IsReplay: false)]
                : throw RunCodes.Busy.Refuse();
        if (wish.LookedAt is { } looked && looked.RunId != state.EndedRunId && looked.RunId != state.OwnRunId)
            throw RunCodes.NotTheLast.Refuse();
        return [wish with { Last = state.Last, OwnRunId = wish.ReplayTab is null ? null : state.OwnRunId }];
    }

    /// <summary>What was active is over, although nothing freed the exporter of it yet.</summary>
    public static State Without(State state, Guid? over) => over is not null && state.ActiveRunId == over
        ? state with { ActiveRunId = null, IsReplay = false, EndedRunId = over }
        : state;

    /// <summary>The run has ended.</summary>
    /// <param name="written">What it left in the exporter's own tab; null = nothing was written or proven there.</param>
    public static IReadOnlyList<IEvent> Release(State state, Guid exporterId, Guid runId, LastWrite? written) =>
        state.ActiveRunId == runId
            ? [new RunReleased(exporterId, runId, written ?? state.Last, state.IsBeside ? state.OwnRunId : runId)]
            : [];

    public static State Evolve(State state, IEvent @event) => @event switch
    {
        // Of an older version they tell less, which the state knows.
        RunQueued e => new(
            e.RunId, e.Last, e.ReplayOf is not null, OwnRunId: e.ReplayTab is null ? e.RunId : e.OwnRunId ?? state.OwnRunId),
        RunJoined { IsReplay: { } isReplay } e => new(e.RunId, e.Last, isReplay, OwnRunId: isReplay ? state.OwnRunId : e.RunId),
        RunJoined e => state with { ActiveRunId = e.RunId, Last = e.Last, EndedRunId = null },
        RunReleased e => new(
            null, e.Last, EndedRunId: e.RunId, OwnRunId: e.OwnRunId ?? (state.IsBeside ? state.OwnRunId : e.RunId)),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong in a run queue stream."),
    };
}
