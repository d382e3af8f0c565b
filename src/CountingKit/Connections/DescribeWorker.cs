using CountingKit.EventSourcing;
using CountingKit.Runs;

namespace CountingKit.Connections;

internal sealed record DescribeWork(Guid ConnectionId);

/// <summary>
/// Reads what Xero says of an organization and of our link to it after it was connected, and notes whether it can be read.
/// </summary>
internal sealed class DescribeWorker(ConnectionCheck check, CurrentCommand command, TimeProvider time) : IWorker
{
    public const string WorkKind = "describe-organization";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public string Kind => WorkKind;

    public async Task<WorkResult> Do(WorkItem item, CancellationToken ct)
    {
        var connectionId = item.Read<DescribeWork>().ConnectionId;
        command.Context = item.Context("describe", [connectionId]);
        var (trouble, _) = await check.Check(connectionId, ct);
        trouble ??= await check.KeepConnection(connectionId, ct);
        return trouble?.Problem switch
        {
            SourceProblem.DayLimit => new WorkResult.Again(trouble.RetryAt ?? time.GetUtcNow() + Pause),
            SourceProblem.Unavailable => new WorkResult.Again(time.GetUtcNow() + Pause),
            _ => new WorkResult.Done(),
        };
    }
}
