using CountingKit.Testing.EventStoreDb.Faults;
using CountingKit.Testing.EventStoreDb.Log;
using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Grpc.Core;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>
/// The answers of a subscription. Once it is live, a reader that takes too long while more events come than the buffer
/// holds is cut off, or falls behind where the server's version does that.
/// </summary>
internal sealed class LiveOutput(Node node, ReadOutput output, ServerCallContext context)
{
    private const int Buffer = 32;
    private Func<long>? _waiting;
    private bool _fellBehind;

    public async Task Confirm()
    {
        await output.Write(new() { Confirmation = new() { SubscriptionId = Guid.CreateVersion7().ToString() } });
        await output.Flush();
    }

    public async Task Event(LogRecord record)
    {
        await Patiently(output.Event(record));
        if (node.Faults.AfterEvent() is { } end) await End(end);
    }

    public Task Write(ReadResp message) => Patiently(output.Write(message));

    public Task Flush() => Patiently(output.Flush());

    /// <summary>From here on it is live; said once.</summary>
    /// <param name="waiting">How many events there are that were not sent yet.</param>
    public async Task CaughtUp(Func<long> waiting)
    {
        if (_waiting is not null) return;
        await output.Write(new() { CaughtUp = new() });
        _waiting = waiting;
    }

    /// <returns>Whether the subscription must catch up again, which its reader was told.</returns>
    public async Task<bool> FellBehind()
    {
        if (!_fellBehind) return false;
        (_fellBehind, _waiting) = (false, null);
        await output.Write(new() { FellBehind = new() });
        return true;
    }

    private async Task Patiently(Task write)
    {
        if (_waiting is not { } waiting || _fellBehind)
        {
            await write;
            return;
        }

        while (!write.IsCompleted)
        {
            using var done = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
            await Task.WhenAny(write, Task.Delay(node.Options.SlowAfter, done.Token));
            await done.CancelAsync();
            if (write.IsCompleted || waiting() <= Buffer) continue;
            if (!node.Options.FallsBehind) throw Refusals.TooSlow();
            _fellBehind = true;
            break;
        }

        await write;
    }

    private async Task End(SubscriptionEnd end)
    {
        await output.Flush();
        if (end == SubscriptionEnd.Silence) await Task.Delay(Timeout.Infinite, context.CancellationToken);
        throw end switch
        {
            SubscriptionEnd.Reset => node.Reset(context),
            SubscriptionEnd.TooSlow => Refusals.TooSlow(),
            SubscriptionEnd.NotReady => Refusals.NotReady(),
            SubscriptionEnd.Normal => new SubscriptionEndedException(),
            _ => Refusals.Unforeseen(),
        };
    }
}
