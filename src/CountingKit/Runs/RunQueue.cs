using System.Diagnostics;
using CountingKit.EventSourcing;

namespace CountingKit.Runs;

/// <summary>
/// At most one active run per exporter. Stream: <c>exporterqueue-{exporterId}</c>; each event carries the whole state.
/// </summary>
public static class RunQueue
{
    /// <param name="ActiveRunId">Null = the exporter is free.</param>
    /// <param name="Last">What it last left in its tab; null = nothing yet.</param>
    public sealed record State(Guid? ActiveRunId, LastWrite? Last);

    public static readonly Decider<State> Decider = new(new State(null, null), Evolve) { IsWhole = _ => true };

    public static string StreamOf(Guid exporterId) => $"exporterqueue-{exporterId:N}";

    /// <summary>Starts the run, or joins the one that is active.</summary>
    /// <param name="wish">What to run; what the exporter wrote last is filled in here.</param>
    public static IReadOnlyList<IEvent> Request(State state, RunQueued wish, Guid commandId) => state.ActiveRunId is { } active
        ? [new RunJoined(wish.ExporterId, active, commandId, state.Last)]
        : [wish with { Last = state.Last }];

    /// <summary>The run has ended.</summary>
    /// <param name="written">What it left in the exporter's own tab; null = nothing was written or proven there.</param>
    public static IReadOnlyList<IEvent> Release(State state, Guid exporterId, Guid runId, LastWrite? written) =>
        state.ActiveRunId == runId ? [new RunReleased(exporterId, runId, written ?? state.Last)] : [];

    public static State Evolve(State state, IEvent @event) => @event switch
    {
        RunQueued e => new(e.RunId, e.Last),
        RunJoined e => new(e.RunId, e.Last),
        RunReleased e => new(null, e.Last),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong in a run queue stream."),
    };
}
