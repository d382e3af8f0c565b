using System.Threading.Channels;
using CountingKit.Adapters.EventStoreDb.Client;
using CountingKit.Adapters.EventStoreDb.Protos;
using CountingKit.EventSourcing;

namespace CountingKit.Adapters.EventStoreDb;

/// <summary>
/// One subscription call, read ahead of its reader by a few messages. A reader that takes none for too long loses the
/// call, not a message: what was read ahead is given, then the call is made anew behind it.
/// </summary>
internal sealed class SubscriptionFeed : IAsyncDisposable
{
    // An event may have 1 MiB and more: this many are still no burden.
    private const int Ahead = 32;

    private readonly Channel<ReadResp> queue = Channel.CreateBounded<ReadResp>(
        new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource stop;
    private readonly Task reading;
    private readonly TimeSpan stall;
    private readonly TimeProvider time;

    public SubscriptionFeed(
        EventStoreClient client, Position? after, TimeSpan stall, TimeProvider time, CancellationToken ct)
    {
        (this.stall, this.time) = (stall, time);
        stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        reading = ReadAhead(client.SubscribeToAll(after, stop.Token));
    }

    /// <summary>Why the call ended; null = it did not, or without an error.</summary>
    public EventStoreClientException? Failure { get; private set; }

    /// <summary>The next message; null = the call has ended and all that it gave was taken.</summary>
    public async Task<ReadResp?> Next(CancellationToken ct) =>
        await queue.Reader.WaitToReadAsync(ct) && queue.Reader.TryRead(out var message) ? message : null;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await reading;
        stop.Dispose();
    }

    private async Task ReadAhead(IAsyncEnumerable<ReadResp> messages)
    {
        try
        {
            await foreach (var message in messages)
                if (!queue.Writer.TryWrite(message) && !await Write(message)) break;
            queue.Writer.Complete();
        }
        catch (EventStoreClientException failure)
        {
            Failure = failure;
            queue.Writer.Complete();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            queue.Writer.Complete();
        }
        catch (Exception bug)
        {
            queue.Writer.Complete(bug);
        }
    }

    /// <returns>False = the reader took nothing for too long; the message comes again in the next call.</returns>
    private async Task<bool> Write(ReadResp message)
    {
        using var patience = new CancellationTokenSource(stall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop.Token);
        try
        {
            await queue.Writer.WriteAsync(message, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
