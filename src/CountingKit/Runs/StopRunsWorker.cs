using CountingKit.Connections;
using CountingKit.EventSourcing;

namespace CountingKit.Runs;

internal sealed record StopRunsWork(Guid ConnectionId);

/// <summary>Stops the runs that read an organization whose connection was paused: nothing is read until it is resumed.</summary>
internal sealed class StopRunsWorker(
    Streams streams, ExportersOfConnection exporters, ReadModels readModels, CurrentCommand command, TimeProvider time)
    : IWorker
{
    public const string WorkKind = "stop-runs";

    public string Kind => WorkKind;

    public async Task<WorkResult> Do(WorkItem item, CancellationToken ct)
    {
        var connectionId = item.Read<StopRunsWork>().ConnectionId;
        command.Context = item.Context("stop", [connectionId]);
        var now = await streams.Transact(Connection.StreamOf(connectionId), Connection.Decider, _ => [], ct);
        if (now.State is not Connection.State.Open { IsPaused: true }) return new WorkResult.Done();
        if (!await readModels.HaveCaughtUpTo(now.Appended.Position, ct))
            return new WorkResult.Again(time.GetUtcNow() + ReadModels.Moment);

        await exporters.StopRuns(connectionId, RunCodes.ConnectionPaused, ct);
        return new WorkResult.Done();
    }
}
