using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace CountingKit.EventSourcing;

/// <summary>An event of the log, read if this version can.</summary>
/// <param name="Recorded">Null = it cannot: <paramref name="Unreadable"/> says why.</param>
internal sealed record FedEvent(StoredEvent Stored, RecordedEvent? Recorded, UnreadableEventException? Unreadable = null)
{
    public Position Position => Stored.Position;

    public static FedEvent Of(StoredEvent stored, EventCatalog catalog)
    {
        try
        {
            return new(stored, catalog.Deserialize(stored));
        }
        catch (UnreadableEventException unreadable)
        {
            return new(stored, null, unreadable);
        }
    }
}

/// <summary>Events that were there to be had at once.</summary>
/// <param name="CaughtUp">The log's end was reached with them, or before them.</param>
internal sealed record EventBatch(IReadOnlyList<FedEvent> Events, bool CaughtUp);

/// <summary>
/// Reads ahead: events are read and deserialized while those before them are applied. Never waits for a batch to be full.
/// </summary>
internal static class EventFeed
{
    private const int BatchEvents = 512;
    private const int ChunkEvents = 64;
    private const int ChunkBytes = IEventStore.AppendLimit;
    private const int ChunksAhead = 4;

    /// <summary>What a subscription gives, or the events of a read that ends.</summary>
    public static async IAsyncEnumerable<EventBatch> Batches(
        IAsyncEnumerable<SubscriptionMessage> messages, EventCatalog catalog, [EnumeratorCancellation] CancellationToken ct)
    {
        var chunks = Channel.CreateBounded<Chunk>(ChunksAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var pump = Task.Run(() => Pump(messages, catalog, chunks.Writer, stop.Token), CancellationToken.None);
        try
        {
            while (await chunks.Reader.WaitToReadAsync(ct))
            {
                var (events, caughtUp) = (new List<FedEvent>(), false);
                while (events.Count <= BatchEvents - ChunkEvents && chunks.Reader.TryRead(out var chunk))
                {
                    events.AddRange(chunk.Events);
                    caughtUp |= chunk.CaughtUp;
                }

                yield return new(events, caughtUp);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await pump;
        }
    }

    /// <summary>Never fails: what ends it comes out of the channel, behind the events before it.</summary>
    private static async Task Pump(
        IAsyncEnumerable<SubscriptionMessage> messages, EventCatalog catalog, ChannelWriter<Chunk> chunks, CancellationToken ct)
    {
        var chunk = new Chunk();
        try
        {
            await using var source = messages.GetAsyncEnumerator(ct);
            while (await Next(source))
            {
                if (source.Current is SubscriptionMessage.Event(var stored)) chunk.Add(FedEvent.Of(stored, catalog));
                if (source.Current is SubscriptionMessage.CaughtUp) chunk.CaughtUp = true;
                if (chunk.Events.Count == ChunkEvents || chunk.Bytes >= ChunkBytes) await Send();
            }

            await Send();
            chunks.Complete();
        }
        catch (Exception ended)
        {
            if (!ct.IsCancellationRequested) await Send();
            chunks.Complete(ended);
        }

        async ValueTask<bool> Next(IAsyncEnumerator<SubscriptionMessage> source)
        {
            var next = source.MoveNextAsync();
            if (next.IsCompleted) return await next;

            // Nothing more at once: what is here goes on its way. The source must stand still before it can be left.
            var coming = next.AsTask();
            try
            {
                await Send();
            }
            catch (OperationCanceledException)
            {
                await coming.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                throw;
            }

            return await coming;
        }

        async ValueTask Send()
        {
            if (chunk.Events.Count == 0 && !chunk.CaughtUp) return;
            await chunks.WriteAsync(chunk, ct);
            chunk = new Chunk();
        }
    }

    private sealed class Chunk
    {
        public List<FedEvent> Events { get; } = [];

        public long Bytes { get; private set; }

        public bool CaughtUp { get; set; }

        public void Add(FedEvent fed)
        {
            Events.Add(fed);
            Bytes += fed.Stored.Data.Length + fed.Stored.Metadata.Length;
        }
    }
}
