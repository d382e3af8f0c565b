using CountingKit.EventSourcing;
using CountingKit.Mirror;

namespace CountingKit.Connections;

/// <param name="Tries">Attempts that Xero did not answer so far.</param>
internal sealed record DescribeWork(Guid ConnectionId, int Tries = 0);

/// <summary>
/// Reads what Xero says of an organization and of our link to it after it was connected, and notes whether it can be read.
/// Each attempt costs calls of the organization's day: the waits between them grow, and an answer that no repetition
/// will better ends it.
/// </summary>
internal sealed class DescribeWorker(ConnectionCheck check, CurrentCommand command, TimeProvider time) : IWorker
{
    public const string WorkKind = "describe-organization";
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(6);

    public string Kind => WorkKind;

    public async Task<WorkResult> Do(WorkItem item, CancellationToken ct)
    {
        var work = item.Read<DescribeWork>();
        // Each attempt asks anew, and what Xero says then is told, whatever an earlier one was told.
        command.Context = item.Context($"describe:{item.Attempt}", [work.ConnectionId]);
        var (trouble, _) = await check.Check(work.ConnectionId, ct);
        trouble ??= await check.KeepConnection(work.ConnectionId, ct);
        if (trouble?.Problem is not (SourceProblem.DayLimit or SourceProblem.Unavailable) || IsFinal(trouble.Code))
            return new WorkResult.Done();
        return new WorkResult.Again(trouble.RetryAt ?? time.GetUtcNow() + BackOff.Of(work.Tries, FirstWait, LongestWait))
        {
            Payload = WorkItem.Write(work with { Tries = work.Tries + 1 }),
        };
    }

    private static bool IsFinal(string code) => code == XeroCodes.Refused.Code || code == XeroCodes.NotUnderstood.Code;
}
