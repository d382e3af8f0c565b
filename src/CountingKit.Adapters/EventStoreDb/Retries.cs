using CountingKit.Adapters.EventStoreDb.Client;
using CountingKit.EventSourcing;

namespace CountingKit.Adapters.EventStoreDb;

/// <summary>Whether and when one call is tried again: later each time, with jitter, while patience lasts.</summary>
internal sealed class Retries(Outage outage, EventStoreDbOptions options, TimeProvider time)
{
    // An answer without a reason comes of a server that is going down, or of a bug; a bug stays.
    private const int UnexplainedTries = 3;
    private static readonly TimeSpan ShortestTry = TimeSpan.FromMilliseconds(250);

    private readonly long started = time.GetTimestamp();
    private readonly BackOff backOff = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), time);
    private bool isAgain;
    private int unexplained;

    /// <summary>What the next try may take: no try outlasts the patience.</summary>
    public TimeSpan Left => AtLeastATry(options.Patience - time.GetElapsedTime(started));

    /// <summary>
    /// The same for a read, which may meet silence: the first try leaves a third of the patience, in which another node answers.
    /// </summary>
    public TimeSpan LeftToRead => !isAgain && AtLeastATry(options.Patience / 3 * 2) is var first && first < Left ? first : Left;

    /// <summary>Waits for the next try.</summary>
    /// <returns>False = there is to be none.</returns>
    public async Task<bool> Again(EventStoreClientException failure, CancellationToken ct)
    {
        if (failure is UnknownFailureException)
        {
            if (++unexplained >= UnexplainedTries) return false;
        }
        else if (!failure.IsTransient)
        {
            return false;
        }

        // A node of a cluster was named by another one: somebody is there.
        if (failure is NotLeaderException or NotReadyException or GaveUpException
            || (options.Settings.Discovers && failure is not DiscoveryException)) outage.Answered();
        outage.Noticed();
        if (time.GetElapsedTime(started) >= options.Patience || !outage.IsShorterThan(options.Patience)) return false;
        await backOff.Wait(ct);
        return isAgain = true;
    }

    private static TimeSpan AtLeastATry(TimeSpan span) => span > ShortestTry ? span : ShortestTry;
}
