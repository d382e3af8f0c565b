using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;
using MediatR;

namespace CountingKit.Runs;

/// <summary>Runs an exporter now, or joins its run that is active.</summary>
/// <param name="LookedAt">
/// The exporter's last run for its own tab, which a guard stopped: the person has looked, and wants its rows written anyway.
/// Null = none.
/// </param>
[Asks(Permission.Run)]
public sealed record RunExport(
    Guid CommandId, Guid ExporterId, RunTrigger Trigger = RunTrigger.Person, Guid? LookedAt = null)
    : ICommand<RunRequested>, IConcernsExporter;

/// <param name="Joined">True = a run was active already; this is its id.</param>
public sealed record RunRequested(Guid RunId, bool Joined, Appended Appended);

internal sealed class RunExportHandler(Streams streams, CurrentRequester requester, RunRequests requests)
    : IRequestHandler<RunExport, RunRequested>
{
    public async Task<RunRequested> Handle(RunExport command, CancellationToken ct) => await requests.Start(
        command.ExporterId,
        (await streams.Read(Exporter.StreamOf(command.ExporterId), Exporter.Decider, ct)).For(requester.Requester),
        command.Trigger, command.LookedAt, null, ct);
}

internal sealed class RunRequests(Streams streams, CurrentCommand current, ReactorTroubles troubles, TimeProvider time)
{
    /// <summary>A reactor frees the exporter of a run that has ended; after the death of the process that did, within this.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>A run whose opening was set aside may be opened after all, when somebody tries again: not for ever.</summary>
    private static readonly TimeSpan Opening = TimeSpan.FromMinutes(5);

    /// <summary>Of the exporter too: whatever commands may share, no run is two exporters'.</summary>
    public static Guid IdOf(Guid commandId, Guid exporterId) =>
        DerivedId.From(commandId, "run", exporterId.ToString("N"));

    /// <summary>The run that a person looked at before they chose Write anyway.</summary>
    /// <param name="replayOf">What it replayed; null = it was no replay.</param>
    /// <returns>Null = they looked at none.</returns>
    /// <exception cref="RefusedException">CK-RUN-23: it is none that asks for a look.</exception>
    public async Task<(RunStarted Started, LookedAt LookedAt)?> Stopped(
        Guid? runId, Guid exporterId, Guid? replayOf, CancellationToken ct)
    {
        if (runId is not { } id) return null;
        return await streams.Read(Run.StreamOf(id), Run.Decider, ct) is Run.State.Ended
            { Code: { } code, Snapshot: { } snapshot, Started: var started }
            && started.ExporterId == exporterId && started.ReplayOf == replayOf && RunCodes.AsksForALook(code)
                ? (started, new LookedAt(id, code, snapshot.Hash))
                : throw RunCodes.NotTheLast.Refuse();
    }

    /// <summary>Runs the exporter as it is now, or joins its run that is active; as the command at hand.</summary>
    /// <exception cref="RefusedException">It is deleted or paused, or an organization that it reads may not be read.</exception>
    public async Task<RunRequested> Start(
        Guid exporterId, Exporter.State state, RunTrigger trigger, Guid? lookedAt, ScheduledFor? schedule, CancellationToken ct)
    {
        var exporter = Exporter.Require(state);
        if (exporter.Paused) throw new RefusedException(ExporterCodes.Paused);
        if (await streams.WhyNotRead(exporter.Configuration.ConnectionIds, ct) is { } why) throw new RefusedException(why);
        var spreadsheet = Spreadsheet.Require(await streams.Read(
            Spreadsheet.StreamOf(exporter.Configuration.SpreadsheetKey), Spreadsheet.Decider, ct));
        return await Send(
            new RunQueued(
                exporterId, IdOf(current.Context.CommandId, exporterId), exporter.Version, exporter.Configuration,
                exporter.SpreadsheetId, spreadsheet.AccountId, trigger,
                LookedAt: (await Stopped(lookedAt, exporterId, null, ct))?.LookedAt, Schedule: schedule), ct);
    }

