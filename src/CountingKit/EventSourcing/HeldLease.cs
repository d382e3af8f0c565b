namespace CountingKit.EventSourcing;

/// <summary>A lease that is kept while this is not disposed, and given back then.</summary>
public sealed class HeldLease : IAsyncDisposable
{
    private readonly Leases leases;
    private readonly string name;
    private readonly string owner;
    private readonly CancellationTokenSource lost;
    private readonly Task keeping;

    internal HeldLease(
        Leases leases, string name, string owner, TimeSpan length, TimeProvider time, CancellationToken ct)
    {
        (this.leases, this.name, this.owner) = (leases, name, owner);
        lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        keeping = Keep(length, time);
    }

    /// <summary>Cancelled when the lease is lost to another, or the holder is told to stop.</summary>
    public CancellationToken Lost => lost.Token;

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
        }
    }

    /// <summary>However it ends, the holder is told: also when the vault cannot be asked.</summary>
    private async Task Keep(TimeSpan length, TimeProvider time)
    {
        var kept = time.GetTimestamp();
        while (!lost.IsCancellationRequested && time.GetElapsedTime(kept) < length)
        {
            try
            {
                await Task.Delay(length / 4, time, lost.Token);
                var asked = time.GetTimestamp();
                // A vault that hangs must not keep us believing beyond the lease's end.
                using var end = new CancellationTokenSource(Left(kept, length, time), time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, lost.Token);
                if (!await leases.Take(name, owner, length, either.Token)) break;
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
