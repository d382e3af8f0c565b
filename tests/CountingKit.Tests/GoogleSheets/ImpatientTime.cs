using System.Collections.Concurrent;
using CountingKit.Adapters.GoogleSheets;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>
/// A clock on which every wait is over at once; it moves on by it and notes it. A person's patience is none: it ends when a test
/// says so.
/// </summary>
internal sealed class ImpatientTime : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> waits = new();
    private long ticks = new DateTimeOffset(2026, 3, 31, 9, 0, 0, TimeSpan.Zero).Ticks;

    public IReadOnlyList<TimeSpan> Waits => [.. waits];

    /// <summary>Whoever waits for a page has waited long enough.</summary>
    public Action? EndPatience { get; private set; }

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == GoogleCalls.PatienceOfAPerson)
        {
            EndPatience = () => callback(state);
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }

        waits.Enqueue(dueTime);
        Interlocked.Add(ref ticks, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
