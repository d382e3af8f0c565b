namespace CountingKit.Sandbox.Hosting;

/// <summary>
/// The stand-ins' own time, UTC: the machine's clock plus an offset that outlives the process. It never stands still.
/// Timers stay real.
/// </summary>
internal sealed class SandboxClock : TimeProvider
{
    private readonly HostState _state;
    private long _offsetTicks;

    public SandboxClock(HostState state)
    {
        _state = state;
        using var session = state.File.Open();
        _offsetTicks = session.Number("SELECT offset_ticks FROM clock");
    }

    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    public void Advance(TimeSpan by) => Keep(Offset + by);

    public void Set(DateTimeOffset now) => Keep(now - System.GetUtcNow());

    public void Reset() => Keep(TimeSpan.Zero);

    private void Keep(TimeSpan offset)
    {
        _state.File.Transact(session => session.Execute(
            "INSERT INTO clock VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET offset_ticks = $1", offset.Ticks));
        Interlocked.Exchange(ref _offsetTicks, offset.Ticks);
    }
}
