using System.Diagnostics;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Spreadsheets;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Runs;

/// <summary>
/// Carries a run out, from wherever an earlier attempt left it: sync, project, compare, write, verify. It ends once, in one
/// of the run's final events.
/// </summary>
public sealed class RunWorker : IWorker
{
    public const string WorkKind = "run";

    /// <summary>Unexpected errors in a row, then the run is ended rather than tried for ever.</summary>
    private const int MostFailures = 5;

    private readonly Streams streams;
    private readonly CurrentCommand current;
    private readonly IDbContextFactory<VaultDb> vault;
    private readonly TimeProvider time;
    private readonly CallAttribution attribution;
    private readonly IMirror mirror;
    private readonly RunStanding standing;
    private readonly RunRows rows;
    private readonly RunWriting writing;

    public RunWorker(
        Streams streams, CurrentCommand current, IDbContextFactory<VaultDb> vault, TimeProvider time, Sync sync,
        IMirror mirror, IXeroConnections xero, ISpreadsheets spreadsheets, Leases leases, CallAttribution attribution)
    {
        (this.mirror, this.attribution) = (mirror, attribution);
        (this.streams, this.current, this.vault, this.time) = (streams, current, vault, time);
        standing = new RunStanding(streams);
        var check = new ConnectionCheck(xero, streams, sync, mirror);
        rows = new RunRows(sync, mirror, streams, async (connectionId, ct) => (await check.Check(connectionId, ct)).Trouble);
        writing = new RunWriting(spreadsheets, mirror, streams, leases, time);
    }

    public string Kind => WorkKind;

    public WorkLane Lane => WorkLane.Runs;

    public async Task<WorkResult> Do(WorkItem item, CancellationToken ct)
    {
        var work = item.Read<RunWork>();
        StreamCursor<Run.State> cursor;
        try
        {
            cursor = await streams.Open(Run.StreamOf(work.RunId), Run.Decider, ct);
        }
        catch (Exception odd) when (odd is UnreachableException or UnreadableEventException && item.Failures >= MostFailures)
        {
            // Nothing can be said in a stream that can't be read, but the exporter need not stand still with it.
            await Free(work, item, ct);
            return new WorkResult.Done();
        }

        if (cursor.State is not Run.State.Active active) return new WorkResult.Done();

        attribution.Begin(active.Started.RunId);
        var run = new RunContext(item, active, cursor, current, vault, time);
        try
        {
            return await Attempt(run, item, ct);
        }
        catch (OvertakenException)
        {
            // Look again at once: it was asked to stop, or another attempt has the run.
            return new WorkResult.Again(time.GetUtcNow());
        }
    }

    private async Task<WorkResult> Attempt(RunContext run, WorkItem item, CancellationToken ct)
    {
        try
        {
            var end = await Outcome(run, item, ct);
            if (end is RunFailed failed)
                end = failed with { XeroCalls = await run.Calls("xero", ct), GoogleCalls = await run.Calls("google", ct) };
            await run.Append(end, ct);
            return new WorkResult.Done();
        }
        catch (RunWaitsException waits)
        {
            if (waits.IsWorthTelling)
            {
                foreach (var told in Run.Wait(run.State, waits.ToEvent(run))) await run.Append(told, ct);
            }

            return waits.ToResult(run, time.GetUtcNow());
        }
        catch (FolderGoneException)
        {
            // The mirror is away: tried again by who does the work, as with whatever the portal stands on.
            var wait = new RunWaited(run.RunId, StorageCodes.FolderGone.Code, $"{StorageCodes.FolderGone.Title}.", Until: null);
            foreach (var told in Run.Wait(run.State, wait)) await run.Append(told, ct);
            throw;
        }
    }

    private async Task Free(RunWork work, WorkItem item, CancellationToken ct)
    {
        current.Context = item.Context("free", []);
        await streams.Transact(
            RunQueue.StreamOf(work.ExporterId), RunQueue.Decider,
            state => RunQueue.Release(state, work.ExporterId, work.RunId, null), ct);
    }

    private async Task<IEvent> Outcome(RunContext run, WorkItem item, CancellationToken ct)
    {
        if (item.Failures >= MostFailures)
            return new RunFailed(
                run.RunId, run.Started.ExporterId, RunCodes.Unexpected.Code,
                "Something unexpected stopped this run several times. The installation's log has the details.",
                SheetUntouched: run.State.Write is null, run.Milliseconds);
        try
        {
            // What was sent to the sheet is finished; what was not is not begun.
            if (run.State.Write is null) await standing.Require(run, ct);
            if (run.State.Wait?.Code == StorageCodes.FolderGone.Code)
            {
                mirror.Require();
                await run.Append(new RunWentOn(run.RunId), ct);
            }

            var made = run.Started.ReplayOf is { } past
                ? await rows.TakeAgain(run, past, ct)
                : await rows.Make(run, await rows.BringUpToDate(run, ct), ct);
            return await writing.Write(run, made, ct);
        }
        catch (RunStoppedException stopped)
        {
            return stopped.ToEvent(run);
        }
        catch (RunEndedException ended)
        {
            return ended.ToEvent(run);
        }
        catch (MirrorDamagedException damaged)
        {
            return new RunEndedException(
                MirrorCodes.FileDamaged.Code, $"{MirrorCodes.FileDamaged.Title}. {MirrorCodes.FileDamaged.Advice}",
                sheetUntouched: run.State.Write is null, inner: damaged).ToEvent(run);
        }
        catch (MirrorMemoryException low)
        {
            return new RunEndedException(
                MirrorCodes.MemoryLow.Code, $"{MirrorCodes.MemoryLow.Title}. {MirrorCodes.MemoryLow.Advice}",
                sheetUntouched: run.State.Write is null, inner: low).ToEvent(run);
        }
    }
}
