using System.Diagnostics;

namespace CountingKit.Benchmarks;

/// <summary>The time that one measurement has.</summary>
internal sealed class RunningTurn(TimeSpan length)
{
    private readonly long started = Stopwatch.GetTimestamp();

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(started);

    public bool IsOver => Elapsed >= length;
}
