using System.Diagnostics;
using CountingKit.EventSourcing;
using CountingKit.Mirror;

namespace CountingKit.Runs;

/// <summary>One execution of an exporter. Stream: <c>run-{runId}</c>; opened by a reactor once it is queued.</summary>
public static class Run
{
    /// <summary>A wait that grew by less than this is not told again: the page still says roughly when it goes on.</summary>
    private static readonly TimeSpan MuchLater = TimeSpan.FromHours(1);

    /// <summary>Waits that a run tells of in all, whatever alternates.</summary>
    private const int MostWaits = 100;

    public abstract record State
    {
        private State() { }

        public sealed record Unknown : State;

        /// <param name="Sources">Null = not synced yet.</param>
        /// <param name="Snapshot">Null = not made yet.</param>
        /// <param name="Write">Null = no write was sent yet; else the last attempt.</param>
        /// <param name="Cancel">Null = nobody and nothing asked it to stop.</param>
        /// <param name="Wait">What it waits for, as told last; null = it has gone on since, or never waited.</param>
        /// <param name="Waits">How often it told of a wait so far.</param>
        /// <param name="Writes">How many writes it began so far.</param>
        public sealed record Active(
            RunStarted Started, SourcesSynced? Sources, SnapshotMade? Snapshot, WriteStarted? Write,
            RunCancelRequested? Cancel, RunWaited? Wait, int Waits, int Writes = 0) : State
        {
            public bool CancelRequested => Cancel is not null;

            /// <summary>UTC: of when the rows' data is; null = none was read yet, or an older version did not say.</summary>
            public DateTimeOffset? DataAt => Started.DataAt ?? Sources?.ReadAt;
        }

        /// <summary>Ended, one way or another.</summary>
        /// <param name="Code">Why it failed; null = it did not.</param>
        /// <param name="Unreadable">What the snapshot's rows lack; null = nothing.</param>
        /// <param name="Unrated">Records whose amounts in base currency they lack; null = none.</param>
        /// <param name="DataAt">UTC: of when the snapshot's data is; null = none was read, or an older version did not say.</param>
        /// <param name="Periods">Of a report: those that the snapshot's rows are of; null = it is a list, or a replay.</param>
        public sealed record Ended(
            RunStarted Started, Snapshot? Snapshot, string? Code = null, UnreadableValues? Unreadable = null,
            DateTimeOffset? DataAt = null, IReadOnlyList<string>? Periods = null, UnratedRecords? Unrated = null) : State;
    }

    public static readonly Decider<State> Decider = new(new State.Unknown(), Evolve);

    public static string StreamOf(Guid runId) => $"run-{runId:N}";

    /// <summary>Null = it was never opened.</summary>
    public static RunStarted? StartOf(State state) => state switch
    {
        State.Active active => active.Started,
        State.Ended ended => ended.Started,
        _ => null,
    };

    public static IReadOnlyList<IEvent> Open(State state, RunStarted started) => state is State.Unknown ? [started] : [];

    /// <summary>Nothing opened it: it ends before it began, and whoever would open it later finds it ended.</summary>
    public static IReadOnlyList<IEvent> GiveUp(State state, RunStarted started, DateTimeOffset now) => state is State.Unknown
        ? [
            started,
            new RunFailed(
                started.RunId, started.ExporterId, RunCodes.NotOpened.Code, $"{RunCodes.NotOpened.Title}. {RunCodes.NotOpened.Advice}",
                SheetUntouched: true, (long)(now - started.QueuedAt).TotalMilliseconds, XeroCalls: 0, GoogleCalls: 0),
        ]
        : [];

    /// <summary>A run that has begun to write can't be stopped halfway: it is asked to stop before its next step.</summary>
    public static IReadOnlyList<IEvent> Cancel(State state, Guid runId) => state switch
    {
        State.Active { CancelRequested: false } => [new RunCancelRequested(runId)],
        State.Active => [],
        _ => throw new RefusedException(RunCodes.Ended),
    };

    /// <summary>
    /// What the run was queued for is gone or paused. A replay into a tab of its own goes on: it asks nothing of the
    /// exporter or the organization.
    /// </summary>
    public static IReadOnlyList<IEvent> Stop(State state, Guid runId, ErrorCode why) => state switch
    {
        State.Active { CancelRequested: false, Started.ReplayTab: null } => [new RunCancelRequested(runId, why.Code)],
        _ => [],
    };

    /// <summary>
    /// Told when the reason changes, or when it becomes much later than was told; of all else only the queued work knows.
    /// </summary>
    public static IReadOnlyList<IEvent> Wait(State state, RunWaited wait) => state switch
    {
        State.Active { Waits: >= MostWaits } => [],
        State.Active { Wait: { } told } when told.Code == wait.Code && !(wait.Until >= told.Until + MuchLater) => [],
        State.Active => [wait],
        _ => [],
    };

    public static State Evolve(State state, IEvent @event) => (state, @event) switch
    {
        (State.Unknown, RunStarted e) => new State.Active(e, null, null, null, null, null, 0),
        (State.Active active, SourcesSynced e) => active with { Sources = e, Wait = null },
        (State.Active active, SnapshotMade e) => active with { Snapshot = e, Wait = null },
        (State.Active active, WriteStarted e) => active with { Write = e, Wait = null, Writes = active.Writes + 1 },
        (State.Active active, RunCancelRequested e) => active with { Cancel = active.Cancel ?? e },
        (State.Active active, RunWaited e) => active with { Wait = e, Waits = active.Waits + 1 },
        (State.Active active, RunWentOn) => active with { Wait = null },
        (State.Active active, NoChangesFound or RunFailed or RunCanceled) =>
            new State.Ended(
                active.Started, active.Snapshot?.Snapshot, (@event as RunFailed)?.Code, active.Snapshot?.Unreadable,
                active.DataAt, active.Sources?.Periods(), active.Snapshot?.Unrated),
        (State.Active active, ExportCompleted e) => new State.Ended(
            active.Started, e.Snapshot, Unreadable: active.Snapshot?.Unreadable, DataAt: active.DataAt,
            Periods: active.Sources?.Periods(), Unrated: active.Snapshot?.Unrated),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong here in a run stream."),
    };
}
