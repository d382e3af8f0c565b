namespace CountingKit.Testing;

/// <summary>What one of several test projects does at a time.</summary>
internal static class Turn
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="file">The same for all that wait for each other.</param>
    /// <returns>The turn, which lasts until it is disposed or the process ends.</returns>
    public static async Task<FileStream> Take(string file)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (!patience.IsCancellationRequested)
            {
                // It is another one's.
                await Task.Delay(100, patience.Token);
            }
        }
    }
}
