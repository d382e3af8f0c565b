using System.Threading.RateLimiting;

namespace CountingKit.Web.Security;

/// <summary>Counts failures per network address: 20 in 15 minutes, then it has to wait. Successes do not count.</summary>
internal sealed class FailedAttempts : IDisposable
{
    private const int Limit = 20;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(
        address => RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = Limit,
            Window = Window,
            SegmentsPerWindow = 15,
            QueueLimit = 0,
        }));

    public bool MustWait(string? address)
    {
        using var lease = limiter.AttemptAcquire(address ?? "", permitCount: 0);
        return !lease.IsAcquired;
    }

    public void Note(string? address) => limiter.AttemptAcquire(address ?? "").Dispose();

    public void Dispose() => limiter.Dispose();
}
