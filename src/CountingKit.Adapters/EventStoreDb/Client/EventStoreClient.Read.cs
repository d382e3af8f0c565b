using System.Runtime.CompilerServices;
using CountingKit.Adapters.EventStoreDb.Protos;
using CountingKit.EventSourcing;
using Grpc.Core;
using StreamsClient = CountingKit.Adapters.EventStoreDb.Protos.Streams.StreamsClient;

namespace CountingKit.Adapters.EventStoreDb.Client;

internal sealed partial class EventStoreClient
{
    /// <summary>One bounded read of a stream; one that does not exist gives nothing.</summary>
    /// <param name="from">Inclusive; null = start or end.</param>
    /// <param name="maxCount">1 or more.</param>
    /// <exception cref="EventStoreClientException">The read ended before its end.</exception>
    public IAsyncEnumerable<StoredEvent> ReadStreamAsync(
        ReadDirection direction, string stream, ulong? from, ulong maxCount, CancellationToken ct) =>
        Events(ReadRequests.OfStream(direction, stream, from, maxCount), stream, ct);

    /// <summary>One bounded read of the whole log.</summary>
    /// <param name="from">Inclusive forwards; null = start or end.</param>
    /// <param name="maxCount">1 or more.</param>
    /// <param name="withSystemEvents">Also the server's own events.</param>
    /// <exception cref="EventStoreClientException">The read ended before its end.</exception>
    public IAsyncEnumerable<StoredEvent> ReadAllAsync(
        ReadDirection direction, Position? from, ulong maxCount, bool withSystemEvents, CancellationToken ct) =>
        Events(ReadRequests.OfAll(direction, from, maxCount, withSystemEvents), stream: null, ct);

    /// <summary>Messages of the whole log without system events, after a position, live; until it breaks.</summary>
    /// <param name="after">Exclusive; null = from the start.</param>
    /// <returns>Ends, without an error, when the server ends it.</returns>
    /// <exception cref="EventStoreClientException">It broke.</exception>
    public IAsyncEnumerable<ReadResp> SubscribeToAll(Position? after, CancellationToken ct) =>
        Messages(ReadRequests.SubscriptionToAll(after), stream: null, ct);

    private async IAsyncEnumerable<StoredEvent> Events(
        ReadReq request, string? stream, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var message in Messages(request, stream, ct))
            if (message.ContentCase == ReadResp.ContentOneofCase.Event && message.Event.Event is { } read)
                yield return Recorded.ToStored(read);
    }

    private async IAsyncEnumerable<ReadResp> Messages(
        ReadReq request, string? stream, [EnumeratorCancellation] CancellationToken ct)
    {
        var node = await preferred.Get(ct);
        using var call = new StreamsClient(channels.Of(node)).Read(
            request, Headers(ReadsNeedLeader), deadline: null, ct);
        while (await Next(call.ResponseStream, node, stream, ct)) yield return call.ResponseStream.Current;
    }

    private async Task<bool> Next(
        IAsyncStreamReader<ReadResp> messages, NodeEndPoint node, string? stream, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            return await messages.MoveNext(ct);
        }
        catch (RpcException error)
        {
            throw Failed(error, preferred, node, stream, ct);
        }
    }
}
