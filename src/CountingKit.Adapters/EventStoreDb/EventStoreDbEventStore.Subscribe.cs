using System.Runtime.CompilerServices;
using CountingKit.Adapters.EventStoreDb.Client;
using CountingKit.EventSourcing;
using Microsoft.Extensions.Logging;

namespace CountingKit.Adapters.EventStoreDb;

public sealed partial class EventStoreDbEventStore
{
    // So many calls in a row without an event or a reason: the position may be one that the server does not know.
    private const int UnexplainedCalls = 10;

    public async IAsyncEnumerable<SubscriptionMessage> SubscribeToAll(
        Position? after, [EnumeratorCancellation] CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(closing.IsCancellationRequested, this);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, closing.Token);
        var place = new SubscriptionPlace(after);
        var backOff = new BackOff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2), time);
        var unexplained = 0;
        while (true)
        {
            EventStoreClientException? broken;
            var isNew = false;
            await using (var feed = new SubscriptionFeed(client, place.Last, options.Stall, time, ending.Token))
            {
                while (await feed.Next(ending.Token) is { } message)
                {
                    if (place.Take(message) is not { } given) continue;
                    if (given is SubscriptionMessage.Event)
                    {
                        isNew = true;
                        backOff.Reset();
                    }

                    yield return given;
                    ending.Token.ThrowIfCancellationRequested();
                }

                broken = feed.Failure;
            }

            ending.Token.ThrowIfCancellationRequested();
            unexplained = broken is UnknownFailureException && !isNew ? unexplained + 1 : 0;
            if (broken is { IsTransient: false } and not UnknownFailureException || unexplained == UnexplainedCalls)
                throw Told(broken!);
            log.Log(
                isNew ? LogLevel.Information : LogLevel.Warning, broken as UnknownFailureException,
                "The subscription ended; it is taken up again after {Position}: {Cause}", place.Last, broken?.Message);
            if (place.Lost()) yield return new SubscriptionMessage.FellBehind();
            await backOff.Wait(ending.Token);
        }
    }
}
