namespace CountingKit.Tests.EventStoreDb;

/// <summary>
/// A clock that runs so many times as fast: waits are over early, and what they took is measured as long as they were meant.
/// The time of day is the machine's, by which gRPC ends its calls.
/// </summary>
internal sealed class FastTime(int times) : TimeProvider
{
    public override long TimestampFrequency => base.TimestampFrequency / times;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / times : dueTime, period);
}
