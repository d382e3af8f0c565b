using CountingKit.EventSourcing;

namespace CountingKit.Runs;

/// <summary>Opens a queued run and has it carried out; frees the exporter when it has ended.</summary>
public sealed class RunReactor(Streams streams) : IReactor
{
    public string Name => "runs";

    public async Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct)
    {
        switch (recorded.Event)
        {
            case RunQueued e:
                var started = new RunStarted(
                    e.RunId, e.ExporterId, e.ConfigurationVersion, e.Configuration, e.SpreadsheetId, e.AccountId, e.Trigger,
                    recorded.At, e.ReplayOf, e.ReplayTab, e.WriteAnyway, e.Last, e.DataAt);
                await reaction.Transact(Run.StreamOf(e.RunId), Run.Decider, state => Run.Open(state, started), ct);
                reaction.Queue(RunWorker.WorkKind, e.RunId.ToString("N"), new RunWork(e.RunId));
                break;
            case ExportCompleted e:
                await Release(e.ExporterId, e.RunId, await Written(e, recorded, ct), reaction, ct);
                break;
            case NoChangesFound e:
                await Release(e.ExporterId, e.RunId, await Proven(e, recorded, ct), reaction, ct);
                break;
            case RunFailed e:
                await Release(e.ExporterId, e.RunId, null, reaction, ct);
                break;
            case RunCanceled e:
                await Release(e.ExporterId, e.RunId, null, reaction, ct);
                break;
        }
    }

    /// <summary>A replay to another tab leaves the exporter's own tab as it was.</summary>
    private async Task<LastWrite?> Written(ExportCompleted e, RecordedEvent recorded, CancellationToken ct)
    {
        var started = await Started(e.RunId, ct);
        return started.ReplayTab is not null ? null : new LastWrite(
            e.RunId, started.ConfigurationVersion, e.Snapshot, e.Layout, started.SpreadsheetId, e.SheetId, e.TabTitle,
            e.FileVersion, started.DataAt ?? recorded.At, started.ReplayOf is null ? null : recorded.At);
    }

    private async Task<LastWrite?> Proven(NoChangesFound e, RecordedEvent recorded, CancellationToken ct)
    {
        var started = await Started(e.RunId, ct);
        if (started is not { ReplayTab: null, Last: { } last }) return null;
        last = last with { ConfigurationVersion = started.ConfigurationVersion, FileVersion = e.FileVersion };
        // A replay of what stands there already makes it neither older nor newer.
        return started.ReplayOf is null ? last with { At = recorded.At, ReplayedAt = null } : last;
    }

    private async Task<RunStarted> Started(Guid runId, CancellationToken ct) =>
        await streams.Read(Run.StreamOf(runId), Run.Decider, ct) is Run.State.Ended ended
            ? ended.Started
            : throw new InvalidOperationException("A run that has ended is not ended in its stream.");

    private static Task Release(
        Guid exporterId, Guid runId, LastWrite? written, Reaction reaction, CancellationToken ct) => reaction.Transact(
        RunQueue.StreamOf(exporterId), RunQueue.Decider,
        state => RunQueue.Release(state, exporterId, runId, written), ct);
}

/// <summary>What the worker needs to know of a queued run: the rest stands in its stream.</summary>
public sealed record RunWork(Guid RunId);
