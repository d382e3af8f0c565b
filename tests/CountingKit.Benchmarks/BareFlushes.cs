namespace CountingKit.Benchmarks;

/// <summary>How often a second the disk takes a page and says that it has it.</summary>
internal sealed class BareFlushes(string path) : IDisposable
{
    private const int Page = 4096;

    private readonly FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
    private readonly byte[] page = new byte[Page];

    public double Run(RunningTurn turn)
    {
        var count = 0;
        for (; !turn.IsOver; count++)
        {
            file.Position = count % 1000 * Page;
            file.Write(page);
            file.Flush(flushToDisk: true);
        }

        return count / turn.Elapsed.TotalSeconds;
    }

    public void Dispose() => file.Dispose();
}
