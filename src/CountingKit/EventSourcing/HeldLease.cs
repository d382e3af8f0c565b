namespace CountingKit.EventSourcing;

/// <summary>A lease that is kept while this is not disposed, and given back then.</summary>
public sealed class HeldLease : IAsyncDisposable
{
    private readonly Leases leases;
    private readonly string name;
    private readonly string owner;
    private readonly TimeSpan length;
    private readonly CancellationTokenSource lost;
    private readonly Task keeping;

    /// <param name="taken">When it was asked for, as a timestamp: it runs out no earlier than its length after that.</param>
    internal HeldLease(
        Leases leases, string name, string owner, TimeSpan length, long taken, TimeProvider time, CancellationToken ct)
    {
        (this.leases, this.name, this.owner, this.length) = (leases, name, owner, length);
        lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        keeping = Keep(taken, time);
    }

    /// <summary>Cancelled when the lease is lost to another, or the holder is told to stop.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>
    /// Asks the vault right before an effect that can't be taken back: a process that stood still knows nothing of what
    /// others did meanwhile.
    /// </summary>
    /// <exception cref="OvertakenException">Another owner has it, or had it meanwhile.</exception>
    public async Task Confirm(CancellationToken ct)
    {
        if (!lost.IsCancellationRequested && await leases.Prolong(name, owner, length, ct)) return;
        await lost.CancelAsync();
        throw new OvertakenException();
    }

    public async ValueTask DisposeAsync()
    {
        await lost.CancelAsync();
        try
        {
            await keeping;
        }
        finally
        {
            lost.Dispose();
            await leases.Release(name, owner, CancellationToken.None);
            await leases.WakeNext(name, CancellationToken.None);
        }
    }

    /// <summary>However it ends, the holder is told: also when the vault cannot be asked.</summary>
    private async Task Keep(long kept, TimeProvider time)
    {
        while (!lost.IsCancellationRequested && time.GetElapsedTime(kept) < length)
        {
            try
            {
                await Task.Delay(length / 4, time, lost.Token);
                var asked = time.GetTimestamp();
                // A vault that hangs must not keep us believing beyond the lease's end.
                using var end = new CancellationTokenSource(Left(kept, length, time), time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, lost.Token);
                if (!await leases.Prolong(name, owner, length, either.Token)) break;
                kept = asked;
            }
            catch (Exception)
            {
                // Told to stop, or a vault that does not answer: it is asked again until the lease has run out.
            }
        }

        await lost.CancelAsync();
    }

    /// <summary>Of a lease that was last prolonged then; at least a moment.</summary>
    internal static TimeSpan Left(long kept, TimeSpan length, TimeProvider time)
    {
        var left = length - time.GetElapsedTime(kept);
        return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
    }
}
