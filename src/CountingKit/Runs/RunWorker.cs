using CountingKit.EventSourcing;
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
    private readonly RunRows rows;
    private readonly RunWriting writing;

    public RunWorker(
        Streams streams, CurrentCommand current, IDbContextFactory<VaultDb> vault, TimeProvider time, Sync sync,
        IMirror mirror, ISpreadsheets spreadsheets, Leases leases, CallAttribution attribution)
    {
        this.attribution = attribution;
        (this.streams, this.current, this.vault, this.time) = (streams, current, vault, time);
        rows = new RunRows(sync, mirror, streams);
        writing = new RunWriting(spreadsheets, mirror, streams, leases, time);
    }

    public string Kind => WorkKind;

    public async Task<WorkResult> Do(WorkItem item, CancellationToken ct)
    {
        var cursor = await streams.Open(Run.StreamOf(item.Read<RunWork>().RunId), Run.Decider, ct);
        if (cursor.State is not Run.State.Active active) return new WorkResult.Done();

        attribution.Begin(active.Started.RunId);
        var run = new RunContext(item, active, cursor, current, vault, time);
        try
        {
            await run.Append(await Outcome(run, item, ct), ct);
            return new WorkResult.Done();
        }
        catch (RunWaitsException waits)
        {
            if (waits.IsWorthTelling) await run.Append(waits.ToEvent(run), ct);
            return new WorkResult.Again(waits.Until);
        }
        catch (OvertakenException)
        {
            // Look again at once: a person asked to cancel, or another worker has the run.
            return new WorkResult.Again(time.GetUtcNow());
        }
    }

    private async Task<IEvent> Outcome(RunContext run, WorkItem item, CancellationToken ct)
    {
        // What was sent to the sheet is finished; what was not is not begun.
        if (run.State is { CancelRequested: true, Write: null })
            return new RunCanceled(run.RunId, run.Started.ExporterId, run.Milliseconds);
        if (item.Failures >= MostFailures)
            return new RunFailed(
                run.RunId, run.Started.ExporterId, "CK-RUN-99",
                "Something unexpected stopped this run several times. The installation's log has the details.",
                SheetUntouched: run.State.Write is null, run.Milliseconds);
        try
        {
            var made = run.Started.ReplayOf is { } past
                ? await rows.TakeAgain(run, past, ct)
                : await rows.Make(run, await rows.BringUpToDate(run, ct), ct);
            return await writing.Write(run, made, ct);
        }
        catch (RunEndedException ended)
        {
            return ended.ToEvent(run);
        }
        catch (MirrorDamagedException damaged)
        {
            return new RunEndedException(
                RunCodes.FileDamaged.Code, $"{RunCodes.FileDamaged.Title}. {RunCodes.FileDamaged.Advice}", inner: damaged)
                .ToEvent(run);
        }
    }
}