    public async Task<RunRequested> Send(RunQueued wish, CancellationToken ct)
    {
        // Asked for long ago, under the same number: whatever has come of the exporter since, that is the answer.
        var known = await streams.Transact(Run.StreamOf(wish.RunId), Run.Decider, _ => [], ct);
        if (Run.StartOf(known.State)?.ExporterId == wish.ExporterId)
        {
            var asked = await streams.Transact(RunQueue.StreamOf(wish.ExporterId), RunQueue.Decider, _ => [], ct);
            return new(wish.RunId, Joined: false, asked.Event<RunQueued>() is null ? known.Appended : asked.Appended);
        }

        // Nothing will free the exporter of a run that is over by now: the next one takes its place.
        var over = await Unopened(wish, ct) ?? await Over(wish.ExporterId, ct);
        var done = await streams.Transact(
            RunQueue.StreamOf(wish.ExporterId), RunQueue.Decider,
            state => RunQueue.Request(RunQueue.Without(state, over), wish, current.Context.CommandId), ct);
        return done.Event<RunQueued>() is { } queued
            ? new(queued.RunId, Joined: false, done.Appended)
            : new(done.Event<RunJoined>()!.RunId, Joined: true, done.Appended);
    }

    /// <summary>
    /// The exporter's run, whose opening was set aside: whoever joins it would wait for ever, so it is ended here. One that a
    /// reactor has yet to come to is opened in its turn.
    /// </summary>
    private async Task<Guid?> Unopened(RunQueued wish, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var queue = RunQueue.StreamOf(wish.ExporterId);
        if ((await streams.Read(queue, RunQueue.Decider, ct)).ActiveRunId is not { } active || active == wish.RunId
            || await streams.Read(Run.StreamOf(active), Run.Decider, ct) is not Run.State.Unknown
            || await streams.Last<RunQueued>(queue, ct) is not { Event: RunQueued queued } found
            || queued.RunId != active || now < found.At + Opening
            || !await troubles.IsSetAside(RunReactor.ReactorName, found.Id, ct))
            return null;
        var asker = current.Context;
        try
        {
            // Not the doing of whoever asks for the next one.
            current.Context = CommandContext.Of(
                found.Id, "give-up", found.Metadata.CorrelationId, found.Metadata.WorkspaceId, queued.Configuration.ConnectionIds);
            var ended = await streams.Transact(
                Run.StreamOf(active), Run.Decider, state => Run.GiveUp(state, RunStarted.Of(queued, found.At), now), ct);
            return ended.State is Run.State.Ended ? active : null;
        }
        finally
        {
            current.Context = asker;
        }
    }

    /// <summary>The exporter's run, if it has ended and nothing frees the exporter of it in time.</summary>
    private async Task<Guid?> Over(Guid exporterId, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        while (await Ending(exporterId, ct) is not null && time.GetElapsedTime(began) < Timeout)
            await Task.Delay(PollInterval, time, ct);
        return await Ending(exporterId, ct) is { IsOver: true, RunId: var runId } ? runId : null;
    }

    /// <summary>
    /// The exporter's run, where joining it would be no run at all: it has ended and what changed since would not be
    /// exported, it was asked to stop and has written nothing, or it is another exporter's.
    /// </summary>
    private async Task<(Guid RunId, bool IsOver)?> Ending(Guid exporterId, CancellationToken ct)
    {
        if ((await streams.Read(RunQueue.StreamOf(exporterId), RunQueue.Decider, ct)).ActiveRunId is not { } active) return null;
        return await streams.Read(Run.StreamOf(active), Run.Decider, ct) switch
        {
            Run.State.Ended => (active, true),
            Run.State.Active run when run.Started.ExporterId != exporterId => (active, true),
            Run.State.Active { CancelRequested: true, Write: null } => (active, false),
            _ => null,
        };
    }
}
