using CountingKit.Connections;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Runs;

/// <summary>
/// How long Xero's limit of calls a minute lets no call begin for an organization of a run; null = it does, or soon.
/// No event tells of so short a time, and nothing tells whether the run has a call to make.
/// </summary>
[Asks(Permission.View)]
public sealed record FindShortWait(Guid RunId) : IQuery<TimeSpan?>, IConcernsRun;

public sealed class FindShortWaitHandler(CurrentRequester current, IXeroConnections xero)
    : IRequestHandler<FindShortWait, TimeSpan?>
{
    /// <summary>A shorter one is over before anybody has read of it.</summary>
    private static readonly TimeSpan LeastTold = TimeSpan.FromSeconds(5);

    public async Task<TimeSpan?> Handle(FindShortWait query, CancellationToken ct)
    {
        var longest = TimeSpan.Zero;
        foreach (var connectionId in current.Connections)
        {
            var wait = await xero.WaitOfMinute(connectionId, ct);
            if (wait > longest) longest = wait;
        }

        return longest >= LeastTold ? longest : null;
    }
}
