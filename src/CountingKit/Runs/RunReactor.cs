using System.Diagnostics;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Mirror;

namespace CountingKit.Runs;

/// <summary>
/// Opens a queued run and has it carried out; stops it when what it was queued for is gone; frees the exporter when it has
/// ended, and has Xero asked where it ended for want of a sign-in.
/// </summary>
public sealed class RunReactor(Streams streams) : IReactor
{
    internal const string ReactorName = "runs";

    public string Name => ReactorName;

    public async Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct)
    {
        switch (recorded.Event)
        {
            case RunQueued e:
                await Open(e, recorded, reaction, ct);
                break;
            case RunCancelRequested e:
                reaction.Wake(RunWorker.WorkKind, KeyOf(e.RunId));
                break;
            case ExporterDeleted e:
                await Stop(e.ExporterId, RunCodes.ExporterDeleted, reaction, ct);
                break;
            case ExporterPaused e when await IsPaused(e.ExporterId, ct):
                await Stop(e.ExporterId, RunCodes.ExporterPaused, reaction, ct);
                break;
            case ConnectionPaused e:
                reaction.Queue(
                    StopRunsWorker.WorkKind, e.ConnectionId.ToString("N"), new StopRunsWork(e.ConnectionId),
                    subject: e.ConnectionId.ToString("N"));
                break;
            case ExportCompleted e:
                await Release(e.ExporterId, e.RunId, await Written(e, recorded, ct), reaction, ct);
                break;
            case NoChangesFound e:
                await Release(e.ExporterId, e.RunId, await Proven(e, recorded, ct), reaction, ct);
                break;
            case RunFailed e:
                await Release(e.ExporterId, e.RunId, null, reaction, ct);
                if (e is { Problem: SourceProblem.SignInExpired or SourceProblem.NoAccess, ConnectionId: { } connectionId })
                    ConnectionReactor.Ask(connectionId, reaction);
                break;
            case RunCanceled e:
                await Release(e.ExporterId, e.RunId, null, reaction, ct);
                break;
        }
    }

    internal static string KeyOf(Guid runId) => runId.ToString("N");

    private static async Task Open(RunQueued e, RecordedEvent recorded, Reaction reaction, CancellationToken ct)
    {
        var started = RunStarted.Of(e, recorded.At);
        var run = await reaction.Transact(Run.StreamOf(e.RunId), Run.Decider, state => Run.Open(state, started), ct);
        if (Run.StartOf(run)?.ExporterId == e.ExporterId)
            reaction.Queue(
                RunWorker.WorkKind, KeyOf(e.RunId), new RunWork(e.RunId, e.ExporterId),
                subject: e.Configuration.ConnectionIds.Select(id => id.ToString("N")).FirstOrDefault());
        else
            // The id is another exporter's run, whose end will not free this one.
            await Release(e.ExporterId, e.RunId, null, reaction, ct);
    }

    /// <summary>Still: long after the pause it may have been resumed, and its run begun since.</summary>
    private async Task<bool> IsPaused(Guid exporterId, CancellationToken ct) =>
        await Current(exporterId, ct) is { Paused: true };

    /// <summary>The exporter as it is at this moment; null = it is gone.</summary>
    private async Task<Exporter.State.Ready?> Current(Guid exporterId, CancellationToken ct) =>
        await streams.Read(Exporter.StreamOf(exporterId), Exporter.Decider, ct) as Exporter.State.Ready;

    /// <summary>The exporter's run that is queued, reads or waits. The worker looks again before it writes.</summary>
    private async Task Stop(Guid exporterId, ErrorCode why, Reaction reaction, CancellationToken ct)
    {
        if ((await streams.Read(RunQueue.StreamOf(exporterId), RunQueue.Decider, ct)).ActiveRunId is { } runId)
            await reaction.Transact(Run.StreamOf(runId), Run.Decider, state => Run.Stop(state, runId, why), ct);
    }

    /// <summary>A replay to another tab leaves the exporter's own tab as it was.</summary>
    private async Task<LastWrite?> Written(ExportCompleted e, RecordedEvent recorded, CancellationToken ct) =>
        await Ended(e.RunId, ct) is { Started: { ReplayTab: null } started, DataAt: var dataAt, Periods: var periods }
            ? await Choosing(started, new LastWrite(
                e.RunId, started.ConfigurationVersion, e.Snapshot, e.Layout, started.SpreadsheetId, e.SheetId, e.TabTitle,
                e.FileVersion, dataAt ?? recorded.At, started.ReplayOf is null ? null : recorded.At, OfRows(e),
                Periods: periods), ct)
            : null;

    /// <summary>
    /// With what chose the rows. A replay has the configuration of the run that it repeats, and tells nothing of what the
    /// exporter has now: with it the next run would seem to be changed by a person. Where no run has written yet, only the
    /// exporter itself tells that.
    /// </summary>
    private async Task<LastWrite> Choosing(RunStarted started, LastWrite written, CancellationToken ct)
    {
        if (started is { ReplayOf: not null, Last: { } last } && last.SpreadsheetId == started.SpreadsheetId)
            return written with { ConfigurationVersion = last.ConfigurationVersion, Selection = last.Selection };
        var (version, configuration) = started.ReplayOf is not null && await Current(started.ExporterId, ct) is { } now
            ? (now.Version, now.Configuration)
            : (started.ConfigurationVersion, started.Configuration);
        return written with { ConfigurationVersion = version, Selection = configuration.Selection() };
    }

    private static List<RunWarning>? OfRows(ExportCompleted e) =>
        e.Warnings.Where(warning => warning.IsOfRows).ToList() is { Count: > 0 } lasting ? lasting : null;

    private async Task<LastWrite?> Proven(NoChangesFound e, RecordedEvent recorded, CancellationToken ct)
    {
        if (await Ended(e.RunId, ct) is not
            { Started: { ReplayTab: null, Last: { } last } started, DataAt: var dataAt, Periods: var periods }) return null;
        last = await Choosing(started, last with { FileVersion = e.FileVersion }, ct);
        // A replay of what stands there already makes it neither older nor newer.
        return started.ReplayOf is null ? last with { At = dataAt ?? recorded.At, ReplayedAt = null, Periods = periods } : last;
    }

    /// <summary>
    /// Null = the run's stream holds what does not belong there. The exporter is freed all the same: its next run then looks
    /// into the sheet rather than believe what it can't know.
    /// </summary>
    private async Task<Run.State.Ended?> Ended(Guid runId, CancellationToken ct)
    {
        try
        {
            return await streams.Read(Run.StreamOf(runId), Run.Decider, ct) as Run.State.Ended;
        }
        catch (UnreachableException)
        {
            return null;
        }
    }

    private static async Task Release(
        Guid exporterId, Guid runId, LastWrite? written, Reaction reaction, CancellationToken ct) => await reaction.Transact(
        RunQueue.StreamOf(exporterId), RunQueue.Decider,
        state => RunQueue.Release(state, exporterId, runId, written), ct);
}

/// <summary>What the worker needs to know of a queued run: the rest stands in its stream.</summary>
/// <param name="ExporterId">Empty = queued by an older version.</param>
/// <param name="LimitedSince">
/// UTC: since when it has waited for a vendor's limits of some minutes; null = it has not. Patience counts from here: what a
/// queue or a day's limit took is none of it.
/// </param>
/// <param name="BehindSince">UTC: since when it has stood behind another run; null = it does not.</param>
/// <param name="Settled">Of its last write, when that can't land any more; null = nobody has asked yet.</param>
public sealed record RunWork(
    Guid RunId, Guid ExporterId = default, DateTimeOffset? LimitedSince = null, DateTimeOffset? BehindSince = null,
    SettledWrite? Settled = null);

/// <summary>A write that was sent lands until then, or never.</summary>
/// <param name="Number">1 = the run's first.</param>
/// <param name="At">UTC.</param>
public sealed record SettledWrite(int Number, DateTimeOffset At);
