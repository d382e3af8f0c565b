using System.Diagnostics;
using CountingKit.EventSourcing;

namespace CountingKit.Runs;

/// <summary>One execution of an exporter. Stream: <c>run-{runId}</c>; opened by a reactor once it is queued.</summary>
public static class Run
{
    public abstract record State
    {
        private State() { }

        public sealed record Unknown : State;

        /// <param name="Sources">Null = not synced yet.</param>
        /// <param name="Snapshot">Null = not made yet.</param>
        /// <param name="Write">Null = no write was sent yet; else the last attempt.</param>
        public sealed record Active(
            RunStarted Started, SourcesSynced? Sources, SnapshotMade? Snapshot, WriteStarted? Write, bool CancelRequested) : State;

        /// <summary>Ended, one way or another.</summary>
        public sealed record Ended(RunStarted Started, Snapshot? Snapshot) : State;
    }

    public static readonly Decider<State> Decider = new(new State.Unknown(), Evolve);

    public static string StreamOf(Guid runId) => $"run-{runId:N}";

    public static IReadOnlyList<IEvent> Open(State state, RunStarted started) => state is State.Unknown ? [started] : [];

    /// <summary>A run that has begun to write can't be stopped halfway: it is asked to stop before its next step.</summary>
    public static IReadOnlyList<IEvent> Cancel(State state, Guid runId) => state switch
    {
        State.Active { CancelRequested: false } => [new RunCancelRequested(runId)],
        State.Active => [],
        _ => throw new RefusedException("CK-RUN-01", "This run has ended already."),
    };

    public static State Evolve(State state, IEvent @event) => (state, @event) switch
    {
        (State.Unknown, RunStarted e) => new State.Active(e, null, null, null, false),
        (State.Active active, SourcesSynced e) => active with { Sources = e },
        (State.Active active, SnapshotMade e) => active with { Snapshot = e },
        (State.Active active, WriteStarted e) => active with { Write = e },
        (State.Active active, RunCancelRequested) => active with { CancelRequested = true },
        (State.Active, RunWaited) => state,
        (State.Active active, NoChangesFound or RunFailed or RunCanceled) =>
            new State.Ended(active.Started, active.Snapshot?.Snapshot),
        (State.Active active, ExportCompleted e) => new State.Ended(active.Started, e.Snapshot),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong here in a run stream."),
    };
}
