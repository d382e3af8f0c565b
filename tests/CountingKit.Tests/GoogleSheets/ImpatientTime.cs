using System.Collections.Concurrent;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>A clock on which every wait is over at once; it moves on by it and notes it.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> waits = new();
    private long ticks = new DateTimeOffset(2026, 3, 31, 9, 0, 0, TimeSpan.Zero).Ticks;

    public IReadOnlyList<TimeSpan> Waits => [.. waits];

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        waits.Enqueue(dueTime);
        Interlocked.Add(ref ticks, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
