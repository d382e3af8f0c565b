namespace CountingKit.Benchmarks;

/// <summary>The most memory that this process had in use at once since this was made; looked at 20 times a second.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly Timer timer;
    private long most;

    public PeakMemory() => timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));

    public long MiB => Interlocked.Read(ref most) / 1024 / 1024;

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        var now = Environment.WorkingSet;
        if (now > Interlocked.Read(ref most)) Interlocked.Exchange(ref most, now);
    }
}
