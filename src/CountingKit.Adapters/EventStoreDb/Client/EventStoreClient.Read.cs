using System.Runtime.CompilerServices;
using CountingKit.Adapters.EventStoreDb.Protos;
using CountingKit.EventSourcing;
using Grpc.Core;
using StreamsClient = CountingKit.Adapters.EventStoreDb.Protos.Streams.StreamsClient;

namespace CountingKit.Adapters.EventStoreDb.Client;

internal sealed partial class EventStoreClient
{
    // A subscription that catches up is told now and then how far the server has searched.
    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeepSilence = TimeSpan.MinValue;

    /// <summary>
    /// One bounded read of a stream, of the leader, whichever node the settings prefer: a decision must not rest on what a
    /// follower does not know yet. A stream that does not exist gives nothing.
    /// </summary>
    /// <param name="from">Inclusive; null = start or end.</param>
    /// <param name="maxCount">1 or more.</param>
    /// <param name="atMost">How long until the first answer, and from one to the next; never longer than the settings' deadline.</param>
    /// <exception cref="EventStoreClientException">The read ended before its end.</exception>
    public IAsyncEnumerable<StoredEvent> ReadStreamAsync(
        ReadDirection direction, string stream, ulong? from, ulong maxCount, TimeSpan atMost, CancellationToken ct) =>
        Events(ReadRequests.OfStream(direction, stream, from, maxCount), leader, stream, atMost, ct);

    /// <summary>One bounded read of the whole log; of its end, by the leader: another node may be behind.</summary>
    /// <param name="from">Inclusive forwards; null = start or end.</param>
    /// <param name="maxCount">1 or more.</param>
    /// <param name="withSystemEvents">Also the server's own events.</param>
    /// <param name="atMost">As for a stream: a read takes as long as it likes while events come.</param>
    /// <exception cref="EventStoreClientException">The read ended before its end.</exception>
    public IAsyncEnumerable<StoredEvent> ReadAllAsync(
        ReadDirection direction, Position? from, ulong maxCount, bool withSystemEvents, TimeSpan atMost,
        CancellationToken ct) => Events(
        ReadRequests.OfAll(direction, from, maxCount, withSystemEvents),
        direction == ReadDirection.Backwards && from is null ? leader : preferred, stream: null, atMost, ct);

    /// <summary>Messages of the whole log without system events, after a position, live; until it breaks.</summary>
    /// <param name="after">Exclusive; null = from the start.</param>
    /// <returns>Ends, without an error, when the server ends it.</returns>
    /// <exception cref="EventStoreClientException">It broke.</exception>
    public IAsyncEnumerable<ReadResp> SubscribeToAll(Position? after, CancellationToken ct) =>
        Messages(
            ReadRequests.SubscriptionToAll(after), preferred, stream: null, SilenceOfSubscription, Timeout.InfiniteTimeSpan, ct);

    /// <summary>Until it is live there is always something to tell: events, or how far the server has searched.</summary>
    private TimeSpan SilenceOfSubscription(ReadResp? last) => last?.ContentCase switch
    {
        null => settings.DefaultDeadline,
        ReadResp.ContentOneofCase.CaughtUp => Timeout.InfiniteTimeSpan,
        ReadResp.ContentOneofCase.Confirmation or ReadResp.ContentOneofCase.FellBehind => LongestSearch,
        _ => KeepSilence,
    };

    private async IAsyncEnumerable<StoredEvent> Events(
        ReadReq request, NodeInUse use, string? stream, TimeSpan atMost, [EnumeratorCancellation] CancellationToken ct)
    {
        var started = time.GetTimestamp();
        // What the search for a node took is gone when the first answer is waited for.
        TimeSpan Silence(ReadResp? last) => AtMostDefault(last is not null
            ? atMost
            : atMost - time.GetElapsedTime(started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero);

        await foreach (var message in Messages(request, use, stream, Silence, atMost, ct))
            if (message.ContentCase == ReadResp.ContentOneofCase.Event && message.Event.Event is { } read)
                yield return Recorded.ToStored(read);
    }

    /// <param name="silence">How long the server may say nothing after its last message (null = before the first).</param>
    private async IAsyncEnumerable<ReadResp> Messages(
        ReadReq request, NodeInUse use, string? stream, Func<ReadResp?, TimeSpan> silence, TimeSpan atMost,
        [EnumeratorCancellation] CancellationToken ct)
    {
        var node = await use.Get(atMost, ct);
        using var call = new StreamsClient(channels.Of(node)).Read(
            request, Headers(requiresLeader: use == leader), deadline: null, ct);
        var limit = silence(null);
        while (await Next(call.ResponseStream, use, node, stream, limit, ct))
        {
            var message = call.ResponseStream.Current;
            yield return message;
            if (silence(message) is var next && next != KeepSilence) limit = next;
        }
    }

    /// <summary>
    /// A server that is just taking over may swallow a call for ever and still answer pings: its silence ends the call.
    /// </summary>
    private async ValueTask<bool> Next(
        IAsyncStreamReader<ReadResp> messages, NodeInUse use, NodeEndPoint node, string? stream, TimeSpan silence,
        CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            var next = messages.MoveNext(ct);
            // A live subscription may be silent for ever; of its node the connection's own pings tell.
            return await (next.IsCompleted || silence == Timeout.InfiniteTimeSpan
                ? next
                : WhileItLives(next, use, node, silence, ct));
        }
        catch (RpcException error)
        {
            throw Failed(error, use, node, stream, ct);
        }
    }
}
