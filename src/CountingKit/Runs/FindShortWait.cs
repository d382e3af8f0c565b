using CountingKit.Connections;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Runs;

/// <summary>
/// How long a limit of Xero's on calls a minute lets no call begin for an organization of a run; null = it does, or soon.
/// No event tells of so short a time, and nothing tells whether the run has a call to make.
/// </summary>
[Asks(Permission.View)]
public sealed record FindShortWait(Guid RunId) : IQuery<ShortWait?>, IConcernsRun;

/// <param name="IsOfApp">True = the limit is the one of all organizations together; false = the organization's own.</param>
public sealed record ShortWait(TimeSpan Length, bool IsOfApp);

public sealed class FindShortWaitHandler(CurrentRequester current, IXeroConnections xero)
    : IRequestHandler<FindShortWait, ShortWait?>
{
    /// <summary>A shorter one is over before anybody has read of it.</summary>
    private static readonly TimeSpan LeastTold = TimeSpan.FromSeconds(5);

    public async Task<ShortWait?> Handle(FindShortWait query, CancellationToken ct)
    {
        var longest = new ShortWait(await xero.WaitOfAppMinute(ct), IsOfApp: true);
        foreach (var connectionId in current.Connections)
        {
            var wait = await xero.WaitOfMinute(connectionId, ct);
            if (wait > longest.Length) longest = new(wait, IsOfApp: false);
        }

        return longest.Length >= LeastTold ? longest : null;
    }
}
