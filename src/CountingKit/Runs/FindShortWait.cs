using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Runs;

/// <summary>
/// UTC: until then a run that reads waits for Xero's limit of calls a minute; null = it does not. No event tells of so short
/// a wait.
/// </summary>
[Asks(Permission.View)]
public sealed record FindShortWait(Guid RunId) : IQuery<DateTime?>, IConcernsRun;

public sealed class FindShortWaitHandler(ReadModels readModels, IXeroConnections xero, TimeProvider time)
    : IRequestHandler<FindShortWait, DateTime?>
{
    /// <summary>Shorter ones are over before anybody has read of them.</summary>
    private static readonly TimeSpan LeastTold = TimeSpan.FromSeconds(5);

    public async Task<DateTime?> Handle(FindShortWait query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var run = await db.Set<RunRow>().AsNoTracking().FirstOrDefaultAsync(r => r.RunId == query.RunId, ct);
        if (run is not { Status: RunStatus.Running, Step: RunListProjection.Reading }) return null;

        var told = time.GetUtcNow() + LeastTold;
        DateTime? last = null;
        foreach (var connectionId in run.ConnectionIds())
            if (await xero.BusyUntil(connectionId, ct) is { } until && until > told && !(until.UtcDateTime <= last))
                last = until.UtcDateTime;
        return last;
    }
}
